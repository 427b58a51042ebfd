"""Concerns by kind, with small numbers hidden so that no subtraction finds them (ADR 0063).

A number belongs to one kind and one third of a school year, always the same whole months. It is told once the
third is over, only from five on, and only as a band of five, so that a concern kept to the leads later on
doesn't show by its absence. Nothing else is counted of concerns: no sum, no school, no other days.
Those kept to the safeguarding leads are never counted, for no reader, nor are those that may be about a
person here: one of the readers may be that person, and the numbers are the same for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.expressions import Func
from django.db.models.fields import TextField

from schoolgate.incidents.models import Report
from schoolgate.reports.governors.measures import within
from schoolgate.reports.governors.periods import Period, thirds_over

FEWEST = 5
"""The smallest number that is told, and how wide a band is: five to nine, ten to fourteen."""


@dataclass(frozen=True)
class Third:
    """A third of a school year with the smallest number of each kind's band; a kind with fewer than five is
    left out, as is one with none."""

    period: Period
    bands: Mapping[str, int]


def concerns_in(period: Period, *, on: date) -> list[Third]:
    """Return the thirds of a period that are over on a day, oldest first. One query."""
    thirds = thirds_over(period, on=on)
    if not thirds:
        return []
    found: QuerySet[Any, Any] = (
        Report.objects.filter(
            restricted_at=None, kept_out=None,
            reported_at__gte=thirds[0].since, reported_at__lt=thirds[-1].until,
        )
        .annotate(kind=_Kinds("said"))
        .order_by()
        .values("kind")
        .annotate(**{
            f"third_{number}": Count("pk", filter=within(each, "reported_at"))
            for number, each in enumerate(thirds)
        })
    )  # fmt: skip
    return [
        Third(third, {str(row["kind"]): band for row in found if (band := _band(row[f"third_{number}"]))})
        for number, third in enumerate(thirds)
    ]  # fmt: skip


def _band(number: int) -> int:
    return number // FEWEST * FEWEST


class _Kinds(Func):
    """Each kind of a concern in a row of its own; one row without a kind where none was chosen."""

    template = (
        "jsonb_array_elements_text("
        "CASE WHEN jsonb_array_length(%(expressions)s) > 0 THEN %(expressions)s ELSE '[\"\"]'::jsonb END)"
    )
    set_returning = True
    output_field = TextField()
