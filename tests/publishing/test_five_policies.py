"""From draft to confirmed under each policy's own rules, with the right people; and each one's refusal."""

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.core.models import OTHER_SCHOOL
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.people.assignments import give_permission
from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.author_questions import asked_of_author, options_for
from schoolgate.publishing.facts import facts_of
from schoolgate.rulebook import book, decide
from tests.cast import give, someone
from tests.publishing.five_policies import CHILD, COLLEAGUE, KEYS, federation_at_work


@pytest.fixture
def at_work(request, in_world, home, at):
    """One of the five federations, in its scope."""
    found = in_world(federation_at_work, at, request.param).at_work
    with scope(found.federation.pk):
        yield found


EACH = pytest.mark.parametrize("at_work", KEYS, indirect=True)


ASKED = {
    "wildground": {"suitable_for_children", "fit", "dressed", "ridicules"},
    "boroughbridge": {"suitable_for_any_reader", "may_be_controversial", "personal_view", "signed"}
    | {"knows_safeguarding", "fit", "dressed", "ridicules"},
    "learn-to-live": {"professional", "school_publication", "shows_security"},
    "wootton": {"suits_ages", "personal_view", "signed", "author_position", "author_in_doubt"}
    | {"rights_in_doubt", "names_partner", "discloses", "commits", "starts_something", "calls_for_people"}
    | {"uses_mark"},
    "llanidloes": {"signed", "author_position", "purpose", "subject_school", "tells_success_or_news"},
}
"""What each policy asks of the author of a class picture with a name."""
ALWAYS_ASKED = {"labelled", "others_work"}


def clauses_missing(post, at_work):
    """The clauses for which a post still waits."""
    found = [each.decision for each in queries.judged(post, at=at_work.at)]
    return {
        clause for each in found for one in each.findings if one.kind == "requires" for clause in one.clauses
    }


def only(key):
    return pytest.mark.parametrize("at_work", [key], indirect=True)


def leave(at_work, covers, subject, *, by=None, role="", written=True):
    holder = by or at_work.owner
    return give_permission(
        by=holder, at=at_work.at, role_key=role, written=written, covers=covers, subject=subject_of(subject),
        from_day=at_work.at.date(),
    )  # fmt: skip


@EACH
def test_a_plain_post_goes_out_and_whoever_has_not_the_part_approves_nothing(at_work):
    post = at_work.handed_in()
    with pytest.raises(NotAllowed):
        at_work.approve(post, by=at_work.refused if at_work.key != "wildground" else at_work.writer)
    assert queries.post(post.pk).state == "submitted"
    assert at_work.send(at_work.approve(post)).state == "confirmed"


@EACH
def test_a_picture_of_a_colleague_who_agreed_goes_out(at_work):
    assert at_work.send(at_work.approve(at_work.handed_in(shows=COLLEAGUE))).state == "confirmed"


@EACH
def test_a_picture_of_a_pupil_who_is_not_named_goes_out(at_work):
    assert at_work.send(at_work.approve(at_work.handed_in(shows=CHILD))).state == "confirmed"


@EACH
def test_each_policy_asks_its_own_questions_about_a_class_picture_with_a_name(at_work):
    post = at_work.draft(shows={**CHILD, "named": "full"})
    assert set(asked_of_author(post, at=at_work.at)) == ALWAYS_ASKED | ASKED[at_work.key]


@EACH
def test_whatever_the_policy_asks_the_author_has_to_be_answered(at_work):
    """Each question that is asked about these posts keeps the post back while it is not answered: those about
    any post, and those that are asked about a picture as well."""
    plain, pictured = (asked_of_author(at_work.draft(shows=shows), at=at_work.at) for shows in (None, CHILD))
    about_pictures = [name for name in pictured if name not in plain]
    assert plain
    for shows, asked in ((None, plain), (CHILD, about_pictures)):
        for name in asked:
            post = at_work.draft(shows=shows, left_out=name)
            with pytest.raises(Refused):
                submit_post(by=at_work.writer, at=at_work.at, post=post)


@EACH
def test_nobody_vouched_for_the_picture(at_work):
    post = at_work.handed_in(shows=CHILD, vouched=False)
    with pytest.raises(Refused) as refused:
        at_work.approve(post)
    assert "house-4" in refused.value.kept.clauses


NO_CONSENT = {
    "wildground": "wildground-images-2",
    "boroughbridge": "boroughbridge-images-2",
    "learn-to-live": "learn-to-live-sanctioned-11",
}
"""What a picture of a pupil without any consent meets; the other two say nothing about it."""


@EACH
def test_a_pupil_without_consent(at_work):
    post = at_work.handed_in(shows={**CHILD, "consent": False})
    if at_work.key not in NO_CONSENT:
        assert at_work.send(at_work.approve(post)).state == "confirmed"
        return
    with pytest.raises(Refused) as refused:
        at_work.approve(post)
    assert NO_CONSENT[at_work.key] in refused.value.kept.clauses


@EACH
def test_a_controversial_post(at_work):
    """Only Boroughbridge asks for somebody of its own; there its usual approver does not do."""
    post = at_work.handed_in(answers={"may_be_controversial": True})
    approver = at_work.approver
    if at_work.key == "boroughbridge":
        with pytest.raises(Refused) as refused:
            at_work.approve(post)
        assert "boroughbridge-dos-1" in refused.value.kept.clauses
        approver = someone("Sian Senior", "senior-leader")
    assert at_work.send(at_work.approve(post, by=approver)).state == "confirmed"


# --- One policy's own ----


@only("learn-to-live")
def test_a_child_who_can_be_seen_is_not_named_at_learn_to_live(at_work):
    with pytest.raises(Refused) as refused:
        at_work.handed_in(shows={**CHILD, "named": "first"})
    assert "learn-to-live-sanctioned-12" in refused.value.kept.clauses


@pytest.mark.parametrize("at_work", [key for key in KEYS if key != "learn-to-live"], indirect=True)
def test_elsewhere_no_clause_speaks_of_it_on_a_site_that_is_not_for_pupils(at_work):
    assert at_work.send(at_work.approve(at_work.handed_in(shows={**CHILD, "named": "first"}))).post_id


@only("learn-to-live")
def test_the_leadership_says_itself_that_it_agreed_and_its_approval_says_so(at_work):
    for said in (None, False):
        post = at_work.handed_in(shows={**CHILD, "leadership_agrees": said})
        assert "learn-to-live-code-14" in clauses_missing(post, at_work)
        assert at_work.approve(post).state == "approved"
    with pytest.raises(BadInput) as refused:
        at_work.draft(shows={**CHILD, "leadership_agrees": True})
    assert "Only the leadership" in str(refused.value.fields["people"])


@only("learn-to-live")
def test_what_an_author_of_the_leadership_says_for_it_counts(at_work):
    give(at_work.writer, "slt")
    ((_target, facts),) = facts_of(at_work.draft(shows={**CHILD, "leadership_agrees": True}), at=at_work.at)
    assert facts.people is not None
    assert [one.roles for one in facts.people[0].leadership or ()] == [("SLT",)]
    assert "SLT" in [role.name for role in book("learn-to-live").roles]


@only("learn-to-live")
def test_pages_of_the_prospectus_wait_for_the_heads_written_leave(at_work):
    post = at_work.approve(at_work.handed_in(answers={"school_publication": True}))
    assert post.state == "submitted"
    assert "learn-to-live-code-3" in clauses_missing(post, at_work)
    with pytest.raises(NotNow):
        at_work.approve(post)
    leave(at_work, "school_publication", post, role="headteacher")
    assert at_work.approve(post).state == "approved"


@only("learn-to-live")
def test_others_in_the_picture_who_belong_to_the_federation_need_the_leadership_too(at_work):
    other = {**CHILD, "relation": "other"}
    assert "learn-to-live-code-16" not in clauses_missing(at_work.handed_in(shows=other), at_work)
    post = at_work.handed_in(shows=other, answers={"connected": True})
    assert "learn-to-live-code-16" in clauses_missing(post, at_work)
    assert at_work.approve(post).state == "approved"


@only("wootton")
def test_neither_the_principal_nor_the_line_manager_of_somebody_else_approves_at_wootton(at_work):
    """The principal is neither line manager nor nominated."""
    post = at_work.handed_in()
    with pytest.raises(Refused) as refused:
        at_work.approve(post, by=at_work.owner)
    assert "wootton-a3-9" in refused.value.kept.clauses
    other = someone("Olga Other")
    give(other, "line-manager", managed=at_work.approver)
    with pytest.raises(NotAllowed):
        at_work.approve(post, by=other)


@only("wootton")
def test_a_line_manager_sees_the_posts_of_those_whom_they_manage(at_work):
    post, on = at_work.draft(), at_work.at.date()
    assert queries.post_for(at_work.approver, post.pk, on=on) == post
    assert queries.posts_page(seen_by=at_work.approver, on=on)[0] == [post]


@only("wootton")
@pytest.mark.parametrize(
    ("question", "covers"),
    [("discloses", "disclosure"), ("commits", "commitment"), ("starts_something", "activity")],
)
def test_speaking_for_the_trust_waits_for_authority_on_record(at_work, question, covers):
    post = at_work.handed_in(answers={question: True})
    with pytest.raises(Refused):
        at_work.approve(post)
    leave(at_work, covers, at_work.writer, role="principal")
    assert at_work.approve(post).state == "approved"


@only("wootton")
def test_the_logo_waits_for_leave_on_record_for_the_account(at_work):
    with pytest.raises(Refused) as refused:
        at_work.handed_in(answers={"uses_mark": "logo"})
    assert "wootton-ip-5" in refused.value.kept.clauses
    leave(at_work, "logo", at_work.account, role="principal")
    assert at_work.handed_in(answers={"uses_mark": "logo"}).state == "submitted"


@only("wootton")
def test_a_marked_paper_goes_out_with_written_leave_for_this_post_only(at_work):
    post = at_work.draft(answers={"labelled": "proprietary"})
    with pytest.raises(Refused):
        submit_post(by=at_work.writer, at=at_work.at, post=post)
    leave(at_work, "release", post, role="principal")
    assert submit_post(by=at_work.writer, at=at_work.at, post=queries.post(post.pk)).state == "submitted"
    with pytest.raises(Refused):
        at_work.handed_in(answers={"labelled": "proprietary"})


@only("wootton")
def test_content_that_was_approved_once_leaves_it_to_the_principal_to_rule(at_work):
    leave(at_work, "content", at_work.account, role="principal")
    post = at_work.handed_in()
    with pytest.raises(Refused) as refused:
        at_work.approve(post, by=at_work.owner)
    assert refused.value.kept.outcome == "refer"


@only("wootton")
def test_a_partner_who_agreed_by_word_of_mouth_is_for_the_principal_to_rule_on(at_work):
    named = {"names_partner": True, "partner_permission": True}
    post = at_work.draft(answers=named)
    assert "partner_permission_written" in asked_of_author(post, at=at_work.at)
    post = at_work.handed_in(answers={**named, "partner_permission_written": True})
    assert at_work.approve(post).state == "approved"


@only("llanidloes")
@pytest.mark.parametrize(("whose", "state"), [("own", "submitted"), ("none", "submitted"), ("other", "")])
@pytest.mark.parametrize(
    "named", [("Llanidloes High School", "Llanidloes Primary School"), ("High", "Prim.")]
)
def test_a_school_keeps_to_its_own_affairs_at_llanidloes_whatever_its_name(at_work, whose, state, named):
    at_work.school.name = named[0]
    at_work.school.save()
    type(at_work.school).objects.create(name=named[1], slug="primary")
    if state:
        assert at_work.handed_in(answers={"subject_school": whose}).state == state
        return
    with pytest.raises(Refused) as refused:
        at_work.handed_in(answers={"subject_school": whose})
    assert "llanidloes-subject-1" in refused.value.kept.clauses


def told(at_work):
    """What is still wanted of a post with news of the high school's."""
    post = at_work.draft(answers={"tells_success_or_news": True}, left_out="confidentiality_kept")
    ((_, facts),) = facts_of(post, at=at_work.at)
    decided = decide(book("llanidloes"), "post.publish", facts)
    return {need.what for one in decided.at("confidentiality_asked") for need in one.needs}


@only("llanidloes")
def test_a_rule_for_one_school_finds_it_by_what_somebody_said_and_not_by_its_name(at_work):
    school = at_work.school
    for name, in_policy, wanted in [
        ("Llanidloes High School", "", {"confidentiality_kept"}),
        ("High", "", {"school"}),
        ("High", "Llanidloes High School", {"confidentiality_kept"}),
        ("High", "Llanidloes Primary School", set()),
        ("Llanidloes High School", OTHER_SCHOOL, set()),
        ("High", "A school of an older text", {"school"}),
    ]:
        school.name, school.in_policy = name, in_policy
        school.save()
        assert told(at_work) == wanted, (name, in_policy)


@only("llanidloes")
def test_whose_affairs_it_is_about_is_asked_until_somebody_says_so(at_work):
    type(at_work.school).objects.create(name="Llanidloes Primary School", slug="primary")
    post = at_work.draft(left_out="subject_school")
    assert "subject_school" in asked_of_author(post, at=at_work.at)
    ((_, facts),) = facts_of(post, at=at_work.at)
    assert facts.subject_school is None


@only("wildground")
def test_leave_to_depart_from_advice_counts_for_the_post_it_was_given_for(at_work):
    post = at_work.handed_in(shows={**CHILD, "consent": False})
    with pytest.raises(Refused):
        at_work.approve(post)
    leave(at_work, "wildground-images-2", post, role="slt")
    assert at_work.approve(post).state == "approved"


@only("wildground")
def test_an_author_is_told_for_whom_the_account_writes(at_work):
    at_work.account.audience = "Families of Year 4"
    at_work.account.save()
    ((_target, facts),) = facts_of(queries.post(at_work.draft().pk), at=at_work.at)
    answer = decide(book("wildground"), "post.publish", facts, on=at_work.at.date())
    assert [one.args for one in answer.at("written_for")] == [{"audience": "Families of Year 4"}]


@only("llanidloes")
def test_a_companys_papers_do_not_go_out_by_the_clause_on_companies(at_work):
    with pytest.raises(Refused) as refused:
        at_work.handed_in(answers={"labelled": "company"})
    assert {"llanidloes-personal-4", "llanidloes-personal-7"} <= set(refused.value.kept.clauses)
    with pytest.raises(Refused) as refused:
        at_work.handed_in(answers={"labelled": "proprietary"})
    assert "llanidloes-personal-7" not in refused.value.kept.clauses


@pytest.mark.parametrize("key", KEYS)
def test_a_company_is_offered_only_where_a_rule_speaks_of_it(key):
    offered = {answer for answer, _label in options_for("labelled", book(key), None)}
    assert ("company" in offered) == (key == "llanidloes")
