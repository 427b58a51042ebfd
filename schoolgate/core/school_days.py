"""The days of every school as it entered them, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from schoolgate.core.models.calendars import CalendarDay, DayKind, Term
from schoolgate.core.models.directory import School


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


def days_of_schools(schools: QuerySet[School] | None = None, *, limit: int | None = None) -> list[SchoolDays]:
    """Return the days of these schools, or of all in the federation in scope, by name. One query."""
    terms = Term.objects.filter(school=OuterRef("pk")).order_by("first_day")
    special = CalendarDay.objects.filter(school=OuterRef("pk")).order_by("day")
    rows = (School.objects.all() if schools is None else schools).order_by("name", "pk")
    found = rows.annotate(
        runs=ArraySubquery(terms.values(each=JSONObject(first=F("first_day"), last=F("last_day")))),
        unlike=ArraySubquery(special.values(each=JSONObject(day=F("day"), kind=F("kind")))),
    )
    return [
        SchoolDays(
            school,
            tuple(
                (date.fromisoformat(run["first"]), date.fromisoformat(run["last"]))
                for run in school.runs  # type: ignore[attr-defined]
            ),
            {date.fromisoformat(each["day"]): each["kind"] for each in school.unlike},  # type: ignore[attr-defined]
        )
        for school in found[:limit]
    ]
