"""A school's days as plain values: terms, INSET days, and the bank holidays of its country.

Bank holidays come from the package `holidays`, with substitutes ("observed"): the Saturday that a substitute
replaces is not listed. What counts as a working day is each policy's own question and is decided in the apps
above.

The days of the week within a sentence. Django's own begin with a capital in Welsh, as at its beginning.

The days of every school as it entered them, the holidays ahead as runs of days off that hold a weekday,
and the turn from one school year to the next.

A school year is named by the calendar year in which it begins: 2026 is the year 2026/27. The turn to a
year is opened six weeks before the summer term ends in the first school and stays open until the end of
September: the program's own days, no policy's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from typing import Any

import holidays
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef
from django.db.models.functions import JSONObject
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from schoolgate.core.actions import action
from schoolgate.core.days import FIRST_DAY, LAST_DAY, stored_day
from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.core.events import record
from schoolgate.core.models import CalendarDay, Country, DayKind, School, Term
from schoolgate.core.reading_once import read_once

WEEKDAYS = (
    pgettext_lazy("within a sentence", "Monday"),
    pgettext_lazy("within a sentence", "Tuesday"),
    pgettext_lazy("within a sentence", "Wednesday"),
    pgettext_lazy("within a sentence", "Thursday"),
    pgettext_lazy("within a sentence", "Friday"),
    pgettext_lazy("within a sentence", "Saturday"),
    pgettext_lazy("within a sentence", "Sunday"),
)


SUBDIVISIONS = {Country.ENGLAND: "ENG", Country.WALES: "WLS"}
PARTS_OF_UK = ("ENG", "WLS", "SCT", "NIR")
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = FIRST_DAY.year, LAST_DAY.year + 1
"""Every day that comes in, and the year after the last of them."""


class CalendarNotKnown(SchoolgateError):
    """The school has not entered its terms for these days. Nothing is assumed about them."""

    def __init__(self, school: School, last_known: date | None) -> None:
        if last_known is None:
            message = _("Term dates for %(school)s have not been entered.") % {"school": school.name}
        else:
            message = _("Term dates for %(school)s are only entered up to %(day)s.") % {
                "school": school.name,
                "day": date_format(last_known, "j F Y"),
            }
        super().__init__(
            message, _("Ask the person who manages the school’s calendar to enter the next terms.")
        )


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """What is known of a school's days from `first` to `last`, both included.

    `terms` are unbroken runs of teaching as (first day, last day); every day of the span outside them is
    holiday. `bank_holidays` and `added_days` (proclaimed after that list was printed) are days off for the
    whole country.
    """

    country: str
    first: date
    last: date
    bank_holidays: tuple[date, ...]
    added_days: tuple[date, ...]
    terms: tuple[tuple[date, date], ...]
    inset_days: tuple[date, ...]


def for_school(school: School, first: date, last: date) -> SchoolCalendar:
    """The school's calendar from `first` to `last`, both included.

    Raises:
        CalendarNotKnown: a day of the span lies before the first term or after the last term that was
        entered. ValueError: the span ends before it begins.
    """
    if last < first:
        raise ValueError("a calendar must end on or after its first day")
    terms = list(
        Term.objects.filter(school=school).order_by("first_day").values_list("first_day", "last_day")
    )
    if not terms or first < terms[0][0] or last > terms[-1][1]:
        raise CalendarNotKnown(school, terms[-1][1] if terms else None)
    days = CalendarDay.objects.filter(school=school, day__range=(first, last)).order_by("day")
    special = list(days.values_list("kind", "day"))
    return SchoolCalendar(
        country=school.country,
        first=first,
        last=last,
        bank_holidays=bank_holidays(school.country, first, last),
        added_days=tuple(day for kind, day in special if kind == DayKind.ADDED_HOLIDAY),
        terms=tuple((begins, ends) for begins, ends in terms if begins <= last and ends >= first),
        inset_days=tuple(day for kind, day in special if kind == DayKind.INSET),
    )


def school_days(school: School, first: date, last: date) -> tuple[date, ...]:
    """The days from `first` to `last` on which pupils are in. Raises CalendarNotKnown."""
    return days_of_pupils(for_school(school, first, last))


def days_of_pupils(known: SchoolCalendar) -> tuple[date, ...]:
    """The days of a calendar on which pupils are in."""
    off = {*known.bank_holidays, *known.added_days, *known.inset_days}
    span = (known.first + timedelta(days=n) for n in range((known.last - known.first).days + 1))
    return tuple(
        day
        for day in span
        if day.weekday() < SATURDAY and day not in off and any(a <= day <= b for a, b in known.terms)
    )


def bank_holidays_of_uk(first: date, last: date) -> tuple[date, ...]:
    """The weekdays from `first` to `last` that are a bank holiday in any part of the UK, in order: what the
    Freedom of Information Act doesn't count as a working day."""
    years = range(first.year, last.year + 1)
    found = {day for year in years for part in PARTS_OF_UK for day in _bank_holidays_in(part, year)}
    return tuple(sorted(day for day in found if first <= day <= last))


def bank_holidays(country: str, first: date, last: date) -> tuple[date, ...]:
    """The country's bank holidays on weekdays from `first` to `last`, substitutes included, in order."""
    years = range(first.year, last.year + 1)
    part = SUBDIVISIONS[Country(country)]
    return tuple(day for year in years for day in _bank_holidays_in(part, year) if first <= day <= last)


@lru_cache(maxsize=512)
def _bank_holidays_in(part: str, year: int) -> tuple[date, ...]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"bank holidays of {year} are not known")
    found = _united_kingdom()(subdiv=part, years=year)
    return tuple(sorted(day for day in found if day.weekday() < SATURDAY and day.year == year))


@cache
def _united_kingdom() -> Any:
    """The one country of the package that we ask, without the other 250 that come with it by its name: they
    take a third of a second, and 8 MB in each process."""
    path = Path(holidays.__file__).parent / "countries" / "united_kingdom.py"
    found = spec_from_file_location("holidays.countries.united_kingdom", path)
    if found is None or found.loader is None:
        raise ImportError(f"{path} can't be read")
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module.UnitedKingdom


@action
def set_calendar(
    *,
    school: School,
    terms: Sequence[tuple[str, date, date]],
    at: datetime,
    by: Model | str | None = None,
    inset_days: Iterable[date] = (),
    added_holidays: Iterable[date] = (),
) -> None:
    """Replace a school's terms and special days.

    Args:
        terms: name, first and last day of each unbroken run of teaching.
        added_holidays: bank holidays that were proclaimed for once, such as a coronation's.

    Raises:
        BadInput: a term ends before it begins, two overlap, or a day is named twice.
    """
    _check_terms(terms)
    special = [(day, DayKind.INSET) for day in inset_days] + [
        (day, DayKind.ADDED_HOLIDAY) for day in added_holidays
    ]
    if len({day for day, _kind in special}) != len(special):
        raise BadInput({"days": _("Enter each day only once.")})
    Term.objects.filter(school=school).delete()
    CalendarDay.objects.filter(school=school).delete()
    Term.objects.bulk_create(
        Term(school=school, name=name, first_day=begins, last_day=ends) for name, begins, ends in terms
    )
    CalendarDay.objects.bulk_create(CalendarDay(school=school, day=day, kind=kind) for day, kind in special)
    record("school.calendar_set", subject=school, at=at, actor=by)


def _check_terms(terms: Sequence[tuple[str, date, date]]) -> None:
    ordered = sorted((begins, ends) for _name, begins, ends in terms)
    if any(ends < begins for begins, ends in ordered):
        raise BadInput({"terms": _("A term must end on or after its first day.")})
    if any(later[0] <= earlier[1] for earlier, later in pairwise(ordered)):
        raise BadInput(
            {"terms": _("Two terms overlap. A half-term break ends one, and the next begins after it.")}
        )


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
YEAR_TURNED_BY = (9, 30)


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
        return date(self.year, *YEAR_TURNED_BY)

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
    return on.year if on <= date(on.year, *YEAR_TURNED_BY) else on.year + 1


def turn_of(on: date) -> Turn:
    """The turn that comes next or is under way, for the federation in scope. One query."""
    year = year_of_turn(on)
    return Turn(year, tuple(_of_school(each.school, each.terms, year) for each in days_of_schools()))


def may_be_open(on: date) -> bool:
    """Whether the turn can lie on this day at all, whatever the terms are. No query."""
    return date(on.year, *SUMMER_ENDS[0]) - BEFORE <= on <= date(on.year, *YEAR_TURNED_BY)


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
