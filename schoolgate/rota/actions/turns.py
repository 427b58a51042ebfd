"""Find or create a single turn, lock it, and give it to a person. Called by actions."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotNow, Text
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge
from schoolgate.people.models import Person
from schoolgate.rota.duty_kinds import CHECK_IN, DECLINED, FILL, REPLY
from schoolgate.rota.models import Swap, Turn
from schoolgate.rota.queries import Duty, days_touched
from schoolgate.rota.queries import duty as duty_of
from schoolgate.rota.rules import why_not
from schoolgate.rota.states import SWAP_MOVES, SwapState

SEE = _("Open the rota again to see who is on duty.")


def locked_turn(one: Duty) -> Turn:
    """Return the row of a duty, created if there is none, and locked until the transaction ends."""
    turn, _made = Turn.objects.get_or_create(
        shift=one.shift, day=one.day, defaults={"starts_at": one.starts_at, "ends_at": one.ends_at}
    )
    return Turn.objects.select_for_update(of=("self",)).select_related("person").get(pk=turn.pk)


def locked(one: Duty) -> tuple[Duty, Turn]:
    """Return the duty as it is now, read again after its row was locked: two may act on it at the same
    moment."""
    turn = locked_turn(one)
    return duty_of(one.shift, one.day), turn


def check_not_over(one: Duty, *, at: datetime) -> None:
    """Raise NotNow once a duty is over, or where it is cancelled on that day."""
    if one.ends_at <= at:
        raise NotNow(_("This shift is over."), SEE)
    if one.called_off:
        raise NotNow(_("No one is needed on this shift."), SEE)


def problem(person: Person, one: Duty) -> Text | None:
    """Return why a person can't do a duty; None where nothing prevents it."""
    days = days_touched(one.span)
    return why_not(person, one.rota.school, first=days[0], last=days[-1])


def check_can_do(person: Person, one: Duty, *, own: bool) -> None:
    """Raise NotNow where a person can't do a duty. `own`: the message is to that person."""
    why = problem(person, one)
    if why is not None:
        first = _("You can’t take this shift.") if own else _("They can’t take this shift.")
        raise NotNow(first, why)


def pass_to(turn: Turn, person: Person, *, at: datetime, by: Person | None) -> None:
    """Give the turn to a person in place of the previous one. Closes the requests about it."""
    Turn.objects.filter(pk=turn.pk).update(person=person, given=True, called_off=False)
    turn.person, turn.given, turn.called_off = person, True, False
    discharge(kind=FILL, subject=turn, by=by, at=at, how="covered")
    discharge(kind=DECLINED, subject=turn, by=by, at=at, how="covered")
    cancel(kind=CHECK_IN, subject=turn, because="covered", at=at, by=by)


def close_swaps(turn: Turn, to: SwapState, *, at: datetime, by: Person | None = None) -> list[Swap]:
    """End the requests about a turn that still wait; returns them."""
    found = list(Swap.objects.select_for_update(of=("self",)).filter(turn=turn, state=SwapState.ASKED))
    for each in found:
        close_swap(each, to, at=at, by=by)
    return found


def close_swap(one: Swap, to: SwapState, *, at: datetime, by: Person | None = None) -> None:
    """End one request; raises NotNow where another person was quicker."""
    move(one, to=to, moves=SWAP_MOVES, at=at, answered_by=by)
    if to == SwapState.ACCEPTED:
        discharge(kind=REPLY, subject=one, by=by, at=at, how="accepted")
    else:
        cancel(kind=REPLY, subject=one, because=str(to), at=at, by=by)
