"""What an author is asked under each policy, and trying a post out without keeping it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from schoolgate.core.errors import BadInput, NotAllowed, NotFound
from schoolgate.core.models import OTHER_SCHOOL, School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.queries import in_force
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.author_questions import (
    asked_of_author,
    asked_of_people,
    in_own_words,
    options_for,
)
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText, draft_post, edit_post, try_out
from schoolgate.publishing.models import Post
from schoolgate.publishing.questions import QUESTIONS, TRUSTS_OWN, markable
from schoolgate.publishing.reviewing import judge_mark, mark_post
from schoolgate.rulebook import book, books
from schoolgate.rulebook.situations.marks import MARK_KINDS
from tests.cast import someone, someone_leads
from tests.conftest import recorded
from tests.publishing.conftest import ANSWERS, account_on
from tests.worlds import enter_federation, world

CASTS = {
    "wildground": ("slt", "staff", "lead-staff-member"),
    "boroughbridge": ("staff-lead-director-of-business-services", "all-staff", "lead-member-of-staff"),
    "learn-to-live": ("headteacher", "staff", "slt"),
    "wootton": ("principal", "staff", "line-manager"),
    "llanidloes": ("headteacher", "staff", "headteacher"),
}
"""Of each policy: who owns it, who writes, who approves."""

ASKED_OF_PEOPLE = {
    "wildground": ["relation", "shown", "consent", "opted_out", "do_not_publish"],
    "boroughbridge": ["relation", "shown", "consent", "opted_out", "do_not_publish"],
    "learn-to-live": [
        "relation", "shown", "named", "consent", "consent_written", "consent_by", "at_school_activity",
        "leadership_agrees",
    ],
    "wootton": ["relation", "shown", "named", "consent", "consent_written", "consent_by"],
    "llanidloes": [],
}  # fmt: skip

NO = frozenset({
    "names_somebody", "may_be_controversial", "personal_view", "author_in_doubt", "rights_in_doubt",
    "names_partner", "others_work", "school_publication", "discloses", "commits", "links_blocked",
    "links_own_business", "starts_something", "calls_for_people",
    "tells_success_or_news",
})  # fmt: skip
"""What a plain post is answered with no to; the rest with yes."""


@world()
def with_an_account(at, key):
    """A federation under one of the five policies, with an open account."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        roles = zip(("Olwen Owns", "Wyn Writes", "Anwen Approves"), CASTS[key], strict=True)
        owner, writer, approver = (someone(name, role) for name, role in roles)
        adopt(by=owner, at=at)
        someone_leads()
        school = School.objects.create(name="North", slug="north", in_policy=OTHER_SCHOOL)
        account = account_on(
            "bluesky", school, at, setup={"says_who_runs_it": True, "made_for_pupils": False}
        )  # fmt: skip
    return SimpleNamespace(
        key=key, federation=federation, school=school, account=account, writer=writer, approver=approver,
        owner=owner,
    )  # fmt: skip


@pytest.fixture
def at_work(in_world, at, request):
    """That federation, in its scope."""
    found = in_world(with_an_account, at, request.param)
    with scope(found.federation.pk):
        yield found


def plainly(name: str) -> object:
    """The answer of an author of a plain post."""
    question = QUESTIONS[name]
    if question.kind == "choice":
        return {"labelled": "none", "uses_mark": "none", "origin": "own", "subject_school": "own"}[name]
    return "promote the school" if question.kind == "text" else name not in NO


ALL_FIVE = pytest.mark.parametrize("at_work", CASTS, indirect=True)


@ALL_FIVE
def test_under_each_policy_a_plain_post_gets_out_by_answering_what_is_asked(at_work, at):
    """Nothing else than the questions and a second person stands between a plain post and its network."""
    targets = [TargetText(at_work.account, "Sports day is on Friday: https://example.org/day")]
    post = draft_post(by=at_work.writer, at=at, school=at_work.school, targets=targets)
    for _round in range(4):
        answers = {name: plainly(name) for name in asked_of_author(post, at=at)}
        post = edit_post(
            by=at_work.writer, at=at, post=post, version=post.version, targets=targets, pictures=(),
            planned_at=None, answers=answers,
        )  # fmt: skip

    post = submit_post(by=at_work.writer, at=at, post=post)
    post = approve_post(
        by=at_work.approver, at=at, post=post, seen=queries.seen_now(post, at=at), discussed=True
    )

    assert post.state == "approved"


@ALL_FIVE
def test_of_people_each_policy_is_asked_about_its_own_rules_only(at_work, at):
    assert asked_of_people(in_force(at.date()).book) == ASKED_OF_PEOPLE[at_work.key]


@ALL_FIVE
def test_every_question_names_a_clause_that_the_policy_or_the_house_has(at_work, at):
    post = draft_post(
        by=at_work.writer, at=at, school=at_work.school, targets=[TargetText(at_work.account, "x")]
    )  # fmt: skip
    book = in_force(at.date()).book
    asked = asked_of_author(post, at=at)
    assert [name for name, by in asked.items() if not by] == []
    assert {book.clause(each.clause).id for by in asked.values() for each in by} == {
        each.clause for by in asked.values() for each in by
    }


@ALL_FIVE
def test_only_what_a_policy_speaks_of_can_be_marked_under_it(at_work, at):
    targets = [TargetText(at_work.account, "Sports day is on Friday.")]
    post = draft_post(by=at_work.writer, at=at, school=at_work.school, targets=targets)
    speaks = set(markable(book(at_work.key), relation="staff"))
    assert speaks == set(markable(in_force(at.date()).book, relation="staff"))
    for kind in {min(speaks), max(speaks)}:
        assert mark_post(by=at_work.approver, at=at, post=post, kind=kind).kind == kind
    left_out = set(MARK_KINDS) - speaks
    for kind in {min(left_out), max(left_out)}:
        with pytest.raises(BadInput):
            mark_post(by=at_work.approver, at=at, post=post, kind=kind)


@pytest.mark.parametrize("at_work", ["wildground", "boroughbridge"], indirect=True)
def test_whether_an_authors_word_releases_a_mark_is_the_policys_answer(at_work, at):
    """Boroughbridge wants a second reader where it was marked for running people down."""
    targets = [TargetText(at_work.account, "Sports day is on Friday.")]
    post = draft_post(by=at_work.writer, at=at, school=at_work.school, targets=targets)
    kind = {"wildground": "insulting", "boroughbridge": "derogatory"}[at_work.key]
    mark = mark_post(by=at_work.writer, at=at, post=post, kind=kind)

    def said_after(person):
        judge_mark(by=person, at=at, mark=mark, found=False, seen=content_digest(post))
        (now,) = queries.judged(queries.post(post.pk), at=at)
        return {one.message for one in now.decision.at("respect_shown") if one.about == "marks[0]"}

    authors = {"wildground": "text.found_in_order", "boroughbridge": "text.author_released"}[at_work.key]
    assert said_after(at_work.writer) == {authors}
    assert said_after(at_work.approver) == {"text.found_in_order"}


def test_what_belongs_to_the_trust_is_offered_where_a_rule_speaks_of_it_and_nowhere_else():
    offered = {key for key in books() if TRUSTS_OWN in dict(options_for("labelled", book(key), None))}
    assert offered == {"wootton"}


@pytest.mark.parametrize("at_work", ["wootton"], indirect=True)
def test_what_belongs_to_the_trust_is_refused_at_wootton(at_work, at):
    targets = [TargetText(at_work.account, "Our scheme of work, in full.")]
    given = {"others_work": False, "school_publication": False, "uses_mark": "none", "labelled": TRUSTS_OWN}
    post = draft_post(by=at_work.writer, at=at, school=at_work.school, targets=targets, answers=given)
    (now,) = queries.judged(post, at=at)
    said = {one.kind for one in now.decision.at("confidential") if "wootton-ip-3" in one.clauses}
    assert "forbids" in {str(kind) for kind in said}


def test_an_answered_question_is_still_asked_and_leads_to_the_next(cast, draft, at):
    first = asked_of_author(draft(answers={}), at=at)
    second = asked_of_author(draft(answers={**ANSWERS, "others_work": True}), at=at)
    third = asked_of_author(draft(answers={**ANSWERS, "others_work": True, "origin": "someone_elses"}), at=at)
    assert ("origin" in first, "origin" in second, "permission" in second) == (False, True, False)
    assert [name for name in ("others_work", "origin", "permission") if name not in third] == []


def test_asking_leaves_the_answers_as_they_were(draft, at):
    post = draft()
    before = dict(post.answers)
    asked_of_author(post, at=at)
    assert post.answers == before


def test_a_trial_says_what_would_be_and_leaves_nothing(cast, at):
    rows = len(recorded())
    tried = try_out(
        by=cast.amina, at=at, school=cast.school, post=None, pictures=(), planned_at=None, people=(),
        targets=[TargetText(cast.bluesky, "x" * 301)], answers=ANSWERS,
    )  # fmt: skip
    assert [str(each.decision.outcome) for each in tried.judged] == ["hold"]
    assert [str(each) for each in tried.problems.values()] == [
        "Bluesky allows up to 300 characters, and this text has 301."
    ]
    assert "suitable_for_children" in tried.asked
    assert (Post.objects.count(), len(recorded())) == (0, rows)


def test_a_trial_of_a_change_leaves_the_approved_post_alone(cast, approved, at):
    post = approved()
    rows = len(recorded())
    try_out(
        by=cast.amina, at=at, school=cast.school, post=post, pictures=(), planned_at=None, people=(),
        targets=[TargetText(cast.bluesky, "Another text.")], answers={},
    )  # fmt: skip
    again = queries.post(post.pk)
    assert (again.state, again.version, len(recorded())) == ("approved", 1, rows)
    assert [target.text for target in again.targets.all()] == ["Sports day is on Friday."]


def test_a_trial_refuses_what_the_act_would_refuse(cast, approved, at):
    given = {"targets": [TargetText(cast.bluesky, "x")], "answers": {}, "pictures": (), "people": ()}
    with pytest.raises(NotAllowed, match="Only the author"):
        try_out(by=cast.ben, at=at, school=cast.school, post=approved(), planned_at=None, **given)
    with pytest.raises(BadInput):
        try_out(
            by=cast.amina, at=at, school=cast.school, post=None, planned_at=at - timedelta(days=1), **given
        )


def test_a_draft_is_seen_by_its_author_and_those_with_a_part_there(cast, draft, at):
    post, on = draft(), at.date()
    south = School.objects.create(name="South", slug="south")
    parent = someone("Pat Parent", relation="parent")
    far = someone("Dan Far", "lead-staff-member", school=south)
    near = someone("Eve Near", "lead-staff-member", school=cast.school)
    for who in (cast.amina, cast.sam, near):
        assert queries.post_for(who, post.pk, on=on) == post
        assert queries.posts_page(seen_by=who, on=on)[0] == [post]
    for who in (parent, far):
        with pytest.raises(NotFound):
            queries.post_for(who, post.pk, on=on)
        assert queries.posts_page(seen_by=who, on=on)[0] == []


def test_somebody_who_left_sees_only_what_they_wrote_themselves(cast, draft, at):
    post = draft()
    cast.sam.left_on = at.date()
    cast.sam.save()
    with pytest.raises(NotFound):
        queries.post_for(cast.sam, post.pk, on=at.date())


# --- What a policy lists for an answer in words ------------------------------------------------------

HIGH, PRIMARY = "Llanidloes High School", "Llanidloes Primary School"
OF_HIGH = [
    "Promote the school", "Share pupils' work", "Share teachers' work", "News and information",
    "Ethos and culture",
]  # fmt: skip
OF_PRIMARY = ["Promote the school", "Local activities"]
LLANIDLOES = pytest.mark.parametrize("at_work", ["llanidloes"], indirect=True)


def purposes(key: str, school: School | None) -> list[str]:
    """What the question about a post's purpose offers, as it is shown."""
    return [str(label) for _word, label in options_for("purpose", book(key), school)]


def draft_for(at_work, at, purpose) -> Post:
    """A post of the writer's with this purpose."""
    targets = [TargetText(at_work.account, "Sports day is on Friday.")]
    return draft_post(
        by=at_work.writer, at=at, school=at_work.school, targets=targets, answers={"purpose": purpose}
    )


def asks_for_purpose(post: Post, at) -> bool:
    """Whether the policy still asks its author for a purpose."""
    (one,) = queries.judged(post, at=at)
    return any(need.what == "purpose" for each in one.decision.findings for need in each.needs)


@LLANIDLOES
def test_each_school_is_offered_the_purposes_of_its_own_list(at_work):
    offered = {name: purposes("llanidloes", School(in_policy=name)) for name in (HIGH, PRIMARY)}
    assert offered == {HIGH: OF_HIGH, PRIMARY: OF_PRIMARY}
    both = [*OF_HIGH, "Local activities"]
    assert purposes("llanidloes", at_work.school) == purposes("llanidloes", None) == both


@LLANIDLOES
def test_purposes_are_offered_in_welsh(at_work):
    with translation.override("cy"):
        assert purposes("llanidloes", School(in_policy=PRIMARY)) == [
            "Hyrwyddo’r ysgol", "Gweithgareddau lleol"
        ]  # fmt: skip


@LLANIDLOES
def test_no_other_policy_lists_a_purpose(at_work):
    assert {key for key in books() if purposes(key, None)} == {"llanidloes"}


@LLANIDLOES
@pytest.mark.parametrize("purpose", ["news and information", "News and Information"])
def test_a_purpose_of_the_list_is_kept_and_counts(at_work, at, purpose):
    post = draft_for(at_work, at, purpose)
    assert post.answers["purpose"]["answer"] == purpose
    assert not asks_for_purpose(post, at)
    assert in_own_words(post, in_force(at.date()).book) == [
        (QUESTIONS["purpose"].label, "News and information", False)
    ]


@LLANIDLOES
@pytest.mark.parametrize("purpose", ["selling cakes", "news", "news and information "])
def test_a_purpose_that_the_policy_does_not_list_is_refused_with_the_list(at_work, at, purpose):
    with pytest.raises(BadInput) as refused:
        draft_for(at_work, at, purpose)
    told = str(refused.value.fields["answers"])
    assert told.startswith("What is its purpose? Choose one of the policy’s answers: Promote the school; ")
    assert Post.objects.count() == 0


@LLANIDLOES
def test_a_purpose_typed_before_there_was_a_list_stays_and_is_asked_for_again(at_work, at):
    post = draft_for(at_work, at, "promote the school")
    Post.objects.update(answers={"purpose": {**post.answers["purpose"], "answer": "To show the garden"}})
    post = queries.post(post.pk)
    assert asks_for_purpose(post, at)
    assert in_own_words(post, in_force(at.date()).book) == [
        (QUESTIONS["purpose"].label, "To show the garden", True)
    ]
    changed = {
        "by": at_work.writer, "at": at, "targets": [TargetText(at_work.account, "Sports day is on Friday.")],
        "pictures": (), "planned_at": None,
    }  # fmt: skip
    same = edit_post(post=post, version=post.version, answers={"purpose": "To show the garden"}, **changed)
    assert same.answers["purpose"]["answer"] == "To show the garden"
    assert asks_for_purpose(same, at)
    with pytest.raises(BadInput):
        edit_post(post=same, version=same.version, answers={"purpose": "To show the pond"}, **changed)
    chosen = edit_post(
        post=same, version=queries.post(post.pk).version, answers={"purpose": "ethos and culture"}, **changed
    )
    assert not asks_for_purpose(chosen, at)


@pytest.mark.parametrize("at_work", ["wildground"], indirect=True)
def test_where_no_policy_lists_purposes_any_words_are_kept(at_work, at):
    assert draft_for(at_work, at, "selling cakes").answers["purpose"]["answer"] == "selling cakes"
