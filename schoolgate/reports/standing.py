"""How a person's part of the federation follows each section of the policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from schoolgate.core.models import School
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import belonging
from schoolgate.inbox import locked
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.reports.governors.periods import Period
from schoolgate.reports.governors.report import asked_for, tasks_of
from schoolgate.reports.governors.sections import Section, sections_in, tasks_behind
from schoolgate.rulebook import Book


@dataclass(frozen=True)
class Part:
    """What counts for a person. `schools`: the names of the schools they oversee, empty where that is the
    whole federation. `own`: they oversee none, so only tasks of their own and of their roles count."""

    period: Period
    only: Q
    hidden: Sequence[str]
    at: datetime
    schools: Sequence[str] = ()
    own: bool = False


def part_of(person: Person, held: Sequence[RoleAssignment], text: str, *, at: datetime) -> Part:
    """Return what counts for a person in the period that an address names (`periods.period_of`). Raises
    NotFound for a period that is none.

    Args:
        held: the assignments of the day (`people.queries.held_by`).
    """
    asked, hidden = asked_for(person, text, at=at), locked.subjects_of_all()
    period, schools = asked.period, asked.schools
    if schools is not None and not schools:
        return Part(period, belonging(person, held), hidden, at, own=True)
    names = School.objects.filter(pk__in=schools or ()).order_by("name").values_list("name", flat=True)
    return Part(period, tasks_of(schools), hidden, at, schools=list(names) if schools else ())


def sections_of(book: Book, part: Part) -> list[Section]:
    """Return the sections of the policy, as they were followed there."""
    return sections_in(book, part.period, at=part.at, hidden=part.hidden, only=part.only)


def tasks_behind_number(book: Book, part: Part, number: int, kind: str, *, most: int) -> list[Duty]:
    """Return the newest tasks that a number of a section counted. One query. Raises NotFound if there is no
    such number."""
    rows = tasks_behind(book, number, kind, part.period, at=part.at, hidden=part.hidden, only=part.only)
    return list(rows.order_by("-opened_at", "-pk")[:most])
