"""The days of every school as it entered them, the holidays ahead as runs of days off that hold a weekday,
and the turn from one school year to the next.

A school year is named by the calendar year in which it begins: 2026 is the year 2026/27. The turn to a
year is opened six weeks before the summer term ends in the first school and stays open until the end of
September: the program's own days, no policy's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from schoolgate.core.calendars import SATURDAY, bank_holidays
from schoolgate.core.days import stored_day
from schoolgate.core.models.calendars import CalendarDay, DayKind, Term
from schoolgate.core.models.directory import School
from schoolgate.core.reading_once import read_once


@dataclass(frozen=True)
class SchoolDays:
    """One school with its terms, soonest first, and the days that are unlike their neighbours."""

    school: School
    terms: tuple[tuple[date, date], ...]
    special: Mapping[date, str]

    @property
    def added_holidays(self) -> set[date]:
        """The days off that were added for the whole country."""
        return {day for day, kind in self.special.items() if kind == DayKind.ADDED_HOLIDAY}


def days_of_schools() -> list[SchoolDays]:
    """Return the days of every school of the federation in scope, by name. One query; one for all calls in a
    request that changes nothing."""
    return list(read_once("core.school_days", _read))


def _read() -> list[SchoolDays]:
    terms = Term.objects.filter(school=OuterRef("pk")).order_by("first_day")
    special = CalendarDay.objects.filter(school=OuterRef("pk")).order_by("day")
    found = School.objects.order_by("name", "pk").annotate(
        runs=ArraySubquery(terms.values(each=JSONObject(first=F("first_day"), last=F("last_day")))),
        unlike=ArraySubquery(special.values(each=JSONObject(day=F("day"), kind=F("kind")))),
    )
    return [
        SchoolDays(
            school,
            tuple((stored_day(run["first"]), stored_day(run["last"])) for run in school.runs),
            {stored_day(each["day"]): each["kind"] for each in school.unlike},
        )
        for school in found
    ]


DAY = timedelta(days=1)
BACK, AHEAD = timedelta(days=70), timedelta(days=300)
UNKNOWN = timedelta(days=13)
"""Where the next term is not entered, the two weeks after the last one are shown."""


@dataclass(frozen=True)
class Holiday:
    """Days off in a row, both included, and the schools that have them. `known`: False where it is not
    entered when the next term begins, so that `last` is only as far as we look."""

    first: date
    last: date
    schools: tuple[School, ...]
    known: bool = True

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]


def holidays_ahead(on: date) -> list[Holiday]:
    """Return the holidays of every school in scope that are not over on a day, soonest first.

    Schools with the same days share one entry. On INSET days the staff is at work, so they are not a holiday;
    neither is a weekend alone. One query.
    """
    found: dict[tuple[date, date, bool], list[School]] = defaultdict(list)
    for each in days_of_schools():
        for run in _runs(each.school, each.terms, each.added_holidays, on=on):
            found[run].append(each.school)
    return [
        Holiday(first, last, tuple(of), known)
        for (first, last, known), of in sorted(found.items(), key=lambda each: each[0])
    ]


def any_terms() -> bool:
    """Whether any school of the federation in scope has entered a term."""
    return Term.objects.exists()


def _runs(
    school: School, terms: Sequence[tuple[date, date]], added: Iterable[date], *, on: date
) -> list[tuple[date, date, bool]]:
    if not terms:
        return []
    end_of_terms = terms[-1][1]
    first, last = max(on - BACK, terms[0][0]), min(on + AHEAD, end_of_terms)
    found: list[tuple[date, date, bool]] = []
    if first <= last:
        off = {*bank_holidays(school.country, first, last), *added}
        run: list[date] = []
        for number in range((last - first).days + 1):
            day = first + number * DAY
            teaching = day.weekday() < SATURDAY and day not in off and any(a <= day <= b for a, b in terms)
            if not teaching:
                run.append(day)
                continue
            _keep(run, found, on)
            run = []
        _keep(run, found, on)
    if end_of_terms <= on + AHEAD and end_of_terms + DAY + UNKNOWN >= on:
        found.append((end_of_terms + DAY, end_of_terms + DAY + UNKNOWN, False))
    return found


def _keep(run: Sequence[date], found: list[tuple[date, date, bool]], on: date) -> None:
    if run and run[-1] >= on and any(day.weekday() < SATURDAY for day in run):
        found.append((run[0], run[-1], True))


BEFORE = timedelta(weeks=6)
SUMMER_ENDS = (6, 1), (8, 31)
"""A run of teaching that ends between these days, both included, is the end of a summer term."""
NEW_YEAR_FROM = (8, 1)
"""Teaching that begins on this day or later in the year of the turn belongs to the new school year."""
LAST_DAY = (9, 30)


@dataclass(frozen=True)
class SchoolTurn:
    """What is entered of one school. `ends`: last day of its summer term; `begins` and `until`: of the new
    year, and `whole` where that reaches its summer's end. None where it is not entered."""

    school: School
    ends: date | None = None
    begins: date | None = None
    until: date | None = None
    whole: bool = False


@dataclass(frozen=True)
class Turn:
    """The turn to the school year that begins in `year`."""

    year: int
    schools: Sequence[SchoolTurn] = field(default_factory=tuple)

    @property
    def opens(self) -> date | None:
        """The first day of the guided page, None where no school's summer term is entered."""
        ends = [each.ends for each in self.schools if each.ends is not None]
        return min(ends) - BEFORE if ends else None

    @property
    def closes(self) -> date:
        """The last day, included."""
        return date(self.year, *LAST_DAY)

    @property
    def first(self) -> date:
        """From which day a leaving or the end of a role belongs to this turn; where the end of the summer
        term is not known, the first day on which one could end."""
        return self.opens or date(self.year, *SUMMER_ENDS[0])

    @property
    def label(self) -> str:
        """The new year as schools write it, such as 2027/28."""
        return year_in_figures(self.year)

    @property
    def label_before(self) -> str:
        """The year that ends."""
        return year_in_figures(self.year - 1)

    def is_open(self, on: date) -> bool:
        """Whether the day lies in the turn; never where the summer term is not entered."""
        return self.opens is not None and self.opens <= on <= self.closes


def year_in_figures(year: int) -> str:
    """A school year as schools write it: 2026 is "2026/27"."""
    return f"{year}/{(year + 1) % 100:02d}"


def year_of_turn(on: date) -> int:
    """The year in which the turn lies that comes next or is under way: October looks to the next summer."""
    return on.year if on <= date(on.year, *LAST_DAY) else on.year + 1


def turn_of(on: date) -> Turn:
    """The turn that comes next or is under way, for the federation in scope. One query."""
    year = year_of_turn(on)
    return Turn(year, tuple(_of_school(each.school, each.terms, year) for each in days_of_schools()))


def may_be_open(on: date) -> bool:
    """Whether the turn can lie on this day at all, whatever the terms are. No query."""
    return date(on.year, *SUMMER_ENDS[0]) - BEFORE <= on <= date(on.year, *LAST_DAY)


def _of_school(school: School, mine: Sequence[tuple[date, date]], year: int) -> SchoolTurn:
    ends = [
        last for _first, last in mine if date(year, *SUMMER_ENDS[0]) <= last <= date(year, *SUMMER_ENDS[1])
    ]
    new = [run for run in mine if date(year, *NEW_YEAR_FROM) <= run[0] < date(year + 1, *NEW_YEAR_FROM)]
    until = max((last for _first, last in new), default=None)
    return SchoolTurn(
        school,
        ends=max(ends, default=None),
        begins=min((first for first, _last in new), default=None),
        until=until,
        whole=until is not None and until >= date(year + 1, *SUMMER_ENDS[0]),
    )
