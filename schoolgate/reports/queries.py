"""Reads of the record by clause. None of them reads more of it than it shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from schoolgate.core.ledger.verifying import rows_for_clause
from schoolgate.core.models import LedgerRow
from schoolgate.core.subjects import number_of
from schoolgate.inbox import seeing
from schoolgate.incidents.meant import hidden_subjects
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord

COUNTED = 100
"""Rows are counted up to here: beyond it "more than 100" says as much, and costs no more."""

_LAST = """\
SELECT asked.clause, (SELECT max(rests.number) FROM ledger_clause rests WHERE rests.clause = asked.clause
    AND NOT rests.number = ANY(%s::bigint[]))
FROM unnest(%s::text[]) AS asked(clause)
"""
_COUNTS = """\
SELECT asked.clause, (SELECT count(*) FROM
    (SELECT 1 FROM ledger_clause rests WHERE rests.clause = asked.clause
    AND NOT rests.number = ANY(%s::bigint[]) ORDER BY number LIMIT %s) AS few)
FROM unnest(%s::text[]) AS asked(clause)
"""
# In the order of the index: otherwise a clause without rows could cost a walk through the whole table.


@dataclass(frozen=True)
class Evidence:
    """One row of the record: what happened, who acted, and the decision it rests on.

    `by` is None where the program acted, and where the person's row was deleted (`by_gone`).
    """

    row: LedgerRow
    by: Person | None = None
    by_gone: bool = False
    decision: DecisionRecord | None = None

    @property
    def subject(self) -> str:
        """The subject; for a duty, the subject of the duty."""
        about = self.row.details.get("about")
        return about if isinstance(about, str) and ":" in about else self.row.subject


def evidence_for(
    clause_id: str, *, before: int | None = None, limit: int = 25, hidden: Collection[int] = ()
) -> tuple[list[Evidence], int | None]:
    """Return the rows that rest on a clause, newest first, with the number to ask the next page with; without
    the `hidden` ones (`hidden_from`).

    That is None on the last page. Four queries, however many rows.
    """
    rows = rows_for_clause(clause_id, before=before, limit=limit + 1, hidden=hidden)
    shown = rows[:limit]
    people = Person.objects.in_bulk({number_of(row.actor) for row in shown if _is_person(row)})
    decisions = DecisionRecord.objects.in_bulk({row.decision for row in shown if row.decision})
    return [
        Evidence(
            row=row,
            by=people.get(number_of(row.actor)) if _is_person(row) else None,
            by_gone=_is_person(row) and number_of(row.actor) not in people,
            decision=decisions.get(row.decision or 0),
        )
        for row in shown
    ], shown[-1].number if len(rows) > limit else None


def _is_person(row: LedgerRow) -> bool:
    return row.actor.startswith("people.person:")


def hidden_from(person: Person, *, on: date) -> list[int]:
    """Return the numbers of the rows about concerns and locked items that are kept from this person: one row
    would show to them that a concern exists."""
    subjects = [*hidden_subjects(person, on), *seeing.hidden_subjects(person, on=on)]
    if not subjects:
        return []
    return list(LedgerRow.objects.filter(subject__in=subjects).values_list("number", flat=True))


def last_times(clause_ids: Sequence[str], *, hidden: Sequence[int] = ()) -> dict[str, datetime]:
    """Return when something was last recorded under each clause; a clause without a row is left out. Two
    queries."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(hidden), list(clause_ids)])
        last = {clause: number for clause, number in cursor.fetchall() if number is not None}
    at = _instants(last.values())
    return {clause: at[number] for clause, number in last.items()}


def counts(clause_ids: Sequence[str], *, hidden: Sequence[int] = ()) -> dict[str, int]:
    """Return how many rows rest on each clause, counted up to one more than COUNTED. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [list(hidden), COUNTED + 1, list(clause_ids)])
        return dict(cursor.fetchall())


def _instants(numbers: Iterable[int]) -> dict[int, datetime]:
    return dict(LedgerRow.objects.filter(number__in=list(numbers)).values_list("number", "at"))
