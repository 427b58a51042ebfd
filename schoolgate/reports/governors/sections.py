"""Each section of the policy in a period: kept, watched or broken, from the tasks under its clauses and the
record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from schoolgate.core.at_once import statement_of
from schoolgate.core.errors import NotFound
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import each_task_once, one_task
from schoolgate.duties.states import DutyState
from schoolgate.policy.queries import by_section
from schoolgate.reports.governors.measures import SAFEGUARDING, tasks
from schoolgate.reports.governors.periods import Period
from schoolgate.rulebook import Book

EVERY_TASK = Q()
OVERDUE, LATE, DONE = "overdue", "late", "done"

_TASKS = """\
SELECT part.section, count(DISTINCT task.one) FILTER (WHERE task.overdue),
  count(DISTINCT task.one) FILTER (WHERE task.late), count(DISTINCT task.one) FILTER (WHERE task.done)
FROM ({tasks}) AS task, LATERAL jsonb_array_elements_text(task.clauses) AS rests(clause)
JOIN unnest(%s::text[], %s::int[]) AS part(clause, section) ON part.clause = rests.clause
GROUP BY part.section
"""
_RECORDED = """\
SELECT part.section, count(DISTINCT happened.number)
FROM core_ledgerrow AS happened
JOIN ledger_clause AS rests USING (federation_id, number)
JOIN unnest(%(clauses)s::text[], %(sections)s::int[]) AS part(clause, section) ON part.clause = rests.clause
WHERE happened.at >= %(since)s AND happened.at < %(until)s
  AND NOT happened.subject LIKE ANY(%(rooms)s) AND NOT happened.subject LIKE 'duties.%%'
  AND NOT happened.subject = ANY(%(hidden)s)
GROUP BY part.section
"""


class State(StrEnum):
    """How a section was followed, the worst first."""

    BROKEN = "broken"  # a task under it was overdue when the period ended
    WATCHED = "watched"  # a task was done late
    KEPT = "kept"  # something was recorded under it, and nothing was late
    SILENT = "silent"  # nothing was recorded under it


@dataclass(frozen=True)
class Section:
    """A section of the policy: its number on the page of evidence, and what it was found to be.

    `overdue`, `late`, `done`: tasks, each once. `recorded`: rows of the record, each once.
    """

    number: int
    name: str
    overdue: int
    late: int
    done: int
    recorded: int

    @property
    def state(self) -> State:
        """Return how the section was followed."""
        if self.overdue:
            return State.BROKEN
        if self.late:
            return State.WATCHED
        return State.KEPT if self.recorded or self.done else State.SILENT


def sections_in(
    book: Book, period: Period, *, at: datetime, hidden: Collection[str], only: Q = EVERY_TASK
) -> list[Section]:
    """Return the sections of a policy as they were followed in a period, in reading order. Two queries.

    Args:
        hidden: how the record names what may not show, beside concerns and breaches.
        only: the tasks that count, where not all do. The record is of the whole federation, so then it
            counts for nothing. One query less.
    """
    named = {clause.id: number for number, clauses in _numbered(book).items() for clause in clauses}
    rows = _tasks_of(period, at=at, hidden=hidden, only=only)
    counted = {
        kind: ExpressionWrapper(condition, BooleanField()) for kind, condition in _kinds(period, at).items()
    }
    rows = rows.annotate(one=one_task(min(period.until, at)), **counted)
    sql, params = statement_of(rows.values("one", "clauses", *counted))
    recorded: Mapping[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TASKS.format(tasks=sql), [*params, list(named), list(named.values())])
        found = {section: numbers for section, *numbers in cursor.fetchall()}
        if only == EVERY_TASK:
            cursor.execute(_RECORDED, {
                "clauses": list(named),
                "sections": list(named.values()),
                "since": period.since,
                "until": min(period.until, at),
                "rooms": [f"{room}.%" for room in SAFEGUARDING],
                "hidden": list(hidden),
            })  # fmt: skip
            recorded = dict(cursor.fetchall())
    sections = []
    for number, clauses in _numbered(book).items():
        overdue, late, done = found.get(number, (0, 0, 0))
        sections.append(Section(number, clauses[0].section, overdue, late, done, recorded.get(number, 0)))
    return sections


def tasks_behind(
    book: Book, number: int, kind: str, period: Period, *, at: datetime, hidden: Collection[str], only: Q
) -> QuerySet[Duty]:
    """Return the tasks that a number of a section counted, each once. Raises NotFound for a section or a kind
    that is none."""
    clauses, kinds = _numbered(book).get(number), _kinds(period, at)
    if clauses is None or kind not in kinds:
        raise NotFound
    rests = reduce(or_, (Q(clauses__contains=[clause.id]) for clause in clauses))
    rows = _tasks_of(period, at=at, hidden=hidden, only=only).filter(rests, kinds[kind])
    return each_task_once(rows, min(period.until, at))


def _numbered(book: Book) -> dict[int, list[Any]]:
    return {
        number: clauses
        for number, (_name, clauses) in enumerate(by_section(book.clauses.values()), start=1)
    }  # fmt: skip


def _tasks_of(period: Period, *, at: datetime, hidden: Collection[str], only: Q) -> QuerySet[Duty]:
    """Return the duties that were open at some time of a period."""
    until = min(period.until, at)
    open_then = Q(ended_at=None) | Q(ended_at__gte=period.since)
    rows: QuerySet[Duty] = tasks(hidden).filter(only, open_then, opened_at__lt=until).order_by()
    return rows


def _kinds(period: Period, at: datetime) -> dict[str, Q]:
    until = min(period.until, at)
    done = Q(state=DutyState.DISCHARGED, ended_at__lt=until)
    return {
        OVERDUE: Q(due_by__lt=until) & (Q(ended_at=None) | Q(ended_at__gte=until)),
        LATE: done & Q(ended_at__gt=F("due_by")),
        DONE: done,
    }
