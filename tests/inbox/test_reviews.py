"""A review: under each policy it has the clock and the rules of a public comment, and only its network can
take it out of sight."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.errors import NotNow
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import seeing, sight
from schoolgate.inbox.judged import set_kind
from schoolgate.inbox.judging import judge
from schoolgate.inbox.models import FAULTS, Item, Moderation
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.removals import author_facts, removal_facts
from schoolgate.inbox.reply_facts import answer_facts, received_facts
from schoolgate.inbox.replying import asked_of, close_item, write_answer
from schoolgate.policy.models import DecisionRecord
from tests.inbox.test_five_policies import EACH, SAID, inbox, only

__all__ = ["inbox"]
HOUR = timedelta(hours=1)


@pytest.fixture
def work(inbox):
    """`both()`: the same words, once as a comment and once as a review."""
    at_work, now = inbox.at_work, inbox.now

    def brought(kind, **more) -> Item:
        given = {
            "by": at_work.answerer, "at": now, "account": at_work.account, "text": "They never ring back.",
            "author": f"A parent ({kind})", "appeared_at": now - HOUR, "kind": kind, "private": False,
        }  # fmt: skip
        return paste_in(**{**given, **more})

    def by_hand():
        at_work.account.network = "facebook"
        at_work.account.save(update_fields=["network"])

    def hide(item, how="hidden"):
        return moderate(
            by=at_work.answerer, at=now, item=item, how=how, because="improper", version=item.version, said={}
        )

    return SimpleNamespace(
        brought=brought, both=lambda: (brought("comment"), brought("review")), by_hand=by_hand, hide=hide,
        at_work=at_work, now=now, item=inbox.item,
    )  # fmt: skip


def decided(item, situation):
    kept = DecisionRecord.objects.filter(situation=situation, subject=f"inbox.item:{item.pk}").latest("pk")
    return kept.points, kept.clauses, kept.outcome


def tasks(item):
    rows = Duty.objects.filter(subject=f"inbox.item:{item.pk}", state__in=STILL_TO_DO)
    return sorted((row.kind, str(row.due_at), row.due_kind, tuple(row.clauses), row.role_key) for row in rows)


# --- The policy --------------------------------------------------------------------------------------------


@EACH
def test_a_review_has_the_deadline_of_a_public_comment_by_the_same_clauses(work):
    comment, review = work.both()

    assert (comment.kind, review.kind) == ("comment", "review")
    assert (review.due_words, review.due_at, review.due_day) == (
        comment.due_words, comment.due_at, comment.due_day,
    )  # fmt: skip
    assert decided(review, "item.received") == decided(comment, "item.received")
    assert tasks(review) == tasks(comment)


@EACH
def test_a_review_is_answered_by_the_rules_of_a_public_comment(work):
    comment, review = work.both()
    given = {"by": work.at_work.answerer, "at": work.now}

    for acknowledges_only in (False, True):
        told = [
            asked_of(item, said=SAID, acknowledges_only=acknowledges_only, **given)
            for item in (comment, review)
        ]
        (as_comment, asked), (as_review, asked_of_review) = told
        assert (as_review.to_json(), asked_of_review) == (as_comment.to_json(), asked)
    for item in (comment, review):
        write_answer(item=item, text="We do.", version=item.version, said=SAID, **given)
    assert decided(review, "item.answer") == decided(comment, "item.answer")


@EACH
@pytest.mark.parametrize("relation", ["parent", "pupil"])
def test_what_a_review_is_found_to_be_opens_the_tasks_of_a_public_comment(work, relation):
    found = work.both()
    for item in found:
        judge(
            by=work.at_work.answerer, at=work.now, item=item, because="improper", relation=relation,
            version=item.version, also={"rude": "no"},
        )  # fmt: skip

    comment, review = found
    assert tasks(review) == tasks(comment)
    for situation in ("item.received", "item.look"):
        assert decided(review, situation) == decided(comment, situation)


@EACH
def test_no_fact_tells_a_policy_that_a_public_comment_is_a_review(work):
    """Whatever a rule may come to ask: it is asked of the same facts."""
    by, at = work.at_work.answerer, work.now
    comment, review = work.both()

    def facts(item):
        yield received_facts(item, calendar=None, working_day=None)
        yield answer_facts(item, by=by, at=at, acknowledges_only=False, said=SAID)
        for reason in FAULTS:
            yield removal_facts(item, by=by, at=at, how="hidden", reason=reason, said={})
            yield author_facts(item, by=by, at=at, act="report", reason=reason)

    assert list(facts(review)) == list(facts(comment))


@EACH
def test_saying_that_a_comment_is_a_review_changes_no_deadline(work):
    before = seeing.item(work.item.pk)
    tasks_before = tasks(before)
    item = set_kind(by=work.at_work.answerer, at=work.now, item=before, kind="review")

    assert (item.kind, item.due_words, item.due_at, item.due_day) == (
        "review", before.due_words, before.due_at, before.due_day,
    )  # fmt: skip
    assert tasks(item) == tasks_before


@only("wildground")
def test_a_private_message_that_is_said_to_be_a_review_stays_private(work):
    message = work.brought("comment", private=True)
    review = set_kind(by=work.at_work.answerer, at=work.now, item=message, kind="review")

    assert received_facts(review, calendar=None, working_day=None).channel == "private"


# --- Out of sight ------------------------------------------------------------------------------------------


@only("wildground")
def test_only_the_network_takes_a_review_out_of_sight(work):
    work.by_hand()
    comment, review = work.both()

    assert {how: way.value for how, way in sight.ways(comment).items()} == {
        "hidden": "hand", "removed": "hand",
    }  # fmt: skip
    assert sight.ways(review) == {}
    assert sight.way_to_hide(review) == ("removed", None)
    for how in ("hidden", "removed"):
        with pytest.raises(NotNow, match="Only its network"):
            work.hide(review, how)
    assert not Moderation.objects.exists()
    assert work.hide(comment).by_hand


@only("wildground")
def test_a_comment_that_was_taken_for_a_review_is_hidden_once_its_type_is_right(work):
    work.by_hand()
    item = set_kind(by=work.at_work.answerer, at=work.now, item=work.brought("review"), kind="comment")

    assert work.hide(item).by_hand


@only("wildground")
def test_what_is_below_a_post_of_ours_is_hidden_as_its_network_lets_it_whatever_its_type(work):
    read = set_kind(by=work.at_work.answerer, at=work.now, item=seeing.item(work.item.pk), kind="review")
    below = work.brought("review", post=work.item.post)

    assert sight.ways(read)["hidden"] == "program"
    assert sight.ways(below)["hidden"] == "hand"


@only("learn-to-live")
def test_a_review_that_has_to_go_at_once_is_a_task_until_it_is_closed(work):
    """The policy's time runs although the school can't remove it: it's reported, then closed."""
    work.by_hand()
    review = work.brought("review")
    judge(
        by=work.at_work.answerer, at=work.now, item=review, because="improper", relation="other",
        version=review.version,
    )  # fmt: skip
    assert "item.take_down" in {kind for kind, *_more in tasks(review)}

    close_item(by=work.at_work.answerer, at=work.now, item=seeing.item(review.pk), reason="gone")
    assert "item.take_down" not in {kind for kind, *_more in tasks(review)}
