"""Each section of the policy in a period: kept, watched or broken, from the tasks under its clauses and the
record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection

from schoolgate.policy.queries import by_section
from schoolgate.reports.governors.measures import SAFEGUARDING
from schoolgate.reports.governors.periods import Period
from schoolgate.rulebook import Book

_TASKS = """\
SELECT clause,
  count(*) FILTER (WHERE task.due_by < %(until)s AND (task.ended_at IS NULL OR task.ended_at >= %(until)s)),
  count(*) FILTER (WHERE task.state = 'discharged' AND task.ended_at > task.due_by
    AND task.ended_at < %(until)s),
  count(*) FILTER (WHERE task.state = 'discharged' AND task.ended_at < %(until)s)
FROM duties_duty AS task, LATERAL jsonb_array_elements_text(task.clauses) AS clause
WHERE task.opened_at < %(until)s AND (task.ended_at IS NULL OR task.ended_at >= %(since)s)
  AND NOT task.kind LIKE ANY(%(rooms)s) AND NOT task.subject LIKE ANY(%(rooms)s)
  AND NOT task.subject = ANY(%(hidden)s)
GROUP BY clause
"""
_RECORDED = """\
SELECT rests.clause, count(*)
FROM core_ledgerrow AS happened
JOIN ledger_clause AS rests USING (federation_id, number)
WHERE happened.at >= %(since)s AND happened.at < %(until)s
  AND NOT happened.subject LIKE ANY(%(rooms)s) AND NOT happened.subject LIKE 'duties.%%'
  AND NOT happened.subject = ANY(%(hidden)s)
GROUP BY rests.clause
"""


class State(StrEnum):
    """How a section was followed, the worst first."""

    BROKEN = "broken"  # a task under it was overdue when the period ended
    WATCHED = "watched"  # a task was done late
    KEPT = "kept"  # something was recorded under it, and nothing was late
    SILENT = "silent"  # nothing was recorded under it


@dataclass(frozen=True)
class Section:
    """A section of the policy: its number on the page of evidence, and what it was found to be."""

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


def sections_in(book: Book, period: Period, *, at: datetime, hidden: Collection[str]) -> list[Section]:
    """Return the sections of a policy as they were followed in a period, in reading order. Two queries.

    Args:
        hidden: how the record names what may not show, beside concerns and breaches.
    """
    given: dict[str, Any] = {
        "since": period.since,
        "until": min(period.until, at),
        "rooms": [f"{room}.%" for room in SAFEGUARDING],
        "hidden": list(hidden),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TASKS, given)
        tasks = {clause: numbers for clause, *numbers in cursor.fetchall()}
        cursor.execute(_RECORDED, given)
        recorded = dict(cursor.fetchall())
    found = []
    for number, (name, clauses) in enumerate(by_section(book.clauses.values()), start=1):
        ids = [each.id for each in clauses]
        overdue, late, done = (sum(tasks.get(one, (0, 0, 0))[at_] for one in ids) for at_ in range(3))
        found.append(Section(number, name, overdue, late, done, sum(recorded.get(one, 0) for one in ids)))
    return found
