"""The sweep of each minute: begin and end turns, warn of gaps in time, expire requests."""

from __future__ import annotations

from datetime import datetime, timedelta

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.each import each_by_itself
from schoolgate.core.events import record
from schoolgate.core.subjects import number_of
from schoolgate.duties.actions import Then, cancel, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty as Task
from schoolgate.duties.states import STILL_TO_DO, Basis
from schoolgate.policy.queries import book_in_scope
from schoolgate.rota.actions.swapping import ask_again
from schoolgate.rota.actions.turns import close_swap, locked_turn
from schoolgate.rota.duty_kinds import CHECK_IN, DECLINED, FILL
from schoolgate.rota.models import Swap, Turn
from schoolgate.rota.queries import AHEAD, Duty, duties, next_after, there_is_one
from schoolgate.rota.states import SwapState

BEFORE = timedelta(days=1)
"""A gap should be closed a day before the shift: then it is overdue, and told at once."""
KEPT_FOR = timedelta(days=28)
"""How long after writing a hand-over note is cleared."""


@action
def sweep(*, at: datetime) -> int:
    """Begin the turns that are due, ask for cover where there is none, and end those that are over.

    Returns how many turns began. Safe to run twice or side by side: a turn begins once. One that fails delays
    no other, and is tried again.
    """
    if not there_is_one():
        return 0
    ahead = duties(at, at + AHEAD)
    known = _asked(ahead)
    began: list[bool] = []
    due = [one for one in ahead if one.is_on(at)]
    each_by_itself(
        due, lambda one: began.append(_begin(one, ahead, at=at)), at=at, failed="a shift did not begin"
    )
    each_by_itself(
        ahead, lambda one: _look_for_gap(one, known, at=at), at=at, failed="a shift was not looked at"
    )
    each_by_itself(_run_out(at), lambda one: _lapse(one, at=at), at=at, failed="a swap did not lapse")
    each_by_itself(_over(at), lambda one: _end(one, at=at), at=at, failed="a shift did not end")
    return sum(began)


@action
def forget_notes(*, at: datetime) -> int:
    """Clear the hand-over notes that are older than four weeks; returns how many."""
    old = Turn.objects.filter(noted_at__lt=at - KEPT_FOR).exclude(note="", earlier="")
    return old.update(note="", earlier="", noted_at=None)


def _asked(ahead: list[Duty]) -> set[int]:
    """Return the turns for which cover has already been requested."""
    names = [f"rota.turn:{one.turn.pk}" for one in ahead if one.turn is not None]
    rows = Task.objects.filter(kind=FILL, subject__in=names, state__in=STILL_TO_DO)
    return {number_of(subject) for subject in rows.values_list("subject", flat=True)}


def _begin(one: Duty, ahead: list[Duty], *, at: datetime) -> bool:
    if one.called_off or (one.turn is not None and one.turn.began_at is not None):
        return False
    turn = locked_turn(one)
    if turn.began_at is not None:
        return False
    person = one.person if one.covered else None
    Turn.objects.filter(pk=turn.pk).update(
        began_at=at, person=person, starts_at=one.starts_at, ends_at=one.ends_at
    )
    record("turn.began", subject=turn, at=at, person=person.pk if person else None)
    if person is None or turn.checked_in_at is not None:
        return True
    late = max(one.starts_at, at) + timedelta(minutes=one.rota.check_in_minutes)
    open_duty(
        kind=CHECK_IN, subject=turn, at=at, due=Due.at(late), person=person, school=one.rota.school,
        then=_then(one, ahead),
    )  # fmt: skip
    return True


def _then(one: Duty, ahead: list[Duty]) -> Then | None:
    """Return who is told about a missed check-in: the next on the rota, else those who set it."""
    following = next_after(one, ahead)
    if following is not None:
        return Then(Basis.HOUSE, person=following.person)
    role = who_fills()
    return Then(Basis.HOUSE, role=role) if role else None


def who_fills() -> str:
    """Return the key of the role that is asked to find cover; empty where the policy has none that sets the
    rota."""
    book = book_in_scope()
    for capacity in ("administer", "decide_account"):
        for role in book.pack.roles_with(capacity):
            return role.key
    return ""


def _look_for_gap(one: Duty, known: set[int], *, at: datetime) -> None:
    asked = one.turn is not None and one.turn.pk in known
    if one.covered or one.called_off:
        if asked and one.turn is not None:
            cancel(kind=FILL, subject=one.turn, because="covered", at=at)
        return
    role = who_fills()
    if asked or not role:
        return
    turn = locked_turn(one)
    due = Due.at(max(one.starts_at - BEFORE, at))
    open_duty(kind=FILL, subject=turn, at=at, due=due, role=role, school=one.rota.school)
    record("turn.missing", subject=turn, at=at, because=one.gap, person=one.person.pk if one.person else None)


def _run_out(at: datetime) -> list[Swap]:
    """Return the requests about turns that have begun."""
    rows = Swap.objects.filter(state=SwapState.ASKED, turn__starts_at__lte=at)
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    return list(locked.select_related("turn__shift__rota__school", "by"))


def _lapse(swap: Swap, *, at: datetime) -> None:
    close_swap(swap, SwapState.LAPSED, at=at)
    record("swap.lapsed", subject=swap, at=at, turn=swap.turn_id)
    if local_day(swap.turn.ends_at) >= local_day(at):
        ask_again(swap, at=at)


def _over(at: datetime) -> list[Turn]:
    """Return the turns that are over and about which something is still asked."""
    asked = Task.objects.filter(
        subject__startswith="rota.turn:", state__in=STILL_TO_DO, kind__startswith="rota."
    )
    ids = {number_of(subject) for subject in asked.values_list("subject", flat=True)}
    return list(Turn.objects.filter(pk__in=ids, ends_at__lte=at))


def _end(turn: Turn, *, at: datetime) -> None:
    cancel(kind=(CHECK_IN, FILL, DECLINED), subject=turn, because="over", at=at)
