"""Saying what something is, taking an answer back, and what that does to who owes what."""

from datetime import timedelta

import pytest

from schoolgate.core.days import NEVER
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.duties.models import Duty
from schoolgate.inbox import seeing
from schoolgate.inbox.desk import assign_item
from schoolgate.inbox.judged import set_kind
from schoolgate.inbox.models import Answer
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.replying import close_item, say_how_the_answer_stands, take_back_answer, write_answer
from schoolgate.networks.fake import Fault
from schoolgate.policy.models import DecisionRecord
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.test_answering import SAID
from tests.second_presses import not_done

DAY = timedelta(hours=24)


def duties(kind="item.answer"):
    return list(Duty.objects.filter(kind=kind).order_by("id").values_list("state", "due_at"))


@pytest.fixture
def message(cast, terms, at):
    """A private message that somebody copied in, without saying what it is."""
    item = paste_in(by=cast.ben, at=at, account=cast.facebook, text="Hello", appeared_at=at, private=True)
    type(item).objects.filter(pk=item.pk).update(kind="message")
    return seeing.item(item.pk)


def test_the_same_answer_by_the_policy_leaves_the_duty_as_it_is(cast, comment, at):
    changed = set_kind(by=cast.ben, at=at, item=comment, kind="complaint")

    assert (changed.kind, changed.due_at) == ("complaint", comment.received_at + DAY)
    assert duties() == [("open", changed.due_at)]
    assert DecisionRecord.objects.get(pk=changed.decision).subject == f"inbox.item:{comment.pk}"


def test_a_kind_that_the_policy_answers_otherwise_opens_the_duty_anew(cast, comment, at):
    type(comment).objects.filter(pk=comment.pk).update(kind="mention", due_words="no_rule", due_at=None)
    Duty.objects.filter(kind="item.answer").update(due_kind="none_promised", due_at=None, due_by=NEVER)

    changed = set_kind(by=cast.ben, at=at, item=seeing.item(comment.pk), kind="query")

    assert duties() == [("cancelled", None), ("open", comment.received_at + DAY)]
    assert Duty.objects.get(state="open").person == cast.ben
    assert (changed.due_words, changed.due_at) == ("instant", comment.received_at + DAY)


def test_what_is_written_to_us_alone_stays_private_whatever_it_is(cast, message, at):
    changed = set_kind(by=cast.ben, at=at, item=message, kind="query")

    assert (changed.kind, seeing.item(message.pk).private) == ("query", True)


def test_saying_what_it_is_leaves_a_row_with_the_clauses(cast, comment, at):
    set_kind(by=cast.ben, at=at, item=comment, kind="query")

    row = next(row for row in recorded() if row.event == "item.kind_set")
    assert ("wildground-monitoring-4" in row.clauses, row.details["kind"]) == (True, "query")


def test_a_comment_that_was_dealt_with_is_neither_sorted_nor_given(cast, comment, at):
    close_item(by=cast.ben, at=at, item=comment, reason="no_answer_needed")
    closed = seeing.item(comment.pk)
    with not_done("has been dealt with"):
        set_kind(by=cast.ben, at=at, item=closed, kind="query")
    with not_done("has been dealt with"):
        assign_item(by=cast.ben, at=at, item=closed, to=cast.ben, seen=None)


def test_only_those_who_look_after_it_say_what_it_is(cast, comment, at):
    with pytest.raises(NotAllowed):
        set_kind(by=someone("Cara Colleague", "staff"), at=at, item=comment, kind="query")


@pytest.mark.parametrize("kind", ["", "message", "mention", "praise"])
def test_only_a_kind_that_a_person_can_tell_is_taken(cast, comment, at, kind):
    with pytest.raises(BadInput) as refused:
        set_kind(by=cast.ben, at=at, item=comment, kind=kind)

    assert set(refused.value.fields) == {"kind"}


def test_what_is_closed_is_not_sorted_any_more(cast, comment, at):
    closed = close_item(by=cast.ben, at=at, item=comment, reason="spam")

    with pytest.raises(NotNow, match="dealt with"):
        set_kind(by=cast.ben, at=at, item=closed, kind="query")


@pytest.fixture
def by_hand(cast, terms, at):
    """An answer that waits to be put out by hand."""
    item = paste_in(by=cast.ben, at=at, account=cast.facebook, text="When?", appeared_at=at, private=False)
    return write_answer(by=cast.ben, at=at, item=item, text="On Friday.", version=item.version, said=SAID)


def test_an_answer_of_which_nothing_was_sent_can_be_taken_back(cast, by_hand, at):
    take_back_answer(by=cast.ben, at=at, answer=by_hand)

    assert (seeing.answer(by_hand.pk).state, seeing.item(by_hand.item_id).state) == ("cancelled", "open")
    assert [state for state, _due in duties("answer.by_hand")] == ["discharged"]
    assert [state for state, _due in duties()] == ["open"]


def test_an_answer_that_is_on_its_way_cannot_be_taken_back(cast, by_hand, at):
    Answer.objects.filter(pk=by_hand.pk).update(state="sent", sent_at=at)

    with pytest.raises(NotNow):
        take_back_answer(by=cast.ben, at=at, answer=seeing.answer(by_hand.pk))


def test_an_answer_written_again_settles_the_one_that_failed(cast, comment, drive_answer, server, at):
    server.faults = [Fault.REFUSED]
    given = {"by": cast.ben, "at": at, "text": "Their kit.", "version": comment.version, "said": SAID}
    drive_answer(write_answer(item=comment, **given))
    assert [state for state, _due in duties("answer.failed")] == ["open"]

    write_answer(item=seeing.item(comment.pk), **given)
    assert [state for state, _due in duties("answer.failed")] == ["discharged"]


def test_whoever_looked_on_the_network_is_not_asked_again(cast, comment, at):
    answer = write_answer(
        by=cast.ben, at=at, item=comment, text="Their kit.", version=comment.version, said=SAID
    )
    Answer.objects.filter(pk=answer.pk).update(state="asked")
    Duty.objects.filter(kind="item.answer").update(kind="answer.look", subject=f"inbox.answer:{answer.pk}")

    say_how_the_answer_stands(by=cast.ben, at=at, answer=seeing.answer(answer.pk), there=False)
    assert [state for state, _due in duties("answer.look")] == ["discharged"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"kind": "message"}, "kind"), ({"kind": "mention"}, "kind"), ({"text": " "}, "text")],
)
def test_what_is_copied_in_is_a_kind_that_a_person_can_tell(cast, terms, at, wrong, field):
    given = {"by": cast.ben, "at": at, "account": cast.facebook, "text": "Hi", "appeared_at": at}
    given["private"] = False

    with pytest.raises(BadInput) as refused:
        paste_in(**{**given, **wrong})
    assert set(refused.value.fields) == {field}


def test_what_is_copied_in_stands_only_under_a_post_of_its_account(cast, terms, published, at):
    with pytest.raises(BadInput) as refused:
        paste_in(
            by=cast.ben,
            at=at,
            account=cast.facebook,
            text="Hi",
            appeared_at=at,
            post=published.post,
            private=False,
        )
    assert set(refused.value.fields) == {"post"}
