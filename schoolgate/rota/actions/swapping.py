"""Request, accept, decline, take or withdraw swaps and cover; no shift is dropped without one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.duties.actions import cancel, open_duty
from schoolgate.duties.due import Due
from schoolgate.notices.actions import tell
from schoolgate.people.models import Person
from schoolgate.rota import queries
from schoolgate.rota.actions.turns import (
    SEE,
    check_can_do,
    check_not_over,
    close_swap,
    close_swaps,
    locked,
    pass_to,
    problem,
)
from schoolgate.rota.duty_kinds import DECLINED, REPLY
from schoolgate.rota.models import Shift, Swap, Turn
from schoolgate.rota.queries import Duty, left_uncovered
from schoolgate.rota.queries import duty as duty_of
from schoolgate.rota.rules import may_set
from schoolgate.rota.states import SwapState

MOST_ASKED = 30
"""How many people are asked at once where anyone may cover."""
AROUND = timedelta(days=8)
ASK_THE_OFFICE = _("Ask the person who sets the rota to give it to someone else.")


@action
def ask(
    *,
    by: Person,
    at: datetime,
    shift: Shift,
    day: date,
    to: Person | None = None,
    in_return: tuple[Shift, date] | None = None,
) -> Swap:
    """Ask one person, or all who may, to do the asker's turn; with `in_return`, the asker does theirs
    instead.

    The turn stays with the asker until the request is accepted. Raises NotAllowed (not their own), BadInput
    (to, in_return), NotNow (begun; asked already; no one could be asked).
    """
    one, turn = locked(duty_of(shift, day))
    check_is_mine(by, one)
    check_not_over(one, at=at)
    if one.starts_at <= at:
        raise NotNow(_("This shift has started."), ASK_THE_OFFICE)
    if Swap.objects.filter(turn=turn, state=SwapState.ASKED).exists():
        raise NotNow(_("You’ve already asked about this shift."), _("Withdraw that request first."))
    if to is not None and to.pk == by.pk:
        raise BadInput({"to": _("Choose someone other than yourself.")})
    if to is not None and (why := problem(to, one)) is not None:
        raise BadInput({"to": why})
    returned = _in_return(by, to, in_return, at=at) if in_return else None
    asked = [to] if to is not None else _who_may(one, but=by)
    if not asked:
        raise NotNow(_("No one else can take this shift."), _("Ask the person who sets the rota."))
    swap = Swap.objects.create(turn=turn, by=by, to=to, in_return=returned, asked_at=at, state_at=at)
    record("swap.asked", subject=swap, at=at, actor=by, turn=turn.pk, to=to.pk if to else None)
    cancel(kind=DECLINED, subject=turn, because="asked_again", at=at, by=by)
    for person in asked:
        open_duty(
            kind=REPLY, subject=swap, at=at, due=Due.at(one.starts_at), person=person, school=one.rota.school
        )
    return swap


@action
def accept(*, by: Person, at: datetime, swap: Swap) -> Swap:
    """Accept the requested turn; in a swap, the asker gets the accepter's own turn for it.

    Raises NotFound (not asked), NotNow (begun; another person was quicker; either of them can't).
    """
    check_is_asked(by, swap)
    one, turn = locked(duty_of(swap.turn.shift, swap.turn.day))
    check_not_over(one, at=at)
    _check_still_theirs(swap, one)
    check_can_do(by, one, own=True)
    if swap.in_return is not None:
        other, back = locked(duty_of(swap.in_return.shift, swap.in_return.day))
        if other.person != by or other.starts_at <= at:
            raise NotNow(_("The shift you’d give in return is no longer yours to give."), SEE)
        check_can_do(swap.by, other, own=False)
        close_swaps(back, SwapState.WITHDRAWN, at=at, by=by)
        pass_to(back, swap.by, at=at, by=by)
        record("turn.given", subject=back, at=at, actor=by, person=swap.by_id, how="swapped")
    close_swap(swap, SwapState.ACCEPTED, at=at, by=by)
    pass_to(turn, by, at=at, by=by)
    record("swap.accepted", subject=swap, at=at, actor=by, turn=turn.pk)
    record("turn.given", subject=turn, at=at, actor=by, person=by.pk, how="swapped")
    tell(person=swap.by, kind="rota.swapped", subject=swap, at=at)
    return swap


@action
def decline(*, by: Person, at: datetime, swap: Swap) -> Swap:
    """Decline a requested turn. When all who were asked have declined, the asker is told. Raises NotFound,
    NotNow (over)."""
    check_is_asked(by, swap)
    if swap.to_id is None:
        cancel(kind=REPLY, subject=swap, because="declined", at=at, by=by, person=by)
        record("swap.declined", subject=swap, at=at, actor=by, turn=swap.turn_id)
        return swap
    close_swap(swap, SwapState.DECLINED, at=at, by=by)
    record("swap.declined", subject=swap, at=at, actor=by, turn=swap.turn_id)
    ask_again(swap, at=at)
    return swap


def ask_again(swap: Swap, *, at: datetime) -> None:
    """Ask the asker to find another person: no one took the turn."""
    open_duty(
        kind=DECLINED, subject=swap.turn, at=at, due=Due.at(swap.turn.starts_at), person=swap.by,
        school=swap.turn.shift.rota.school,
    )  # fmt: skip


@action
def withdraw(*, by: Person, at: datetime, swap: Swap) -> Swap:
    """Withdraw a request: by the person who made it, or by people who set the rota. Raises NotFound, NotNow
    (over)."""
    if swap.by_id != by.pk and not may_set(by, swap.turn.shift.rota.school, on=local_day(at)):
        raise NotFound
    close_swap(swap, SwapState.WITHDRAWN, at=at, by=by)
    record("swap.withdrawn", subject=swap, at=at, actor=by, turn=swap.turn_id)
    return swap


@action
def take(*, by: Person, at: datetime, shift: Shift, day: date) -> Turn:
    """Take an uncovered turn; open to all who may be on duty.

    Raises NotNow (already covered; over; this person can't).
    """
    one, turn = locked(duty_of(shift, day))
    check_not_over(one, at=at)
    if one.covered:
        raise NotNow(_("Someone is already on this shift."), SEE)
    check_can_do(by, one, own=True)
    close_swaps(turn, SwapState.WITHDRAWN, at=at, by=by)
    pass_to(turn, by, at=at, by=by)
    record("turn.given", subject=turn, at=at, actor=by, person=by.pk, how="taken")
    return turn


@action
def step_down(*, by: Person, at: datetime, shift: Shift, day: date) -> Turn:
    """Step down from the person's own turn where others on duty cover all of it. Raises NotAllowed, NotNow
    (begun; no one would be left)."""
    one, turn = locked(duty_of(shift, day))
    check_is_mine(by, one)
    check_not_over(one, at=at)
    if one.starts_at <= at:
        raise NotNow(_("This shift has started."), ASK_THE_OFFICE)
    around = queries.duties(one.starts_at - AROUND, one.ends_at + AROUND)
    if left_uncovered(one, around):
        raise NotNow(_("No one would be on duty then."), _("Ask someone to cover it instead."))
    close_swaps(turn, SwapState.WITHDRAWN, at=at, by=by)
    Turn.objects.filter(pk=turn.pk).update(called_off=True, person=None, given=False)
    record("turn.called_off", subject=turn, at=at, actor=by)
    turn.refresh_from_db()
    return turn


def check_is_mine(by: Person, one: Duty) -> None:
    """Raise NotAllowed unless the duty is this person's."""
    if one.person != by:
        raise NotAllowed(_("This isn’t your shift."), _("Only the person on it can ask someone to cover."))


def check_is_asked(by: Person, swap: Swap) -> None:
    """Raise NotFound unless this person is asked: by name, or because anyone may."""
    if swap.by_id == by.pk or (swap.to_id is not None and swap.to_id != by.pk):
        raise NotFound


def _check_still_theirs(swap: Swap, one: Duty) -> None:
    if one.person != swap.by or swap.state != SwapState.ASKED:
        raise NotNow(_("This request is over."), SEE)


def _who_may(one: Duty, *, but: Person) -> list[Person]:
    people = queries.fit_people(one.rota.school, on=one.day)
    return [each for each in people if each != but and problem(each, one) is None][:MOST_ASKED]


def _in_return(by: Person, to: Person | None, wanted: tuple[Shift, date], *, at: datetime) -> Turn:
    if to is None:
        raise BadInput({"in_return": _("Choose who you want to swap with.")})
    other, back = locked(duty_of(*wanted))
    if other.person != to or other.starts_at <= at or other.called_off:
        raise BadInput({"in_return": _("Choose a shift of theirs that hasn’t started.")})
    why = problem(by, other)
    if why is not None:
        raise BadInput({"in_return": why})
    return back
