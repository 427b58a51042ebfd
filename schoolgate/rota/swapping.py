"""Swaps and cover, without which no shift is dropped, and the sweep of each minute: turns begin and end,
gaps are warned of.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action, each_by_itself
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.subjects import number_of
from schoolgate.duties.actions import Then, cancel, open_duty
from schoolgate.duties.models import STILL_TO_DO, Basis, Due
from schoolgate.duties.models import Duty as Task
from schoolgate.notices.actions import tell
from schoolgate.people.models import Person
from schoolgate.policy.queries import book_in_scope
from schoolgate.rota import turns
from schoolgate.rota.models import CHECK_IN, DECLINED, FILL, REPLY, Shift, Swap, SwapState, Turn
from schoolgate.rota.rules import may_set
from schoolgate.rota.turns import (
    AHEAD,
    SEE,
    Duty,
    check_can_do,
    check_not_over,
    close_swap,
    close_swaps,
    duties,
    left_uncovered,
    locked,
    locked_turn,
    next_after,
    pass_to,
    problem,
    there_is_one,
)
from schoolgate.rota.turns import duty as duty_of

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
    around = turns.duties(one.starts_at - AROUND, one.ends_at + AROUND)
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
    people = turns.fit_people(one.rota.school, on=one.day)
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
