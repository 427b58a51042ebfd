"""What a post waits for from another role: asked for, given, refused, asked back; and what it opens where."""

import json
from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.people.models import Permission
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import ask_back, ask_first, permit, refuse_permission, reply, request_for
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, ask_for_post, submit_post
from schoolgate.publishing.drafting import TargetText, edit_post
from schoolgate.publishing.permissions import discusses_as, lacking_of
from tests.cast import give, someone
from tests.conftest import recorded
from tests.publishing.five_policies import CAREFUL, CHILD, KEYS, enter, federation_at_work
from tests.second_presses import done_already, not_done
from tests.stories import rolled_back


@pytest.fixture
def at_work(request, in_world, home, at):
    """One of the five federations, in its scope."""
    found = in_world(federation_at_work, at, request.param).at_work
    with scope(found.federation.pk):
        yield found


EACH = pytest.mark.parametrize("at_work", KEYS, indirect=True)


def only(*keys):
    return pytest.mark.parametrize("at_work", keys, indirect=True)


def judged_of(at_work, post):
    return [each.decision for each in queries.judged(post, at=at_work.at)]


def lacks(at_work, post):
    found = lacking_of(post, judged_of(at_work, post), on=local_day(at_work.at))
    return [one.covers for one in found]


def ask(at_work, post, covers, **more):
    return ask_for_post(by=at_work.writer, at=at_work.at, post=post, covers=covers, **more)


def again(post):
    return queries.post(post.pk)


def changed(at_work, post, text, **answers):
    return edit_post(
        by=at_work.writer, at=at_work.at, post=again(post), version=again(post).version,
        targets=[TargetText(at_work.account, text)], pictures=(), planned_at=None,
        answers={**CAREFUL, **answers}, asked_again=CAREFUL,
    )  # fmt: skip


def tasks(person=None, role=""):
    return Duty.objects.filter(kind="policy.permission", state="open", person=person, role_key=role).count()


WAITS = [
    ("wootton", {"rights_in_doubt": True}, "rights_doubt", "finance-director"),
    ("wootton", {"author_in_doubt": True}, "doubt", "line-manager"),
    ("wootton", {"labelled": "proprietary"}, "release", "principal"),
    ("wootton", {"discloses": True}, "disclosure", "principal"),
    ("wootton", {"commits": True}, "commitment", "principal"),
    ("wootton", {"starts_something": True}, "activity", "principal"),
    ("wootton", {"calls_for_people": True}, "call", "principal"),
    ("learn-to-live", {"school_publication": True}, "school_publication", "headteacher"),
]
EACH_WAIT = pytest.mark.parametrize(
    ("at_work", "answers", "covers", "role"), WAITS, indirect=["at_work"], ids=[one[2] for one in WAITS]
)


def holder(at_work, role):
    if role == "line-manager":
        return at_work.approver
    return at_work.owner if role in ("principal", "headteacher") else someone("Gwen Gives", role)


def advised(at_work, asked, director):
    """The request, once the legal advisers have answered the Finance Director."""
    adviser = someone(f"Lena Law {asked.pk}", "legal-advisers")
    permit(by=adviser, at=at_work.at, asked=ask_first(by=director, at=at_work.at, asked=asked))
    return asked


@EACH_WAIT
def test_a_yes_of_the_role_lets_exactly_this_post_go_out_and_a_no_leaves_it_waiting(
    at_work, answers, covers, role
):
    """The yes lapses with a changed text, and the no says why."""
    giver, post = holder(at_work, role), at_work.draft(answers=answers)
    asked = ask(at_work, post, covers)
    assert asked.roles[0] == role
    assert tasks(role=role) == 1
    with rolled_back():
        a_no_leaves_it_waiting(at_work, post, PermissionAsked.objects.get(pk=asked.pk), giver, covers)
    if role == "finance-director":
        advised(at_work, asked, giver)

    permit(by=giver, at=at_work.at, asked=asked)

    assert tasks(role=role) == 0
    assert covers not in lacks(at_work, again(post))
    with rolled_back():
        assert covers in lacks(at_work, changed(at_work, post, "Sports day is off.", **answers))
    handed_in = submit_post(by=at_work.writer, at=at_work.at, post=again(post))
    assert at_work.approve(handed_in).state == "approved"
    other = at_work.draft(answers=answers)
    assert covers in lacks(at_work, other)


@only("wootton")
def test_a_call_for_people_that_the_line_manager_approved_waits_for_the_principals_yes(at_work):
    post = at_work.handed_in(answers={"calls_for_people": True})
    assert at_work.approve(post).state == "submitted"
    asked = ask(at_work, again(post), "call")
    permit(by=at_work.owner, at=at_work.at, asked=asked)
    assert again(post).state == "approved"


@only("learn-to-live")
def test_the_record_of_a_yes_cites_the_clauses_by_which_it_counts(at_work):
    asked = ask(at_work, at_work.draft(answers={"school_publication": True}), "school_publication")
    permit(by=at_work.owner, at=at_work.at, asked=asked)
    (row,) = [each for each in recorded() if each.event == "permissionasked.answered"]
    clauses = json.loads(bytes(row.stored))["clauses"]
    assert {"learn-to-live-code-4", "learn-to-live-code-5"} <= set(clauses)


def a_no_leaves_it_waiting(at_work, post, asked, giver, covers):
    with pytest.raises(BadInput):
        refuse_permission(by=giver, at=at_work.at, asked=asked, words=" ")

    refuse_permission(by=giver, at=at_work.at, asked=asked, words="Not before Friday.")

    assert (asked.state, asked.answer, Permission.objects.count()) == ("declined", "Not before Friday.", 0)
    with done_already():
        refuse_permission(by=giver, at=at_work.at, asked=asked, words="Not before Friday.")
    with not_done("Someone has answered this"):
        permit(by=giver, at=at_work.at, asked=asked)
    assert covers in lacks(at_work, again(post))
    assert Duty.objects.get(kind="policy.permission_answered").person == at_work.writer


@EACH
def test_in_every_other_policy_a_yes_opens_nothing(at_work):
    """What a policy doesn't let a role release, no button offers."""
    for key, answers, covers, _role in WAITS:
        if key != at_work.key:
            post = at_work.draft(answers=answers)
            assert covers not in lacks(at_work, post)
            with pytest.raises(NotNow):
                ask(at_work, post, covers)
    assert PermissionAsked.objects.count() == 0


@only("wootton")
def test_two_clauses_about_one_paper_want_a_yes_each(at_work):
    post = at_work.draft(answers={"labelled": "confidential"})
    for covers in ("release", "wootton-ip-2"):
        with pytest.raises(Refused):
            submit_post(by=at_work.writer, at=at_work.at, post=again(post))
        permit(by=at_work.owner, at=at_work.at, asked=ask(at_work, again(post), covers))
    assert submit_post(by=at_work.writer, at=at_work.at, post=again(post)).state == "submitted"


@only("wildground", "boroughbridge", "llanidloes")
def test_a_release_that_the_policy_does_not_know_leaves_marked_papers_where_they_are(at_work):
    post = at_work.draft(answers={"labelled": "confidential"})
    Permission.objects.create(
        federation=at_work.federation, role_key="any", given_by=at_work.owner, written=True, at=at_work.at,
        from_day=at_work.at.date(), covers="release", subject=f"publishing.post:{post.pk}",
    )  # fmt: skip
    with pytest.raises(Refused):
        submit_post(by=at_work.writer, at=at_work.at, post=again(post))


@only("wildground")
def test_the_policys_owner_may_allow_what_the_policy_only_advises_for_one_post(at_work):
    post = at_work.draft(answers={"suitable_for_children": False})
    with pytest.raises(Refused):
        submit_post(by=at_work.writer, at=at_work.at, post=post)
    asked = ask(at_work, post, "wildground-rights-2")
    assert (asked.named, asked.roles) == (False, ["slt"])
    permit(by=at_work.owner, at=at_work.at, asked=asked)
    assert submit_post(by=at_work.writer, at=at_work.at, post=again(post)).state == "submitted"
    assert "wildground-rights-2" in lacks(at_work, at_work.draft(answers={"suitable_for_children": False}))


@only("learn-to-live")
def test_the_leaderships_own_word_on_a_picture(at_work):
    post = at_work.draft(shows={**CHILD, "leadership_agrees": None})
    assert "leadership" in lacks(at_work, post)
    permit(by=at_work.approver, at=at_work.at, asked=ask(at_work, post, "leadership"))
    assert "leadership" not in lacks(at_work, again(post))


@only("wootton")
def test_a_post_waits_until_its_content_was_discussed_and_a_change_is_discussed_again(at_work):
    post = at_work.draft()
    assert "talk" in lacks(at_work, post)
    permit(by=at_work.approver, at=at_work.at, asked=ask(at_work, post, "talk"), words="Fine by me.")
    assert "talk" not in lacks(at_work, again(post))
    post = changed(at_work, post, "Sports day is on Thursday.")
    assert "talk" in lacks(at_work, post)

    post = submit_post(by=at_work.writer, at=at_work.at, post=post)
    seen = queries.seen_now(post, at=at_work.at)
    alone = approve_post(by=at_work.approver, at=at_work.at, post=post, seen=seen)
    assert (alone.state, "talk" in lacks(at_work, alone)) == ("submitted", True)


@only("wootton")
def test_who_approves_says_that_it_was_discussed_with_them_and_nobody_elses_word_counts(at_work):
    post = submit_post(by=at_work.writer, at=at_work.at, post=at_work.draft())
    seen = queries.seen_now(post, at=at_work.at)
    roles = {
        one.name: discusses_as(one, post, judged_of(at_work, post), on=local_day(at_work.at))
        for one in (at_work.writer, at_work.owner, at_work.approver)
    }
    assert list(roles.values()) == [None, None, "line-manager"]
    told = {"by": at_work.approver, "at": at_work.at, "post": post, "seen": seen, "discussed": True}
    assert approve_post(**told).state == "approved"
    assert Permission.objects.get(covers__startswith="talk").given_by_id == at_work.approver.pk


@only("wootton", "llanidloes")
def test_a_colleague_checks_the_facts_and_the_author_never_does(at_work):
    post, reader = at_work.draft(), at_work.owner
    asked = ask(at_work, post, "facts_checked")
    with pytest.raises(NotAllowed):
        permit(by=at_work.writer, at=at_work.at, asked=asked)
    permit(by=reader, at=at_work.at, asked=asked)
    assert "facts_checked" not in lacks(at_work, again(post))


@only("wootton")
def test_a_colleague_opens_the_sources_for_exactly_this_text_and_silence_is_no_yes(at_work):
    post, reader = at_work.draft(), at_work.owner

    def said():
        (judged,) = queries.judged(again(post), at=at_work.at)
        return {found.message for found in judged.decision.at("sources_cited")}

    assert said() == {"post.cite_sources"}
    asked = ask(at_work, post, "sources_checked")
    assert said() == {"post.cite_sources"}
    with pytest.raises(NotAllowed):
        permit(by=at_work.writer, at=at_work.at, asked=asked)
    permit(by=reader, at=at_work.at, asked=asked)
    assert said() == {"post.sources_checked"}
    assert "facts_checked" in lacks(at_work, again(post))
    changed(at_work, post, "Term starts on 4 September.")
    assert said() == {"post.cite_sources"}


@only("llanidloes")
def test_a_policy_that_speaks_of_no_sources_asks_for_none(at_work):
    assert "sources_checked" not in lacks(at_work, at_work.draft())


# --- Who is asked, and the question back ---


@only("wootton")
def test_a_question_back_goes_to_the_author_and_returns_to_the_role(at_work):
    director = someone("Fay Finance", "finance-director")
    asked = ask(at_work, at_work.draft(answers={"rights_in_doubt": True}), "rights_doubt", words="The song?")
    with pytest.raises(BadInput):
        ask_back(by=director, at=at_work.at, asked=asked, words="")
    ask_back(by=director, at=at_work.at, asked=asked, words="Who wrote it?")
    assert (tasks(role="finance-director"), asked.state) == (0, "back")
    assert Duty.objects.get(kind="policy.permission_back").person == at_work.writer
    with pytest.raises(NotNow):
        permit(by=director, at=at_work.at, asked=asked)
    with pytest.raises(NotAllowed):
        reply(by=director, at=at_work.at, asked=asked, words="I did.")
    reply(by=at_work.writer, at=at_work.at, asked=asked, words="A pupil.")
    assert (tasks(role="finance-director"), asked.state) == (1, "open")
    assert [one.words for one in asked.said.all()] == ["Who wrote it?", "A pupil."]


@only("wootton")
def test_the_asker_never_answers_even_in_the_role(at_work):
    give(at_work.writer, "finance-director")
    post = at_work.draft(answers={"rights_in_doubt": True})
    with pytest.raises(NotNow):
        ask(at_work, post, "rights_doubt")
    other = someone("Fay Finance", "finance-director")
    asked = ask(at_work, post, "rights_doubt")
    assert (tasks(role="finance-director"), tasks(person=other), tasks(person=at_work.writer)) == (0, 1, 0)
    with pytest.raises(NotAllowed):
        permit(by=at_work.writer, at=at_work.at, asked=asked)


@only("wootton")
def test_only_the_authors_own_line_manager_is_asked_and_strangers_see_nothing(at_work):
    other = someone("Olga Other")
    give(other, "line-manager", managed=at_work.approver)
    asked = ask(at_work, at_work.draft(answers={"author_in_doubt": True}), "doubt")
    on = at_work.at.date()
    assert request_for(at_work.approver, asked.pk, on=on) == asked
    for stranger in (other, at_work.refused):
        with pytest.raises(NotFound):
            request_for(stranger, asked.pk, on=on)
        with pytest.raises(NotAllowed):
            permit(by=stranger, at=at_work.at, asked=asked)


def test_another_federation_finds_no_request(make_federation, home, at):
    with scope(make_federation("wootton", "wootton").pk):
        at_work = enter("wootton", at)
        asked = ask(at_work, at_work.draft(answers={"author_in_doubt": True}), "doubt")
    with scope(make_federation("elsewhere", "wootton").pk):
        stranger = someone("Sten Stranger", "principal", "line-manager")
        with pytest.raises(NotFound):
            request_for(stranger, asked.pk, on=at.date())


@only("wootton")
def test_the_same_is_not_asked_twice_and_a_changed_text_ends_the_request(at_work):
    post = at_work.draft(answers={"author_in_doubt": True})
    asked = ask(at_work, post, "doubt")
    with pytest.raises(NotNow):
        ask(at_work, again(post), "doubt")
    changed(at_work, post, "Sports day is off.", author_in_doubt=True)
    asked.refresh_from_db()
    assert (asked.state, tasks(role="line-manager")) == ("lapsed", 0)
    assert ask(at_work, again(post), "doubt").state == "open"


@only("wootton")
def test_two_people_answer_at_once_and_the_first_counts(at_work):
    second = someone("Nia Nominated", "principal")
    asked = ask(at_work, at_work.draft(answers={"discloses": True}), "disclosure")
    stale = PermissionAsked.objects.get(pk=asked.pk)
    permit(by=at_work.owner, at=at_work.at, asked=asked)
    with pytest.raises(NotNow):
        refuse_permission(by=second, at=at_work.at, asked=stale, words="No.")
    assert PermissionAsked.objects.get(pk=asked.pk).state == "given"


@only("wootton")
def test_authority_may_be_given_until_a_day_and_not_a_day_longer(at_work):
    asked = ask(at_work, at_work.draft(answers={"discloses": True}), "disclosure")
    given = permit(by=at_work.owner, at=at_work.at, asked=asked, until=at_work.at.date() + timedelta(days=1))
    assert (given.covers, given.subject) == ("disclosure", f"people.person:{at_work.writer.pk}")
    assert "disclosure" not in lacks(at_work, at_work.draft(answers={"discloses": True}))
    at_work.at += timedelta(days=2)
    assert "disclosure" in lacks(at_work, at_work.draft(answers={"discloses": True}))


@only("wootton")
def test_a_doubt_is_settled_for_one_text_only(at_work):
    asked = ask(at_work, at_work.draft(answers={"author_in_doubt": True}), "doubt")
    with pytest.raises(BadInput):
        permit(by=at_work.approver, at=at_work.at, asked=asked, until=at_work.at.date())


@only("wootton")
def test_leave_for_the_logo_is_for_the_account_and_outlives_a_change_of_text(at_work):
    logo = {"uses_mark": "logo"}
    post = at_work.draft(answers=logo)
    asked = ask(at_work, post, "logo")
    changed(at_work, post, "Sports day is off.", **logo)
    asked.refresh_from_db()
    given = permit(by=at_work.owner, at=at_work.at, asked=asked)
    assert (given.covers, given.subject) == ("logo", f"accounts.account:{at_work.account.pk}")
    assert "logo" not in lacks(at_work, at_work.draft(answers=logo))


@only("wootton")
def test_the_finance_director_says_yes_only_once_the_legal_advisers_have_answered(at_work):
    director = someone("Fay Finance", "finance-director")
    give(at_work.writer, "legal-advisers")
    asked = ask(at_work, at_work.draft(answers={"rights_in_doubt": True}), "rights_doubt")
    with pytest.raises(Refused) as refused:
        permit(by=director, at=at_work.at, asked=asked)
    assert "wootton-ip-13" in refused.value.kept.clauses
    with pytest.raises(NotNow):  # only the author holds the role so far
        ask_first(by=director, at=at_work.at, asked=asked)
    adviser = someone("Lena Law", "legal-advisers")
    further = ask_first(by=director, at=at_work.at, asked=asked)
    with pytest.raises(NotAllowed):
        permit(by=at_work.writer, at=at_work.at, asked=further)
    refuse_permission(by=adviser, at=at_work.at, asked=further, words="The song is not ours.")
    with pytest.raises(Refused):
        permit(by=director, at=at_work.at, asked=asked)
    permit(by=adviser, at=at_work.at, asked=ask_first(by=director, at=at_work.at, asked=asked))
    assert permit(by=director, at=at_work.at, asked=asked).covers.startswith("rights_doubt:")


@only("wootton")
def test_a_question_to_the_advisers_ends_with_the_request(at_work):
    director = someone("Fay Finance", "finance-director")
    someone("Lena Law", "legal-advisers")
    post = at_work.draft(answers={"rights_in_doubt": True})
    asked = ask(at_work, post, "rights_doubt")
    further = ask_first(by=director, at=at_work.at, asked=asked)
    changed(at_work, post, "Sports day is off.", rights_in_doubt=True)
    further.refresh_from_db()
    assert further.state == "lapsed"
    assert not Duty.objects.filter(kind="policy.permission", state="open").exists()
