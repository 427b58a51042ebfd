"""Takes a pupil's name off where consent ended: our own replies come down, comments on our page are hidden.

As for posts (`publishing.taking_down`), what one reply needs depends on its own state alone, read under
the lock of its comment, and each is done by itself: by the event, by the driver once the outcome of a sending
is known, and by a sweep each minute.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.accounts.connecting import abilities_of, lose_connection
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.core.subjects import subject_of
from schoolgate.core.work import lanes
from schoolgate.duties.actions import cancel, discharge
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.inbox import rules
from schoolgate.inbox.actions.looking import ask_moderators
from schoolgate.inbox.actions.reaching import follow_sight, note_not_sent, note_replies_gone
from schoolgate.inbox.actions.tasks import leads_of, open_task
from schoolgate.inbox.duty_kinds import BY_HAND, LOOK, NAME_OFF, REPLY_OFF
from schoolgate.inbox.models import Answer, Item, ReplyRemoval, WithdrawnWords
from schoolgate.inbox.queries import locked_item
from schoolgate.networks.capabilities import Way
from schoolgate.networks.handshake import LIVE, MOVES, Intent
from schoolgate.networks.intents import again_soon
from schoolgate.networks.noticeboard.board import hide_comment
from schoolgate.networks.port import intent_key
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.publishing.models import TakeDown
from schoolgate.pupils.models import Cause

ADVANCE = "reply_removals.advance"
BECAUSE = "consent_gone"
OVER = (Intent.FAILED, Intent.CANCELLED)


@action
def take_off(*, at: datetime, words: WithdrawnWords) -> None:
    """Take the next step towards a name being gone; nothing where it needs none. Safe to call again."""
    item = locked_item(words.item_id)
    if words.answer_id is None:
        _hide(words, item, at=at)
        return
    answer = Answer.objects.select_for_update().select_related("by").get(pk=words.answer_id)
    answer.item = item
    step_off(answer, at=at)


def must_go(answer: Answer) -> bool:
    """Return whether consent to a reply was withdrawn."""
    return WithdrawnWords.objects.filter(answer=answer).exists()


def words_left() -> list[int]:
    """Return what has to go and no one removes: comments still shown; replies neither gone nor being sent,
    and without a living take-down."""
    rows = WithdrawnWords.objects.filter(item__destroyed_at=None)
    comments = rows.filter(answer=None, hidden_at=None)
    done = ReplyRemoval.objects.filter(state__in=[Intent.CONFIRMED, *sorted(LIVE)])
    replies = rows.filter(answer__gone_at=None).exclude(answer__in=done.values("answer"))
    never = replies.filter(answer__state__in=OVER, answer__receipt__isnull=True)
    sending = replies.filter(answer__state__in=[Intent.SENT, Intent.UNKNOWN], answer__receipt__isnull=True)
    left = replies.filter(answer__isnull=False).exclude(pk__in=never).exclude(pk__in=sending)
    return sorted({*comments.values_list("pk", flat=True), *left.values_list("pk", flat=True)})


def step_off(answer: Answer, *, at: datetime) -> None:
    """Do what the state of a reply that must go asks for, its comment locked. One that is being sent is left
    to the driver until its outcome is known, unless its address is known already."""
    if answer.state == Intent.WRITTEN and answer.by_hand:
        # Who was asked to post it may have done so without saying it; only a person can see that.
        move(answer, to=Intent.ASKED, moves=MOVES, at=at, because=BECAUSE)
        discharge(kind=BY_HAND, subject=answer, by=None, at=at, how=BECAUSE)
        _ask_to_look(answer, at=at)
    elif answer.state == Intent.WRITTEN:
        move(answer, to=Intent.FAILED, moves=MOVES, at=at, because=BECAUSE)
        record("answer.failed", subject=answer, at=at, because=BECAUSE, item=answer.item_id)
        note_not_sent(answer, at=at)
    elif answer.receipt is None and answer.state == Intent.ASKED:
        _ask_to_look(answer, at=at)
    elif answer.receipt is not None or answer.state == Intent.CONFIRMED:
        if answer.gone_at is None:
            write_removal(answer, at=at)
        if answer.state in (Intent.ASKED, Intent.DIFFERENT):
            move(answer, to=Intent.FAILED, moves=MOVES, at=at, because=answer.because)
            discharge(kind=LOOK, subject=answer, by=None, at=at, how=BECAUSE)
            note_not_sent(answer, at=at)


def write_removal(answer: Answer, *, at: datetime, by_hand: bool | None = None) -> ReplyRemoval:
    """Write the intent to take one reply down, once; by hand where the network leaves no other way."""
    item = answer.item
    standing = answer.removals.exclude(state__in=OVER).first()
    if standing is not None:
        return standing
    if by_hand is None:
        able = abilities_of(item.account).way("take_down") is Way.PROGRAM
        by_hand = answer.by_hand or answer.receipt is None or not able
    tries = answer.removals.count()
    removal = ReplyRemoval.objects.create(
        answer=answer,
        by_hand=by_hand,
        intent_key=intent_key(at=at, about=f"{item.federation_id}:reply_off:{answer.pk}:{tries}"),
        receipt=answer.receipt,
        written_at=at,
        state_at=at,
    )
    record("reply_removal.written", subject=removal, at=at, answer=answer.pk, by_hand=by_hand)
    if by_hand:
        _ask(REPLY_OFF, answer, at=at)
    else:
        lock, once = lanes.of_account("sending", item.account_id), lanes.of_row(ADVANCE, removal.pk)
        job = app.configure_task(ADVANCE, lock=lock, queueing_lock=once, priority=1)
        job.defer(federation_id=item.federation_id, removal_id=removal.pk)
    return removal


def follow_removal(removal: ReplyRemoval, *, at: datetime) -> None:
    """Apply a new state of a take-down to the reply; what the program couldn't take down, a person does."""
    answer = removal.answer
    again_soon(removal, task=ADVANCE, name="removal_id", account_id=answer.item.account_id)
    if removal.state == Intent.CONFIRMED:
        note_replies_gone(at=at, answers=[answer])
    elif removal.state in (Intent.ASKED, Intent.FAILED):
        if removal.state == Intent.ASKED:  # the program went wrong over it for hours
            move(removal, to=Intent.FAILED, moves=MOVES, at=at, because=removal.because)
        if removal.because == "sign_in":
            lose_connection(account=answer.item.account, at=at)
        write_removal(answer, at=at, by_hand=True)


@action
def reply_removed_by_hand(*, by: Person, at: datetime, answer: Answer) -> Answer:
    """Record that a person deleted a reply on the network's own pages. Raises NotAllowed; NotNow where no one
    was asked to."""
    answer.item = locked_item(answer.item_id)
    if not can(rules.check_may_answer, by, answer.item, on=local_day(at)):
        rules.check_may_hide(by, answer.item, on=local_day(at))
    if not answer.removals.filter(by_hand=True, state=Intent.WRITTEN).exists():
        raise NotNow(_("No one needs to delete this reply now."), _("Open it again to see its status."))
    note_replies_gone(at=at, answers=[answer], by=by)
    return answer


def _hide(words: WithdrawnWords, item: Item, *, at: datetime) -> None:
    """Hide a comment on our noticeboard, so that it waits to be checked once more; ask the moderators."""
    if words.hidden_at is not None:
        return
    hide_comment(key=item.network_id, at=at)
    WithdrawnWords.objects.filter(pk=words.pk).update(hidden_at=at)
    Item.every.filter(pk=item.pk).update(released=False)
    item.refresh_from_db(fields=["released"])
    follow_sight(item, at=at)
    record("item.name_hidden", subject=item, at=at)
    act = TakeDown.objects.select_related("withdrawal").get(pk=words.take_down_id)
    ask_moderators(NAME_OFF, item, at=at, due=_due(act))
    if act.withdrawal is not None and act.withdrawal.cause == Cause.KEPT_OFF:  # a lead alone lets it out
        for lead in leads_of(item, at=at) if item.locked_at is None else ():
            open_task(item, kind=NAME_OFF, at=at, person=lead, due=_due(act))


def _ask_to_look(answer: Answer, *, at: datetime) -> None:
    """Ask for it by a time, which what was asked before without one gets as well."""
    standing = Duty.objects.filter(kind=LOOK, subject=subject_of(answer), state__in=STILL_TO_DO)
    if standing.filter(due_at=None).exists():
        cancel(kind=LOOK, subject=answer, because=BECAUSE, at=at)
    _ask(LOOK, answer, at=at)


def _ask(kind: str, answer: Answer, *, at: datetime) -> None:
    """Ask the writer and the moderators there, within the federation's time."""
    due = _due(TakeDown.objects.filter(words_off__answer=answer).order_by("due_at").first())
    open_task(answer.item, subject=answer, kind=kind, at=at, person=answer.by, due=due)
    ask_moderators(kind, answer.item, at=at, due=due, subject=answer)


def _due(act: TakeDown | None) -> Due | None:
    return None if act is None or act.due_at is None else Due.at(act.due_at)
