"""The days of every school as it entered them, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

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
