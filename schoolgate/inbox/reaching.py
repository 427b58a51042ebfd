"""A reply counts once people can read it: whether they can, and what follows for its item, its task and
its notice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef

from schoolgate.core.actions import action
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.core.reading_once import read_once
from schoolgate.duties.actions import discharge
from schoolgate.inbox.duty_kinds import ANSWER, FAILED, GIVEN, NO_PICTURE, READ, READ_AGAIN, REPLY_OFF
from schoolgate.inbox.first_read import open_task
from schoolgate.inbox.judged import note_told, open_again
from schoolgate.inbox.models import ITEM_MOVES, Answer, Item, ItemState, KeptBack, RemovalNotice, Unseen
from schoolgate.inbox.reply_facts import channel_of
from schoolgate.inbox.seeing import locked_item
from schoolgate.inbox.sight import standing_block
from schoolgate.inbox.telling import note_read
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.people.models import Person
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.models.states import Purpose


def why_unseen(answer: Answer) -> Unseen | None:
    """Return why people can't read this reply, wherever its own sending stands; None where they can.

    A private message is read by its author alone. A notice below the post needs only the post.
    """
    if answer.gone_at is not None:
        return Unseen.DELETED
    item = answer.item
    if channel_of(item) == "private":
        return None
    if answer.below_post:
        return Unseen.POST_GONE if _post_is_gone(item) else None
    return why_unseen_below(item)


def why_unseen_below(item: Item) -> Unseen | None:
    """Return why people couldn't read a reply to this item now; None where they could."""
    if channel_of(item) == "private":
        return None
    if item.kept_back == KeptBack.REMOVED:
        return Unseen.REMOVED
    if item.gone_at is not None:
        return Unseen.GONE
    if _post_is_gone(item):
        return Unseen.POST_GONE
    if item.kept_back:
        return Unseen.HIDDEN
    if not item.released:
        return Unseen.WAITING
    blocked = read_once(("inbox.block", item.pk), lambda: standing_block(item))
    return None if blocked is None else Unseen.BLOCKED


def _post_is_gone(item: Item) -> bool:
    """Return whether the post was taken down where the item hangs under it."""
    if item.post_id is None:
        return False
    done = Delivery.objects.filter(state=Intent.CONFIRMED)
    gone = Exists(done.filter(of=OuterRef("pk"), purpose=Purpose.TAKE_DOWN))
    copies = done.filter(post=item.post_id, account=item.account_id, purpose=Purpose.PUBLISH)

    def read() -> list[bool]:
        return list(copies.annotate(gone=gone).values_list("gone", flat=True))

    found = read_once(("inbox.copies_gone", item.pk), read)
    return bool(found) and all(found)


def note_arrived(answer: Answer, *, at: datetime) -> None:
    """A network has this reply: count it where people can read it; where they can't, the item stays open."""
    item = answer.item
    if _note_sight(answer, at=at) and answer.stops_the_clock:
        _count(answer, item, at=at)
    else:
        move(item, to=ItemState.OPEN, moves=ITEM_MOVES, at=at)


def follow_sight(item: Item, *, at: datetime) -> None:
    """Have the replies to an item follow who can read it now. Safe to call again.

    A reply that people can read from now on counts, and ends the task. One that they could read and can't any
    more was a reply: its task stays ended, and the history says since when it is out of sight.
    """
    for answer in item.answers.filter(state=Intent.CONFIRMED).select_related("by").order_by("pk"):
        answer.item = item
        first = answer.seen_at is None
        if not _note_sight(answer, at=at) or not first or not answer.stops_the_clock:
            continue
        if item.state == ItemState.OPEN and item.version == answer.item_version:
            _count(answer, item, at=at)


def note_not_sent(answer: Answer, *, at: datetime) -> None:
    """A reply isn't there and won't be: its item is open again, and the writer of the reply decides."""
    move(answer.item, to=ItemState.OPEN, moves=ITEM_MOVES, at=at)
    open_task(answer.item, subject=answer, kind=FAILED, at=at, person=answer.by)


@action
def note_replies_gone(*, at: datetime, answers: Iterable[Answer], by: Person | None = None) -> None:
    """Note that a network no longer has these replies of ours; the history says since when. `by`: who deleted
    them there by hand."""
    for answer in answers:
        _end_removals(answer, by=by, at=at)
        if Answer.objects.filter(pk=answer.pk, state=Intent.CONFIRMED, gone_at=None).update(gone_at=at):
            follow_sight(locked_item(answer.item_id), at=at)


def _end_removals(answer: Answer, *, by: Person | None, at: datetime) -> None:
    """Note that what a person was asked to delete is gone."""
    how = "by_hand" if by else "gone"
    for removal in answer.removals.filter(by_hand=True, state=Intent.WRITTEN):
        move(removal, to=Intent.SENT, moves=MOVES, at=at, sent_at=at, attempts=removal.attempts + 1)
        move(removal, to=Intent.CONFIRMED, moves=MOVES, at=at, because=how)
        record("reply_removal.confirmed", subject=removal, at=at, actor=by, because=how)
    discharge(kind=REPLY_OFF, subject=answer, by=by, at=at, how=how)


def _note_sight(answer: Answer, *, at: datetime) -> bool:
    """Write whether people can read a reply, where that is new, and return it."""
    before, unseen = answer.unseen, str(why_unseen(answer) or "")
    first = not unseen and answer.seen_at is None
    if first:
        answer.seen_at = at if before else answer.sent_at or at
    if first or unseen != before:
        answer.unseen = unseen
        Answer.objects.filter(pk=answer.pk).update(unseen=unseen, seen_at=answer.seen_at)
    if bool(unseen) != bool(before):
        event = "answer.out_of_sight" if unseen else "answer.in_sight"
        record(event, subject=answer, at=at, because=unseen or before, item=answer.item_id)
    if first:
        for notice in RemovalNotice.objects.filter(answer=answer, told_at=None):
            note_told(notice, at=at)
    return not unseen


def _count(answer: Answer, item: Item, *, at: datetime) -> None:
    move(item, to=ItemState.ANSWERED, moves=ITEM_MOVES, at=at)
    discharge(kind=(ANSWER, READ, READ_AGAIN, GIVEN), subject=item, by=answer.by, at=at, how="answered")
    if not answer.acknowledges_only:  # that it was seen takes no picture down
        discharge(kind=NO_PICTURE, subject=item, by=answer.by, at=at, how="answered")
    note_read(by=answer.by, at=at, item=item, how="answered")
    record("item.answered", subject=item, at=at, actor=answer.by, decision=answer.decision, answer=answer.pk)
    item.refresh_from_db(fields=["version"])
    if item.version != answer.item_version:  # changed while the answer was on its way
        open_again(item, at=at)
