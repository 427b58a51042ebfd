"""A school's days as plain values: terms, INSET days, and the bank holidays of its country.

Bank holidays come from the package `holidays`, with substitutes ("observed"): the Saturday that a substitute
replaces is not listed. What counts as a working day is each policy's own question and is decided in the apps
above.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from typing import Any

import holidays
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.days import FIRST_DAY, LAST_DAY
from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.core.events.recording import record
from schoolgate.core.models.calendars import CalendarDay, DayKind, Term
from schoolgate.core.models.directory import Country, School

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
