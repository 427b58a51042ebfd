"""Lock an item to the safeguarding leads, hide it with that, and give it back; also after a restore."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound, NotNow, Refused
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.moves import done_before
from schoolgate.core.retention import Again, Columns, Happened
from schoolgate.duties.actions import open_duties
from schoolgate.inbox import beside, first_read, seeing
from schoolgate.inbox.desk import keep_note
from schoolgate.inbox.duty_kinds import APPEAL, DANGER
from schoolgate.inbox.first_read import end_tasks, end_tasks_of_others
from schoolgate.inbox.judged import duty_to_answer
from schoolgate.inbox.judging import ask_moderators
from schoolgate.inbox.models import Answer, Item, ItemState, Moderation, ReplyRemoval, Sight
from schoolgate.inbox.moderating import hide_with_lock
from schoolgate.inbox.removal_notices import ask_to_decide
from schoolgate.inbox.removals import removal_of
from schoolgate.inbox.seeing import live_moderation, locked_item
from schoolgate.inbox.taking_off import OVER, write_removal
from schoolgate.inbox.telling import looking_after
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.permitting import end_requests


@dataclass(frozen=True)
class Hiding:
    """The request to hide a comment as it is locked: None where there is nothing to hide, or the network
    can't. `refused`: the decision of the policy, where that doesn't let it be hidden."""

    moderation: Moderation | None = None
    refused: DecisionRecord | None = None


@action
def lock_and_hide(*, by: Person, at: datetime, item: Item, may_show_abuse: bool | None = None) -> Hiding:
    """Lock an item to the safeguarding leads, and hide it on its network: a child's words of harm don't stay
    public. What the policy doesn't let be hidden is locked all the same. `may_show_abuse`: whether it may
    show the abuse of a child, where a person said so.

    The network acts when the request is driven (`moderating.advance`). Raises what `lock_item` raises, and
    NotAllowed for people who may not take it out of sight.
    """
    if not seeing.may_see(by, item, on=local_day(at)):
        raise NotFound
    seeing.check_may_hide(by, item, on=local_day(at))
    item = lock_item(by=by, at=at, item=item)
    try:
        return Hiding(hide_with_lock(item, by=by, at=at, may_show_abuse=may_show_abuse))
    except Refused as error:
        return Hiding(refused=error.kept if isinstance(error.kept, DecisionRecord) else None)


@action
def hide_locked(*, by: Person, at: datetime, item: Item, may_show_abuse: bool | None = None) -> Hiding:
    """Hide a locked item on its network, in one step: the safeguarding lead says no more than that. The same
    request again gives the same. Raises NotFound for people who don't lead on safeguarding there; NotNow
    where it isn't locked, or can't be hidden; Refused.
    """
    item = locked_item(item.pk)
    if not seeing.may_see(by, item, on=local_day(at)):
        raise NotFound
    if item.locked_at is None:
        raise NotNow(_("It isn’t locked."), _("Open it again to see its status."))
    standing = live_moderation(item)
    if standing is not None and standing.how != Sight.SHOWN:
        return Hiding(standing)
    row = hide_with_lock(item, by=by, at=at, may_show_abuse=may_show_abuse)
    if row is None:
        raise NotNow(_("It can’t be hidden here."), _("Its own page shows what you can do with it."))
    return Hiding(row)


@action
def lock_item(*, by: Person, at: datetime, item: Item) -> Item:
    """Keep an item to the safeguarding leads: no one else finds it, and everyone else's tasks about it end.
    What a person still has to do on the network by hand is their task then.

    Raises NotFound for people who may not read it; NotNow where it is locked already, or where no one leads
    on safeguarding at its school, so that no one could read it.
    """
    if not seeing.may_see(by, item, on=local_day(at)):
        raise NotFound
    item = locked_item(item.pk)
    if item.locked_at is not None and not item.locked_until_read:
        raise done_before(
            item,
            _("It’s locked already."),
            _("The safeguarding leads are dealing with it."),
            locked_at__isnull=False,
        )
    school = item.school or item.account.school
    if not leads(book_for(item.account), school, on=local_day(at)):
        raise NotNow(
            _("No one here is entered as safeguarding lead, so this can’t be locked."),
            _("Report it as a concern, and ask the head to enter a safeguarding lead."),
        )
    Item.every.filter(pk=item.pk).update(locked_at=at, locked_until_read=False)
    item.locked_at, item.locked_until_read = at, False
    first_read.expect([item], at=at)
    first_read.note(by=by, at=at, item=item)
    end_tasks_of_others(item, at=at, by=by)
    end_requests(at=at, about=item, by=by)
    beside.locked(item, by=by, at=at)
    record("item.locked", subject=item, at=at, actor=by)
    return item


@action
def unlock_item(*, by: Person, at: datetime, item: Item, words: str) -> Item:
    """Give a locked item back to the people who reply and moderate; the task to reply is open again. Why is a
    note on it, which they read.

    Raises NotFound for people who don't lead on safeguarding there; NotNow where it isn't locked; BadInput
    (words) without a reason.
    """
    seeing.check_finds(by, item, on=local_day(at))
    item = locked_item(item.pk)
    if item.locked_at is None:
        raise NotNow(_("It isn’t locked."), _("Open it again to see its status."))
    words = reason(words, "words")
    _give_back(item, by=by, at=at)
    note = keep_note(by=by, at=at, item=item, text=words)
    first_read.clear(item, by=by, at=at)
    record("item.unlocked", subject=item, at=at, actor=by, note=note.pk)
    return item


def give_back_settled(item: Item, *, by: Person, at: datetime) -> None:
    """Give an item to the people who reply and moderate, once a safeguarding lead, or who was asked in a
    lead’s place, has said that what it may accuse an adult of puts no one in danger."""
    _give_back(item, by=by, at=at)
    record("item.given_back", subject=item, at=at, actor=by)


def _give_back(item: Item, *, by: Person, at: datetime) -> None:
    Item.every.filter(pk=item.pk).update(locked_at=None, locked_until_read=False)
    needed = end_tasks(
        item, because="unlocked", at=at, by=by, but=(DANGER,) if item.locked_until_read else ()
    )
    item.locked_at, item.locked_until_read = None, False
    if item.state == ItemState.OPEN and item.decision:
        kept = DecisionRecord.objects.get(pk=item.decision)
        looking = looking_after(item, at=at)
        open_duties(at=at, wanted=[duty_to_answer(item, kept, looking)])
    for task in needed:
        if task.kind == APPEAL and (removal := removal_of(item)):
            ask_to_decide(removal, at=at, clauses=task.clauses)
        else:
            ask_moderators(task.kind, item, at=at, due=task.due, clauses=task.clauses)
    beside.unlocked(item, by=by, at=at)


class Locked(Columns):
    """Comments and messages that were locked."""

    key, model, when = "inbox.locked", Item, "locked_at"
    undone = _("Comment {number} was locked after the backup. A safeguarding lead must lock it again.")

    def afterwards(self, row: Any, *, at: datetime) -> None:
        """End everyone else’s tasks about it."""
        end_tasks_of_others(Item.every.get(pk=row.pk), at=at)


class RepliesGone(Again):
    """Our replies that had to go because consent had ended."""

    key = "inbox.reply_gone"
    undone = _("Reply {number} was deleted after the backup. Delete it on its network again.")

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return the replies."""
        rows = ReplyRemoval.objects.filter(written_at__gte=since)
        for answer, at in rows.order_by("pk").values_list("answer_id", "written_at"):
            yield Happened(answer, at)

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Write its take-down again; where it isn't known to be there, a person has to look."""
        answer = Answer.objects.select_related("item__account", "by").filter(pk=number).first()
        if answer is None or answer.gone_at is not None:
            return True
        there = answer.receipt is not None or answer.state == Intent.CONFIRMED
        if there:
            write_removal(answer, at=at)
        return there or answer.state in OVER
