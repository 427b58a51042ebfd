"""Consent to be named ends: our replies with the name come down, whatever their state, comments on our page
are hidden, and the parent reads what became of each."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from schoolgate.core.doors import Door
from schoolgate.core.errors import NotNow
from schoolgate.core.leaving import Said, answering
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import replying, seeing, taking_off
from schoolgate.inbox.figures import Comments
from schoolgate.inbox.locking import RepliesGone
from schoolgate.inbox.models import Answer, Item, ReplyRemoval, Unseen, WithdrawnWords
from schoolgate.inbox.reaching import why_unseen
from schoolgate.inbox.replying import (
    answer_done_by_hand,
    say_how_the_answer_stands,
    take_back_answer,
    write_answer,
)
from schoolgate.inbox.taking_off import reply_removed_by_hand, take_off, words_left
from schoolgate.networks.fake import FakeNetwork, Fault
from schoolgate.networks.handshake import PATIENCE, WAITS_TO_REMOVE
from schoolgate.publishing.leaving import _found
from schoolgate.publishing.models import PostPerson, WordAnswer
from schoolgate.publishing.withdrawn import ENDED, Gone, list_withdrawn, outcomes_of, pass_on
from schoolgate.pupils.answering import withdraw
from schoolgate.pupils.models import Consent, Pupil
from tests.conftest import recorded
from tests.inbox.conftest import comment_in
from tests.worlds import world

NAMED = "Yes. Osian Prydderch won the spelling prize."
SAID = {"from_press": False, "asks_for_comment": False, "to_relation": "parent", "in_doubt": False}
LATER, DAY = timedelta(minutes=10), timedelta(hours=24)
ADDRESS = "https://bsky.app/profile/north.test/post/123"
EVERYWHERE_OR_THERE = pytest.mark.parametrize("channel", ["", "bluesky"], ids=["everywhere", "one network"])


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


def answers(pupil, answer, *, by, at, use="name"):
    given = {"giver": "parent", "form": "spoken", "from_day": at.date()}
    Consent.objects.create(pupil=pupil, use=use, answer=answer, by=by, at=at, **given)


def reply(cast, comment, at, text=NAMED, *, by_hand=False):
    """A reply with the name has been written; `by_hand`: a person is to post it."""
    keys = _found(Door.REPLY, {"text": text}, at=at)
    with answering({key: Said("may_name", "His mother agreed.") for key in keys}):
        item = seeing.item(comment.pk)
        answer = write_answer(by=cast.ben, at=at, item=item, text=text, version=item.version, said=SAID)
    if by_hand:
        Answer.objects.filter(pk=answer.pk).update(by_hand=True)
    return seeing.answer(answer.pk)


@world(comment_in)
def of_osian(before, at):
    """Osian may be named, his mother said."""
    cast = before.cast
    with scope(cast.federation.pk):
        before.osian = Pupil.objects.create(
            school=cast.school, key="O1", first_name="Osian", last_name="Prydderch", form="4B", year="4"
        )
        answers(before.osian, "given", by=cast.sam, at=at)
    return before


@world(of_osian)
def reply_written(before, at):
    """A reply with his name waits to be sent."""
    with scope(before.cast.federation.pk):
        before.waiting = reply(before.cast, before.comment, at)
    return before


@world(reply_written)
def reply_sent(before, at):
    """It is out."""
    replying.advance(
        before.cast.federation.pk, before.waiting.pk, clock=lambda: at,
        connect=lambda _: FakeNetwork(before.server),
    )  # fmt: skip
    with scope(before.cast.federation.pk):
        before.out = seeing.answer(before.waiting.pk)
    return before


FURTHEST = (("out", reply_sent), ("waiting", reply_written))


@pytest.fixture
def beginning(in_world, request, at):
    """As far on as what the test asks for."""
    asked = request.fixturenames
    return in_world(next((world for name, world in FURTHEST if name in asked), of_osian), at)


@pytest.fixture
def osian(beginning, cast):
    return beginning.osian


@pytest.fixture
def waiting(beginning, cast):
    """A reply with the name, to be sent."""
    return beginning.waiting


@pytest.fixture
def out(beginning, cast):
    """A reply with the name that is out."""
    return beginning.out


@pytest.fixture
def replied(cast, comment, at):
    """`replied("Well done!", by_hand=True)`: `reply`."""
    return partial(reply, cast, comment, at)


@pytest.fixture
def says_no(cast, osian, at):
    """The name may not be used any more; what is marked is taken off, each by itself. `use`: another use."""

    def said(channel="", *, use="name", cause="answer"):
        answers(osian, "refused", by=cast.sam, at=at, use=use)
        gone = withdraw(at=at, pupil=osian, cause=cause, uses=[use], channel=channel)
        act = list_withdrawn(at=at, withdrawal=gone)
        for words in WithdrawnWords.objects.filter(take_down=act):
            take_off(at=at, words=words)
        return act

    return said


@pytest.fixture
def drive_removals(cast, server, at):
    """Take every take-down as far as it goes at an instant."""

    def take(*, now=None):
        for row in ReplyRemoval.objects.order_by("pk"):
            taking_off.advance(
                cast.federation.pk, row.pk, clock=lambda: now or at, connect=lambda _: FakeNetwork(server)
            )
        return list(ReplyRemoval.objects.order_by("pk"))

    return take


def outcome(act, at):
    (found,) = outcomes_of(act, at=at)
    return found.gone


def open_duties(kind):
    return Duty.objects.filter(kind=kind, state__in=STILL_TO_DO)


def replies_there(server):
    return [held.text for held in server.ours.values() if held.parent]


# --- What is out


@EVERYWHERE_OR_THERE
def test_a_reply_that_is_out_comes_down(out, says_no, drive_removals, server, at, channel):
    assert replies_there(server) == [NAMED]
    act = says_no(channel)
    assert outcome(act, at) == Gone.GOING
    (removal,) = drive_removals()
    assert (removal.state, replies_there(server)) == ("confirmed", [])
    assert outcome(act, at) == Gone.REMOVED
    answer = seeing.answer(out.pk)
    assert (answer.gone_at, why_unseen(answer)) == (at, Unseen.DELETED)
    assert pass_on(at=at, act=act)
    assert words_left() == []


def test_a_no_for_another_use_or_another_network_takes_nothing_down(out, says_no, drive_removals, server, at):
    for act in (says_no(use="picture"), says_no("mastodon")):
        assert outcomes_of(act, at=at) == []
    assert drive_removals() == []
    assert replies_there(server) == [NAMED]


def test_a_no_for_the_day_takes_down_what_was_written_on_that_day(out, says_no, drive_removals, server, at):
    Answer.objects.filter(pk=out.pk).update(written_at=at - DAY)
    assert outcomes_of(says_no(cause="today"), at=at) == []
    Answer.objects.filter(pk=out.pk).update(written_at=at)
    says_no(cause="today")
    drive_removals()
    assert replies_there(server) == []


def test_a_reply_stays_where_another_is_meant_and_comes_down_where_one_said_so_before_the_no(
    cast, replied, says_no, drive_answer, drive_removals, server, comment, at
):
    keys = _found(Door.REPLY, {"text": NAMED}, at=at)
    with answering({key: Said("not_pupil", "A footballer of the same name.") for key in keys}):
        item = seeing.item(comment.pk)
        drive_answer(write_answer(by=cast.ben, at=at, item=item, text=NAMED, version=item.version, said=SAID))
    assert outcomes_of(says_no(), at=at) == []
    WordAnswer.objects.update(at=at - DAY)
    says_no()
    drive_removals()
    assert replies_there(server) == []


def test_a_reply_with_part_of_the_name_that_a_person_let_out_comes_down_too(
    replied, says_no, drive_answer, drive_removals, server, at
):
    drive_answer(replied("Well done, Osian in 4B!"))
    says_no()
    drive_removals()
    assert replies_there(server) == []


def test_a_private_reply_isnt_published_and_stays(out, says_no, comment, at):
    Item.every.filter(pk=comment.pk).update(private=True)
    assert outcomes_of(says_no(), at=at) == []


def test_an_accounts_archive_has_no_reply_that_was_taken_off_and_an_earlier_one_is_not_given_out(
    out, says_no, comment, at
):
    def replies():
        return [
            one["text"]
            for _pk, part in Comments().parts(account, after=0, limit=9)
            for one in part.data["answers"]
        ]

    answer = out
    account = answer.item.account
    assert (replies(), Comments().withheld(account, since=at)) == ([answer.text], False)
    says_no()
    assert (replies(), Comments().withheld(account, since=at)) == ([], True)


def test_a_reply_that_is_gone_already_is_left_alone(out, says_no, at):
    Answer.objects.filter(pk=out.pk).update(gone_at=at)
    assert outcomes_of(says_no(), at=at) == []


# --- What waits, and what is being sent


@EVERYWHERE_OR_THERE
def test_a_reply_that_waits_is_not_sent_and_its_writer_is_told(
    waiting, says_no, drive_answer, server, at, channel
):
    answer = waiting
    act = says_no(channel)
    answer = seeing.answer(answer.pk)
    assert (answer.state, answer.because, outcome(act, at)) == ("failed", "consent_gone", Gone.NEVER)
    assert seeing.item(answer.item_id).state == "open"
    assert open_duties("answer.failed").filter(subject=subject_of(answer)).exists()
    assert drive_answer(answer).state == "failed"
    assert replies_there(server) == []


class Asked(FakeNetwork):
    """Has something done while it replies."""

    def __init__(self, server, meanwhile):
        super().__init__(server)
        self.meanwhile = meanwhile

    def reply(self, out):
        self.meanwhile()
        return super().reply(out)


@EVERYWHERE_OR_THERE
def test_a_reply_that_is_being_sent_at_that_moment_comes_down_as_soon_as_it_arrived(
    cast, waiting, says_no, drive_removals, server, at, channel
):
    answer, acts = waiting, []
    network = Asked(server, lambda: acts.append(says_no(channel)))
    replying.advance(cast.federation.pk, answer.pk, clock=lambda: at, connect=lambda _: network)
    assert outcome(acts[0], at) == Gone.GOING
    drive_removals()
    assert (outcome(acts[0], at), replies_there(server)) == (Gone.REMOVED, [])


@pytest.mark.parametrize("fault", [Fault.TIME_OUT_BEFORE, Fault.TIME_OUT_AFTER])
def test_a_reply_that_may_have_arrived_is_followed_until_that_is_known(
    waiting, says_no, drive_answer, drive_removals, server, at, fault
):
    server.faults = [fault, *[None] * 9]
    answer = drive_answer(waiting)
    assert answer.state == "unknown"
    act = says_no()
    assert outcome(act, at) == Gone.GOING
    drive_answer(answer, now=at + LATER)
    drive_removals(now=at + LATER)
    assert replies_there(server) == []
    assert outcome(act, at + LATER) in ENDED


def test_a_reply_that_only_a_person_can_look_up_is_a_task_with_a_time(
    cast, waiting, says_no, drive_answer, drive_removals, server, at
):
    server.faults = [Fault.TIME_OUT_AFTER, *[Fault.UNREACHABLE] * 9]
    answer = drive_answer(waiting)
    answer = drive_answer(answer, now=at + PATIENCE)
    assert answer.state == "asked"
    act = says_no()
    assert {each.due_at for each in open_duties("answer.look")} == {at + DAY}
    assert outcome(act, at) == Gone.LOOKED_FOR
    say_how_the_answer_stands(by=cast.ben, at=at, answer=answer, there=False)
    assert outcome(act, at) == Gone.NEVER
    assert words_left() == []


# --- What only a hand can do


def test_a_reply_posted_by_hand_is_a_task_with_a_time_and_a_button(
    cast, replied, says_no, drive_removals, at
):
    answer = replied(by_hand=True)
    answer_done_by_hand(by=cast.ben, at=at, answer=answer)  # without its link
    act = says_no()
    assert {each.due_at for each in open_duties("answer.delete_by_hand")} == {at + DAY}
    assert outcome(act, at) == Gone.BY_HAND
    assert outcome(act, at + DAY) == Gone.STUCK
    reply_removed_by_hand(by=cast.ben, at=at, answer=seeing.answer(answer.pk))
    assert outcome(act, at) == Gone.REMOVED
    assert not open_duties("answer.delete_by_hand").exists()
    with pytest.raises(NotNow):
        reply_removed_by_hand(by=cast.ben, at=at, answer=seeing.answer(answer.pk))


def test_a_reply_that_waits_for_a_hand_may_be_there_so_a_person_looks(cast, replied, says_no, at):
    answer = replied(by_hand=True)
    act = says_no()
    answer = seeing.answer(answer.pk)
    assert (answer.state, outcome(act, at)) == ("asked", Gone.LOOKED_FOR)
    assert not open_duties("answer.by_hand").exists()
    say_how_the_answer_stands(by=cast.ben, at=at, answer=answer, there=True)
    assert outcome(act, at) == Gone.BY_HAND
    assert open_duties("answer.delete_by_hand").exists()


# --- Networks that fail


def test_a_network_that_fails_is_asked_again_within_seconds_and_then_a_person_is(
    out, says_no, drive_removals, server, at
):
    act = says_no()
    server.faults = [Fault.UNREACHABLE] * 99
    now = at
    for wait in WAITS_TO_REMOVE:
        (removal,) = drive_removals(now=now)
        assert (removal.state, removal.not_before) == ("written", now + wait)
        now = removal.not_before
    assert sum(WAITS_TO_REMOVE[:2], timedelta()) <= timedelta(seconds=30)
    first, second = drive_removals(now=now)
    assert (first.state, second.by_hand, outcome(act, at)) == ("failed", True, Gone.BY_HAND)
    assert open_duties("answer.delete_by_hand").exists()


def test_a_network_that_was_down_for_a_moment_has_removed_it_seconds_later(
    out, says_no, drive_removals, server, at
):
    says_no()
    server.faults = [Fault.TIME_OUT_AFTER]
    drive_removals()
    (removal,) = drive_removals(now=at + timedelta(seconds=5))
    assert (removal.state, replies_there(server)) == ("confirmed", [])


def test_a_second_try_waits_in_the_queue_for_its_second(out, says_no, drive_removals, server, at):
    from procrastinate.contrib.django.models import ProcrastinateJob

    says_no()
    server.faults = [Fault.UNREACHABLE]
    drive_removals()
    jobs = ProcrastinateJob.objects.filter(task_name="reply_removals.advance", scheduled_at__isnull=False)
    assert [job.scheduled_at for job in jobs] == [at + timedelta(seconds=5)]


# --- The sweep, the record and a restore


def test_what_was_being_written_at_that_moment_is_found_by_the_next_sweep(
    out, says_no, drive_removals, server, at
):
    Answer.objects.filter(pk=out.pk).update(gone_at=at)  # as if its transaction weren't committed yet
    act = says_no()
    assert outcomes_of(act, at=at) == []
    Answer.objects.filter(pk=out.pk).update(gone_at=None)
    list_withdrawn(at=at + LATER, withdrawal=act.withdrawal)
    (pk,) = words_left()
    take_off(at=at, words=WithdrawnWords.objects.get(pk=pk))
    drive_removals()
    assert replies_there(server) == []


def test_what_is_marked_twice_is_removed_once(out, says_no, drive_removals, at):
    acts = [says_no(), says_no("bluesky")]
    for words in WithdrawnWords.objects.all():
        take_off(at=at, words=words)
    assert len(drive_removals()) == 1
    assert [outcome(act, at) for act in acts] == [Gone.REMOVED, Gone.REMOVED]


def test_a_restored_home_deletes_again_what_was_deleted_since(out, says_no, drive_removals, server, at):
    says_no()
    drive_removals()
    (done,) = RepliesGone().since(at - LATER)
    assert done.number == out.pk
    Answer.objects.filter(pk=out.pk).update(gone_at=None)  # as of the backup
    assert RepliesGone().again(out.pk, {}, at=at)
    assert RepliesGone().again(out.pk + 99, {}, at=at)
    assert "reply_removal.written" in [row.event for row in recorded()]


def test_taking_a_reply_back_at_that_moment_ends_nothing_that_counts(cast, waiting, says_no, at):
    answer = waiting
    act = says_no()
    with pytest.raises(NotNow):
        take_back_answer(by=cast.ben, at=at, answer=seeing.answer(answer.pk))
    assert outcome(act, at) == Gone.NEVER


def test_below_a_post_of_the_pupil_a_first_name_alone_comes_down_and_elsewhere_it_stays(
    comment, osian, replied, says_no
):
    """*Da iawn Osian* stayed below the post that was gone, and his mother read *Removed*."""
    first = replied("Da iawn Osian!", by_hand=True)
    act = says_no()
    assert not WithdrawnWords.objects.filter(take_down=act, answer=first).exists()
    PostPerson.objects.create(post=comment.post, place=1, relation="pupil", pupil=osian)
    act = says_no()
    assert WithdrawnWords.objects.filter(take_down=act, answer=first).exists()
