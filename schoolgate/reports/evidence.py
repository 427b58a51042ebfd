"""The record as evidence: who may look at it, its short names in words, its rows by clause, and who did
last what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import EVENTS
from schoolgate.core.ledger import rows_for_clause, rows_for_subject
from schoolgate.core.models import LedgerRow
from schoolgate.core.subjects import number_of
from schoolgate.inbox import seeing
from schoolgate.incidents.meant import hidden_subjects
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity
from schoolgate.policy.models import DecisionRecord

SEES_EVIDENCE = frozenset({"oversee", "own_policy", "administer", "decide_account"})
"""The people accountable for following the policy. Rows contain no text and no name but that of the actor."""


def check_may_see_evidence(person: Person, *, on: date) -> None:
    """Raise NotAllowed, with who to ask, unless `person` is accountable for following the policy."""
    if not SEES_EVIDENCE & capacities(person, on=on, anywhere=True):
        check_capacity(person, "oversee", on=on, anywhere=True)


PROOFS: Mapping[str, Promise] = {
    "decided": _("Tests show that decisions use this clause."),
    "duty": _("Tests show that this clause gives someone a task, with its deadline."),
    "record": _("Tests show that a record is made for this clause."),
    "advice": _("Tests show that people are told about this clause at the right moment."),
    "invariant": _("Tests show that no other rule changes what this clause says."),
    "structure": _("Tests show that Schoolgate is built as this clause asks."),
    "attested": _("Only a person can confirm this clause. Tests show that the person is asked."),
    "text": _("This clause is only shown. Schoolgate doesn’t act on it."),
}
"""Kind of proof (`rulebook.coverage`) -> what that means."""

RESTS: Mapping[str, Promise] = {
    "rows": _("The evidence is in Schoolgate’s records."),
    "mark": _("The evidence is what people marked in a text, and how someone judged it."),
    "built": _("Schoolgate is built so that this is always the case."),
    "word": _("The only evidence is what someone has confirmed."),
    "told": _("Schoolgate only tells people about this clause. It stops nothing."),
    "name": _("Nothing in Schoolgate applies this clause yet."),
}
"""What a clause rests on (`rulebook.coverage`) -> what that means."""


def event_in_words(name: str) -> str:
    """What happened, in the active language; the name itself of an event that is no longer declared."""
    return str(EVENTS[name].sentence) if name in EVENTS else name


def briefly(name: str) -> str:
    """What happened, as the page of the thing itself says it, in the active language; empty if left out."""
    return str(EVENTS[name].brief) if name in EVENTS else ""


# Reads of the record by clause. None of them reads more of it than it shows.

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


PERSON = "people.person:"
MOST_READ = 20
"""Rows of the record among which a person's is looked for."""


@dataclass(frozen=True)
class LastDone:
    """What a person did last with a thing."""

    what: str
    who: str
    at: datetime


def last_done(subject: str) -> LastDone | None:
    """Return what a person did last with `subject`, in the active language; None where the record names no
    one. Inside a scope."""
    theirs = [row for row in rows_for_subject(subject, limit=MOST_READ) if row.actor.startswith(PERSON)]
    told = next((row for row in theirs if briefly(row.event)), next(iter(theirs), None))
    if told is None:
        return None
    name = Person.objects.values_list("name", flat=True).get(pk=number_of(told.actor))
    return LastDone(briefly(told.event) or event_in_words(told.event).rstrip("."), name, told.at)
