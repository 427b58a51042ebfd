"""The periods of the governors' report: terms, school years, or the days between any two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schoolgate.core.clock import begins
from schoolgate.core.days import day_in
from schoolgate.core.errors import NotFound
from schoolgate.core.school_days import SchoolDays
from schoolgate.core.school_year import NEW_YEAR_FROM, year_in_figures

ONE_DAY = timedelta(days=1)
FIRST_DAY = date(2000, 1, 1)
LONGEST = timedelta(days=3 * 366)
TERM, YEAR, DAYS = "term", "year", "days"
AUTUMN, SPRING, SUMMER = "autumn", "spring", "summer"
THIRDS = ((AUTUMN, 9, 12), (SPRING, 1, 4), (SUMMER, 5, 8))
"""The thirds of a school year as whole months: they never change, whatever term dates are entered."""
TERMS_BACK = 4


@dataclass(frozen=True)
class Period:
    """Days that a report covers, both included. `season`: of a term."""

    kind: str
    first: date
    last: date
    season: str = ""

    @property
    def key(self) -> str:
        """Return the period as an address carries it."""
        return f"{self.first.isoformat()}_{self.last.isoformat()}"

    @property
    def since(self) -> datetime:
        """Return the instant at which the period begins."""
        return begins(self.first)

    @property
    def until(self) -> datetime:
        """Return the instant at which it is over."""
        return begins(self.last + ONE_DAY)

    @property
    def year(self) -> str:
        """Return the school year in which it begins, such as 2026/27."""
        return year_in_figures(school_year_of(self.first))

    def so_far(self, on: date) -> Period:
        """Return the part of the period that is over or under way on a day."""
        return Period(self.kind, self.first, min(self.last, on), self.season)


def school_year_of(day: date) -> int:
    """Return the calendar year in which the school year of a day begins."""
    return day.year if (day.month, day.day) >= NEW_YEAR_FROM else day.year - 1


def year_beginning(year: int) -> Period:
    """Return the school year that begins in a calendar year, August to July."""
    return Period(YEAR, date(year, *NEW_YEAR_FROM), date(year + 1, *NEW_YEAR_FROM) - ONE_DAY)


def third_of(day: date) -> Period:
    """Return the third of the school year, as whole months, in which a day lies."""
    season, first, last = next(each for each in THIRDS if each[1] <= day.month <= each[2])
    after = date(day.year + 1, 1, 1) if last == 12 else date(day.year, last + 1, 1)
    return Period(TERM, date(day.year, first, 1), after - ONE_DAY, season)


def thirds_over(period: Period, *, on: date) -> list[Period]:
    """Return the thirds that lie in a period wholly or in part and are over on a day, oldest first."""
    found, day = [], period.first
    while day <= period.last:
        third = third_of(day)
        if third.last < on:
            found.append(third)
        day = third.last + ONE_DAY
    return found


def terms_of(days: Iterable[SchoolDays], *, on: date) -> list[Period]:
    """Return the terms that have begun on a day, newest first: the runs of teaching of all schools that begin
    in the same season are one. Where none is entered, whole months."""
    return _entered(days, on=on) or _months(on)


def term_on(days: Iterable[SchoolDays], *, on: date) -> Period | None:
    """Return the term that is going on, over its half-term break; None between terms, and where none is
    entered."""
    return next((each for each in _entered(days, on=on) if on <= each.last), None)


def _entered(days: Iterable[SchoolDays], *, on: date) -> list[Period]:
    """Return the terms that were entered and have begun, newest first."""
    found: dict[tuple[int, str], Period] = {}
    for first, last in (run for each in days for run in each.terms):
        season = AUTUMN if first.month >= 8 else SPRING if first.month <= 3 else SUMMER
        of = (first.year, season)
        known = found.get(of, Period(TERM, first, last, season))
        found[of] = Period(TERM, min(known.first, first), max(known.last, last), season)
    begun = [each for each in found.values() if each.first <= on]
    return sorted(begun, key=lambda each: each.first, reverse=True)


def _months(on: date) -> list[Period]:
    found = [third_of(on)]
    while len(found) <= TERMS_BACK:
        found.append(third_of(found[-1].first - ONE_DAY))
    return found


def offered(terms: Sequence[Period], *, on: date) -> list[Period]:
    """Return the periods to choose: the last terms, newest first, then this school year and the last."""
    year = school_year_of(on)
    return [*terms[:TERMS_BACK], year_beginning(year), year_beginning(year - 1)]


def period_of(text: str, among: Sequence[Period], *, on: date) -> Period:
    """Return the period that an address names; the newest term where it names none. Raises NotFound for days
    that are none, in the wrong order, not begun, or further apart than three years."""
    if not text:
        return among[0]
    for each in among:
        if each.key == text:
            return each
    first, last = (_day(part) for part in _two(text))
    if not (FIRST_DAY <= first <= last and first <= on and last - first <= LONGEST):
        raise NotFound
    return Period(DAYS, first, last)


def before(period: Period, terms: Sequence[Period], *, on: date) -> Period:
    """Return what a period is compared with: the term or the year before, or as many days just before it. Of
    one that is under way, as many days of that as have passed of this."""
    now = period.so_far(on)
    length = now.last - now.first
    earlier = next((each for each in terms if each.last < period.first), None)
    if period.kind == TERM and earlier is not None:
        last = earlier.last if now == period else min(earlier.last, earlier.first + length)
        return Period(TERM, earlier.first, last, earlier.season)
    if period.kind == YEAR:
        year = year_beginning(school_year_of(period.first) - 1)
        return Period(YEAR, year.first, year.last if now == period else min(year.last, year.first + length))
    return Period(DAYS, now.first - length - ONE_DAY, now.first - ONE_DAY)


def _two(text: str) -> tuple[str, str]:
    first, cut, last = text.partition("_")
    if not cut:
        raise NotFound
    return first, last


def _day(text: str) -> date:
    try:
        return day_in(text)
    except ValueError:
        raise NotFound from None
