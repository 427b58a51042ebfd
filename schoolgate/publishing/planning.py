"""Planning on plain values: repeated days, the next free good time, clashes, school days, and when a post
goes out.

Times are times of London's clocks: 15:30 stays 15:30 over both clock changes. A time that the clocks skip
in March is the moment at which they go forward, as in the rota."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from schoolgate.core.calendars import SATURDAY, SchoolDays, bank_holidays, days_of_schools
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.models import DayKind
from schoolgate.publishing.models import Post
from schoolgate.rota.models import instant

MOST_REPEATS = 60
"""Most repetitions made at once: a school year of weeks and a little more."""
CLASH = timedelta(minutes=30)
"""House rule: two posts on one account closer together than this are shown as a clash."""
SLOTS_AHEAD = timedelta(weeks=8)
"""How far ahead a free good time is looked for."""
DAY = timedelta(days=1)
MONTHS_OF_A_YEAR = 12

SCHOOL_DAY, HOLIDAY, BANK_HOLIDAY, INSET, WEEKEND, UNKNOWN = (
    "school", "holiday", "bank_holiday", "inset", "weekend", "unknown",
)  # fmt: skip
OFF = frozenset({HOLIDAY, BANK_HOLIDAY, INSET})


def clock_of(at: datetime) -> time:
    """Return the time that London's clocks show at an instant, to the minute."""
    return at.astimezone(LONDON).time().replace(second=0, microsecond=0)


def moved_to(planned_at: datetime, day: date) -> datetime:
    """Return the instant on another day at which London's clocks show the same time."""
    return instant(day, clock_of(planned_at))


def repeat_days(first: date, *, monthly: bool, until: date) -> list[date]:
    """Return the days after `first` up to `until`, included: each week, or each month on the same day of the
    month, its last day where it is shorter. At most `MOST_REPEATS`."""
    found: list[date] = []
    for number in range(1, MOST_REPEATS + 1):
        day = _months_on(first, number) if monthly else first + number * 7 * DAY
        if day > until:
            break
        found.append(day)
    return found


def _months_on(first: date, number: int) -> date:
    years, month = divmod(first.month - 1 + number, MONTHS_OF_A_YEAR)
    year, month = first.year + years, month + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def next_free(
    slots: Iterable[tuple[int, time]], busy: Collection[datetime], *, after: datetime
) -> datetime | None:
    """Return the first good time after an instant with no post nearer than `CLASH`; None without one in
    `SLOTS_AHEAD`. `slots`: weekday and time. `busy`: when posts are planned on those accounts."""
    begins = local_day(after)
    times = sorted(
        instant(day, clock)
        for weekday, clock in set(slots)
        for day in (begins + n * DAY for n in range(SLOTS_AHEAD.days + 1))
        if day.weekday() == weekday
    )
    free = (each for each in times if each > after and all(abs(each - one) >= CLASH for one in busy))
    return next(free, None)


@dataclass(frozen=True)
class Clash:
    """Two posts on one account closer together than `CLASH`, by their ids; the earlier first."""

    account: int
    first: int
    second: int
    first_at: datetime
    second_at: datetime


def clashes(times: Iterable[tuple[int, datetime, int]]) -> Iterator[Clash]:
    """Return each pair of neighbours that clash, from (account, instant, id of the post), in order of time
    within each account."""
    for (account, at, pk), (other, then, second) in pairwise(sorted(times)):
        if account == other and then - at < CLASH:
            yield Clash(account, pk, second, at, then)


def kind_of_day(known: SchoolDays, day: date, bank: Collection[date]) -> str:
    """Return what a day is for a school, as far as it has entered its terms: a day before the first term or
    after the last one is `UNKNOWN`, unless it is a weekend or a bank holiday. `bank`: its country's bank
    holidays."""
    special = known.special.get(day)
    if special == DayKind.INSET:
        return INSET
    if special == DayKind.ADDED_HOLIDAY or day in bank:
        return BANK_HOLIDAY
    if day.weekday() >= SATURDAY:
        return WEEKEND
    if not known.terms or day < known.terms[0][0] or day > known.terms[-1][1]:
        return UNKNOWN
    return SCHOOL_DAY if any(first <= day <= last for first, last in known.terms) else HOLIDAY


def kinds_of_days(schools: Sequence[SchoolDays], days: Sequence[date]) -> dict[date, dict[int, str]]:
    """Return for each day what it is for each school, by the school's id."""
    if not days:
        return {}
    bank = {
        each.school.country: set(bank_holidays(each.school.country, days[0], days[-1])) for each in schools
    }
    return {
        day: {each.school.pk: kind_of_day(each, day, bank[each.school.country]) for each in schools}
        for day in days
    }


def when_it_goes_out(post: Post, *, at: datetime) -> dict[str, Any]:
    """Return whether that is at a weekend or on a day on which pupils are in, and the time: its planned one,
    or now. A post of no school goes out on a school day of any. One query."""
    return told_of(max(post.planned_at or at, at), post.school_id)


def told_of(at: datetime, school: int | None) -> dict[str, Any]:
    """Return what a policy asks of an instant at a school, or at any: whether it is at a weekend or on a day
    on which pupils are in, and the time of day. One query."""
    local = at.astimezone(LONDON)
    day = local.date()
    schools = [each for each in days_of_schools() if school in (None, each.school.pk)]
    kinds = {*kinds_of_days(schools, [day])[day].values()} or {UNKNOWN}
    weekend = day.weekday() >= SATURDAY
    school_day = False if weekend else True if SCHOOL_DAY in kinds else None if UNKNOWN in kinds else False
    return {
        "at_weekend": weekend,
        "on_school_day": school_day,
        "time_of_day": local.hour * 100 + local.minute,
    }
