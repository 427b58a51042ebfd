"""Somebody marks a text, somebody judges the mark, and the policy's answer takes it in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.models import School
from schoolgate.duties.models import Duty
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText, edit_post
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.models import PostMark
from schoolgate.publishing.reviewing import LONGEST_NOTE, MOST_MARKS, judge_mark, mark_post
from schoolgate.publishing.starting import begin_sending
from tests.cast import someone
from tests.conftest import recorded
from tests.publishing.conftest import ANSWERS


@pytest.fixture
def handed_in(cast, draft, at):
    def make(**changes):
        return submit_post(by=cast.amina, at=at, post=draft(**changes))

    return make


@pytest.fixture
def evaluate(at):
    """`judge(mark, by=..., found=...)`, of the text as it stands."""

    def say(mark, *, by, found, **more):
        seen = more.pop("seen", None) or content_digest(queries.post(mark.post_id))
        return judge_mark(by=by, at=at, mark=mark, found=found, seen=seen, **more)

    return say


@pytest.fixture
def rewrite(cast, at):
    """`rewrite(post, text)`: Amina changes it."""

    def change(post, text):
        return edit_post(
            by=cast.amina, at=at, post=post, version=queries.post(post.pk).version, pictures=(),
            planned_at=None, answers=ANSWERS, targets=[TargetText(cast.bluesky, text)],
        )  # fmt: skip

    return change


def outcome(post, at, approver=None):
    return str(queries.judged(queries.post(post.pk), at=at, approver=approver)[0].decision.outcome)


def said(post, at, point):
    decision = queries.judged(queries.post(post.pk), at=at)[0].decision
    return [one.message for one in decision.at(point)]


def marks_in_facts(post, at):
    (_target, facts), = facts_of(queries.post(post.pk), at=at)  # fmt: skip
    return facts.marks


def test_where_nobody_marked_anything_there_are_no_marks_and_the_rule_is_a_reminder(draft, at):
    post = draft()
    assert marks_in_facts(post, at) == ()
    assert set(said(post, at, "text_details")) == {"text.keep_out"}


def test_the_author_a_colleague_and_an_approver_may_mark(cast, draft, at):
    post, cara = draft(), someone("Cara Colleague", "staff")
    for person, kind in ((cast.amina, "home_address"), (cara, "health_detail"), (cast.ben, "insulting")):
        mark_post(by=person, at=at, post=post, kind=kind, whom="pupil", note="The second line.")
    assert [(mark.kind, mark.whom) for mark in marks_in_facts(post, at)] == [
        ("home_address", "pupil"), ("health_detail", "pupil"), ("insulting", "pupil"),
    ]  # fmt: skip


def test_whoever_has_no_part_in_the_post_does_not_find_it(cast, draft, at):
    south = School.objects.create(name="South", slug="south")
    stranger = someone("Dan Far", "staff", school=south)
    with pytest.raises(NotFound):
        mark_post(by=stranger, at=at, post=draft(), kind="insulting")
    assert not PostMark.objects.exists()


def test_a_mark_waits_one_found_true_stops_and_one_in_order_lets_go(cast, handed_in, evaluate, at):
    post = handed_in()
    assert outcome(post, at, cast.ben) == "permitted"
    mark = mark_post(by=cast.ben, at=at, post=post, kind="home_address", whom="pupil")
    assert outcome(post, at, cast.ben) == "hold"
    evaluate(mark, by=cast.ben, found=True)
    assert outcome(post, at, cast.ben) == "not_permitted"
    evaluate(mark, by=cast.ben, found=False)
    assert outcome(post, at, cast.ben) == "permitted"
    assert "text.found_in_order" in said(post, at, "text_details")


def test_a_hint_stops_nothing_until_somebody_finds_it_so(cast, handed_in, evaluate, at):
    post = handed_in()
    mark = mark_post(by=cast.ben, at=at, post=post, kind="unprofessional")
    assert (outcome(post, at, cast.ben), "text.hint" in said(post, at, "tone")) == ("permitted", True)
    evaluate(mark, by=cast.ben, found=True)
    assert outcome(post, at, cast.ben) == "not_permitted"


def test_a_post_with_an_open_mark_is_not_approved(cast, handed_in, at):
    post = handed_in()
    mark_post(by=cast.amina, at=at, post=post, kind="confidential")
    post = queries.post(post.pk)
    with pytest.raises(Refused):
        approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))


def test_a_post_in_which_something_was_found_is_not_handed_in(cast, draft, evaluate, at):
    post = draft()
    evaluate(mark_post(by=cast.amina, at=at, post=post, kind="confidential"), by=cast.amina, found=True)
    with pytest.raises(Refused):
        submit_post(by=cast.amina, at=at, post=queries.post(post.pk))


def test_a_change_of_the_text_keeps_the_mark_and_makes_its_judgement_count_no_longer(
    cast, draft, evaluate, rewrite, at
):
    post = draft()
    mark = evaluate(mark_post(by=cast.amina, at=at, post=post, kind="confidential"), by=cast.ben, found=False)
    before = marks_in_facts(post, at)[0].judged.of_this_version

    rewrite(post, "Sports day is on Monday.")

    (kept,) = marks_in_facts(post, at)
    assert (before, kept.judged.answer, kept.judged.of_this_version) == (True, False, False)
    assert outcome(post, at) == "hold"
    assert PostMark.objects.get().judged_seen == mark.judged_seen == mark.seen


def test_back_to_the_very_same_words_the_judgement_counts_again(cast, draft, evaluate, rewrite, at):
    post = draft(text="One")
    evaluate(mark_post(by=cast.amina, at=at, post=post, kind="confidential"), by=cast.ben, found=False)
    rewrite(post, "Two")
    rewrite(post, "One")
    assert marks_in_facts(post, at)[0].judged.of_this_version


def test_a_judgement_of_a_text_that_changed_meanwhile_is_not_kept(cast, draft, evaluate, rewrite, at):
    post = draft()
    mark, shown = mark_post(by=cast.amina, at=at, post=post, kind="confidential"), content_digest(post)
    rewrite(post, "Something else.")
    with pytest.raises(NotNow, match="text has changed"):
        evaluate(mark, by=cast.ben, found=False, seen=shown)
    assert PostMark.objects.get().found is None


def test_a_new_mark_and_a_judgement_make_an_approver_look_again(cast, handed_in, evaluate, at):
    post = handed_in()
    first = queries.seen_now(post, at=at)
    mark = mark_post(by=cast.ben, at=at, post=post, kind="unprofessional")
    second = queries.seen_now(queries.post(post.pk), at=at)
    evaluate(mark, by=cast.ben, found=False)
    third = queries.seen_now(queries.post(post.pk), at=at)

    assert len({first, second, third}) == 3
    with pytest.raises(NotNow, match="has changed since you opened"):
        approve_post(by=cast.ben, at=at, post=queries.post(post.pk), seen=second)


def test_a_mark_on_an_approved_post_puts_it_to_its_approvers_again(cast, approved, at):
    post = approved()
    cara = someone("Cara Colleague", "staff")
    mark_post(by=cara, at=at, post=post, kind="confidential")

    post = queries.post(post.pk)
    assert (post.state, queries.standing_approval(post)) == ("submitted", None)
    assert Duty.objects.filter(kind="post.approve", state="open").exists()


def test_a_sending_that_had_read_the_post_before_it_was_marked_does_not_begin(cast, approved, at):
    post = approved()
    read_before = queries.post(post.pk)
    mark_post(by=cast.ben, at=at, post=post, kind="confidential")
    with pytest.raises(NotNow):
        begin_sending(at=at, post=read_before)
    assert not post.deliveries.exists()


def test_a_mark_that_had_read_the_post_before_it_began_to_go_out_is_not_kept(cast, approved, at):
    read_before = approved()
    begin_sending(at=at, post=queries.post(read_before.pk))
    with pytest.raises(NotNow, match="no longer waiting"):
        mark_post(by=cast.ben, at=at, post=read_before, kind="confidential")


def test_a_judgement_behind_an_approval_puts_it_to_its_approvers_again(cast, handed_in, evaluate, at):
    post = handed_in()
    mark = mark_post(by=cast.amina, at=at, post=post, kind="unprofessional")
    post = queries.post(post.pk)
    approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))
    evaluate(mark, by=cast.ben, found=True)
    assert queries.post(post.pk).state == "submitted"


def test_what_is_on_its_way_is_not_marked_any_more(started, cast, at):
    delivery = started()
    with pytest.raises(NotNow, match="no longer waiting"):
        mark_post(by=cast.ben, at=at, post=delivery.post, kind="confidential")


def test_somebody_without_the_part_marks_and_does_not_judge(cast, draft, evaluate, at):
    cara = someone("Cara Colleague", "staff")
    mark = mark_post(by=cara, at=at, post=draft(), kind="confidential")
    with pytest.raises(NotAllowed):
        evaluate(mark, by=cara, found=False)


def test_an_author_puts_no_own_word_in_the_place_of_a_colleagues_on_the_same_text(
    cast, draft, evaluate, rewrite, at
):
    post = draft()
    mark = evaluate(mark_post(by=cast.amina, at=at, post=post, kind="confidential"), by=cast.ben, found=True)
    with pytest.raises(
        NotAllowed,
        match="Their decision applies until the text changes",
    ):
        evaluate(mark, by=cast.amina, found=False)

    rewrite(post, "Without the secret.")
    assert evaluate(mark, by=cast.amina, found=False).judged_by == cast.amina


def test_an_approver_may_correct_what_the_author_said(cast, draft, evaluate, at):
    mark = evaluate(
        mark_post(by=cast.amina, at=at, post=draft(), kind="confidential"), by=cast.amina, found=False
    )
    assert evaluate(mark, by=cast.ben, found=True).found


def test_where_a_rule_protects_some_people_an_answer_says_whom_it_is_about(cast, draft, evaluate, at):
    post = draft()
    mark = mark_post(by=cast.amina, at=at, post=post, kind="careless_remark")
    with pytest.raises(BadInput) as wrong:
        evaluate(mark, by=cast.ben, found=True)
    assert list(wrong.value.fields) == ["whom"]

    assert evaluate(mark, by=cast.ben, found=True, whom="staff").whom == "staff"
    assert outcome(post, at) == "not_permitted"


def test_found_of_somebody_whom_no_rule_protects_it_stops_nothing(cast, draft, evaluate, at):
    post = draft()
    mark = mark_post(by=cast.amina, at=at, post=post, kind="careless_remark", whom="public")
    evaluate(mark, by=cast.ben, found=True)
    assert outcome(post, at) == "hold"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "door_code"}, "kind"),
        ({"kind": "nothing of the kind"}, "kind"),
        ({"kind": "confidential\x00"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"kind": "confidential", "whom": "the King"}, "whom"),
        ({"kind": "confidential", "note": "a" * (LONGEST_NOTE + 1)}, "note"),
        ({"kind": "confidential", "note": "before\x00after"}, "note"),
    ],
)
def test_what_no_mark_can_be_is_refused_beside_its_field(cast, draft, at, given, field):
    with pytest.raises(BadInput) as wrong:
        mark_post(by=cast.amina, at=at, post=draft(), **given)
    assert list(wrong.value.fields) == [field]
    assert not PostMark.objects.exists()


def test_a_note_may_be_as_long_as_it_says_and_in_any_writing(cast, draft, at):
    note = "ü" * (LONGEST_NOTE - 1) + "\u202e"
    assert mark_post(by=cast.amina, at=at, post=draft(), kind="confidential", note=note).note == note


def test_the_same_is_not_marked_twice_while_it_waits_and_may_be_once_it_was_read(cast, draft, evaluate, at):
    post = draft()
    mark = mark_post(by=cast.amina, at=at, post=post, kind="confidential")
    with pytest.raises(BadInput):
        mark_post(by=cast.ben, at=at, post=post, kind="confidential")
    mark_post(by=cast.ben, at=at, post=post, kind="confidential", whom="family")

    evaluate(mark, by=cast.amina, found=False)
    again = mark_post(by=cast.ben, at=at, post=post, kind="confidential")

    assert again.pk != mark.pk
    assert outcome(post, at) == "hold"


def test_a_post_that_is_marked_without_end_is_written_anew(cast, draft, at):
    post = draft()
    given = {"post": post, "kind": "confidential", "seen": "x", "raised_by": cast.ben, "at": at}
    judged = {"found": False, "judged_by": cast.ben, "judged_at": at, "judged_seen": content_digest(post)}
    PostMark.objects.bulk_create([PostMark(**given, **judged) for _ in range(MOST_MARKS - 1)])
    mark_post(by=cast.ben, at=at, post=post, kind="insulting")
    with pytest.raises(BadInput) as wrong:
        mark_post(by=cast.ben, at=at, post=post, kind="confidential")
    assert "This post has had too many comments. Ask the author to rewrite it." in str(
        wrong.value.fields["kind"]
    )


def test_the_record_has_both_with_their_clauses_and_never_the_note(cast, draft, evaluate, at):
    post = draft()
    mark = mark_post(
        by=cast.amina, at=at, post=post, kind="home_address", whom="pupil", note="Mill Lane 3 is Ada's"
    )
    evaluate(mark, by=cast.ben, found=True)
    rows = [row for row in recorded() if row.event in ("post.marked", "post.mark_judged")]
    assert [(row.event, row.clauses, row.details) for row in rows] == [
        ("post.marked", ["wildground-behaviour-7"], {"mark": mark.pk, "kind": "home_address"}),
        (
            "post.mark_judged",
            ["wildground-behaviour-7"],
            {"mark": mark.pk, "kind": "home_address", "yes": True},
        ),
    ]
    assert [row.event for row in recorded() if b"Mill Lane" in bytes(row.stored)] == []


def test_a_half_judged_mark_cannot_be_kept(cast, draft, at):
    row = PostMark(post=draft(), kind="confidential", seen="x", raised_by=cast.ben, at=at, found=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_was_approved_before_there_were_marks_stays_approved(approved, at):
    post = approved()
    assert queries.standing_approval(post).seen == queries.seen_now(post, at=at)
    assert len(begin_sending(at=at + timedelta(minutes=1), post=post)) == 1


def test_judging_a_post_costs_the_same_for_one_mark_and_for_fifty(cast, draft, at, same_queries):
    post = draft()
    mark_post(by=cast.ben, at=at, post=post, kind="confidential")
    given = {"post": post, "kind": "confidential", "seen": "x", "raised_by": cast.ben, "at": at}

    def grow():
        PostMark.objects.bulk_create([PostMark(**given) for _ in range(49)])

    def judge():
        queries.judged(queries.post(post.pk), at=at)

    judge()  # what is read once for the federation
    same_queries(judge, grow)
