"""Setting a rota: its weeks, its shifts, and single days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import cancel
from schoolgate.people.models import Person
from schoolgate.rota.models import (
    CHECK_IN,
    FILL,
    LONGEST,
    MINUTES,
    MOST_WEEKS,
    SHORTEST,
    Rota,
    Shift,
    SwapState,
    Turn,
    When,
)
from schoolgate.rota.rules import check_may_set, why_not
from schoolgate.rota.turns import SEE, check_not_over, close_swaps, locked, pass_to, problem
from schoolgate.rota.turns import duty as duty_of

FURTHEST = timedelta(days=550)
MOST_SHIFTS = 200
"""Shifts of one rota that are not over."""


@action
def make_rota(*, by: Person, at: datetime, school: School | None) -> Rota:
    """Begin a rota for a school, or for the whole federation. Raises NotAllowed, NotNow (there is one)."""
    today = local_day(at)
    check_may_set(by, school, on=today)
    monday = today - timedelta(days=today.weekday())
    if Rota.objects.filter(school=school, ended_at=None).exists():
        raise NotNow(_("There is already a rota here."), _("Add shifts to that rota."))
    made = Rota.objects.create(school=school, monday=monday, made_by=by, made_at=at)
    record("rota.made", subject=made, at=at, actor=by)
    return made


@action
def set_rota(*, by: Person, at: datetime, rota: Rota, weeks: int, check_in_minutes: int) -> Rota:
    """Set how many weeks the pattern has, and after how many minutes without a check-in the next person is
    told. A new number of weeks counts from this week on. Raises NotAllowed, BadInput, NotNow (a shift is in a
    week that would go)."""
    today = local_day(at)
    check_may_set(by, rota.school, on=today)
    wrong: dict[str, Text] = {}
    if not 1 <= weeks <= MOST_WEEKS:
        wrong["weeks"] = _("Choose 1 to 8 weeks.")
    if not MINUTES[0] <= check_in_minutes <= MINUTES[1]:
        wrong["check_in_minutes"] = _("Choose 5 to 60 minutes.")
    if wrong:
        raise BadInput(wrong)
    if rota.shifts.filter(week__gt=weeks).exclude(to_day__lt=today).exists():
        raise NotNow(_("This would remove a week that has shifts."), _("End the shifts of that week first."))
    if weeks != rota.weeks:
        rota.monday = today - timedelta(days=today.weekday())
    rota.weeks, rota.check_in_minutes = weeks, check_in_minutes
    rota.save(update_fields=["weeks", "monday", "check_in_minutes"])
    record("rota.set", subject=rota, at=at, actor=by, weeks=weeks, minutes=check_in_minutes)
    return rota


@action
def end_rota(*, by: Person, at: datetime, rota: Rota) -> Rota:
    """Stop using a rota: from now on tasks go to the people they went to before.

    Raises NotAllowed, NotNow (ended already).
    """
    check_may_set(by, rota.school, on=local_day(at))
    if not Rota.objects.filter(pk=rota.pk, ended_at=None).update(ended_at=at):
        raise done_before(rota, _("This rota has already ended."), ended_at__isnull=False)
    rota.ended_at = at
    for turn in Turn.objects.filter(shift__rota=rota, ends_at__gt=at):
        _leave(turn, because="rota_ended", at=at, by=by)
    record("rota.ended", subject=rota, at=at, actor=by)
    return rota


@action
def add_shifts(
    *,
    by: Person,
    at: datetime,
    rota: Rota,
    weekdays: Iterable[int],
    starts: time,
    nights: int,
    ends: time,
    from_day: date,
    to_day: date | None = None,
    when: str = When.ALWAYS,
    week: int = 1,
    person: Person | None = None,
) -> list[Shift]:
    """Add a shift to the week, on each of these weekdays (0 is Monday).

    Raises NotAllowed, BadInput (weekdays, ends, from_day, to_day, when, week, person), NotNow (too many).
    """
    today = local_day(at)
    check_may_set(by, rota.school, on=today)
    days = sorted(set(weekdays))
    wrong = _wrong_days(days, from_day, to_day, today) | _wrong_span(starts, nights, ends)
    if when not in When.values:
        wrong["when"] = _("Choose when the shift applies.")
    if not 1 <= week <= rota.weeks:
        wrong["week"] = _("Choose one of the weeks in this rota.")
    if person is not None and "from_day" not in wrong:
        why = why_not(person, rota.school, first=from_day, last=from_day)
        if why is not None:
            wrong["person"] = why
    if wrong:
        raise BadInput(wrong)
    if rota.shifts.exclude(to_day__lt=today).count() + len(days) > MOST_SHIFTS:
        raise NotNow(_("This rota already has 200 shifts."), _("End those that you no longer need."))
    added = [
        Shift.objects.create(
            rota=rota, week=week, weekday=weekday, starts=starts, nights=nights, ends=ends, when=when,
            person=person, from_day=from_day, to_day=to_day, set_by=by, at=at,
        )
        for weekday in days
    ]  # fmt: skip
    for each in added:
        record("shift.added", subject=each, at=at, actor=by, person=person.pk if person else None)
    return added


def _wrong_days(days: list[int], from_day: date, to_day: date | None, today: date) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    if not days or not all(0 <= each <= 6 for each in days):
        wrong["weekdays"] = _("Choose at least one day of the week.")
    if from_day < today:
        wrong["from_day"] = _("Enter today or a future date.")
    elif from_day > today + FURTHEST:
        wrong["from_day"] = _("That’s more than 18 months ahead. Choose an earlier date.")
    if to_day is not None and to_day < from_day:
        wrong["to_day"] = _("The last day can’t be before the first day.")
    return wrong


def _wrong_span(starts: time, nights: int, ends: time) -> dict[str, Text]:
    length = timedelta(days=nights) + _of_day(ends) - _of_day(starts)
    if length < SHORTEST:
        return {"ends": _("A shift must end at least 15 minutes after it starts.")}
    if nights < 0 or length > LONGEST:
        return {"ends": _("A shift can last seven days at most.")}
    return {}


def _of_day(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


@action
def end_shift(*, by: Person, at: datetime, shift: Shift, last_day: date) -> Shift:
    """End a shift of the week after a last day; the day before today ends it now.

    Raises NotAllowed, BadInput (last_day), NotNow (over).
    """
    today = local_day(at)
    check_may_set(by, shift.rota.school, on=today)
    if last_day < today - timedelta(days=1):
        raise BadInput({"last_day": _("Enter today or a future date.")})
    if shift.to_day is not None and shift.to_day <= last_day:
        raise done_before(
            shift,
            _("This shift already ends before then."),
            SEE,
            otherwise=NotNow(_("This shift ends before that day."), SEE),
            to_day=last_day,
        )
    shift.to_day = last_day
    shift.save(update_fields=["to_day"])
    for turn in Turn.objects.filter(shift=shift, day__gt=last_day, began_at=None):
        _leave(turn, because="shift_ended", at=at, by=by)
    record("shift.ended", subject=shift, at=at, actor=by, last_day=last_day.isoformat())
    return shift


@action
def give(*, by: Person, at: datetime, shift: Shift, day: date, person: Person) -> Turn:
    """Give one turn to a person, by those who set the rota. Closes the requests about it.

    Raises NotAllowed, BadInput (person), NotNow (over).
    """
    check_may_set(by, shift.rota.school, on=local_day(at))
    one, turn = locked(duty_of(shift, day))
    if one.ends_at <= at:
        raise NotNow(_("This shift is over."), SEE)
    why = problem(person, one)
    if why is not None:
        raise BadInput({"person": why})
    if one.covered and one.person == person:
        raise BadInput({"person": _("They’re already on this shift. Choose someone else.")})
    close_swaps(turn, SwapState.WITHDRAWN, at=at, by=by)
    pass_to(turn, person, at=at, by=by)
    record("turn.given", subject=turn, at=at, actor=by, person=person.pk, how="given")
    return turn


@action
def call_off(*, by: Person, at: datetime, shift: Shift, day: date) -> Turn:
    """Cancel a shift on one day, by those who set the rota. Raises NotAllowed, NotNow."""
    check_may_set(by, shift.rota.school, on=local_day(at))
    one, turn = locked(duty_of(shift, day))
    check_not_over(one, at=at)
    if one.starts_at <= at:
        raise NotNow(_("This shift has started."), _("Give it to someone else instead."))
    close_swaps(turn, SwapState.WITHDRAWN, at=at, by=by)
    Turn.objects.filter(pk=turn.pk).update(called_off=True, person=None, given=False)
    _leave(turn, because="called_off", at=at, by=by)
    record("turn.called_off", subject=turn, at=at, actor=by)
    turn.refresh_from_db()
    return turn


def _leave(turn: Turn, *, because: str, at: datetime, by: Person) -> None:
    """Withdraw the requests and cancel the duties about a turn."""
    close_swaps(turn, SwapState.WITHDRAWN, at=at, by=by)
    cancel(kind=(CHECK_IN, FILL), subject=turn, because=because, at=at, by=by)
