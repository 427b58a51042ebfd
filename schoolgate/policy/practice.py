"""How the policy works in practice: what is on record of it, as lists and as facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from schoolgate.core.errors import NotFound
from schoolgate.core.subjects import person_key
from schoolgate.policy.models import Practice
from schoolgate.policy.states import PracticeKind
from schoolgate.rulebook.situations.policy import Chosen, Delegation, Risk, RollOut, SchoolPlan

DAY = timedelta(days=1)
MOST = 50
"""Notes of one kind on a page."""
ENDS = frozenset({PracticeKind.CHANGE, PracticeKind.PLAN, PracticeKind.TASK, PracticeKind.DELEGATION})
"""Kinds that get an outcome."""
POINTS: Mapping[str, tuple[str, ...]] = {
    PracticeKind.WATCHED: ("practice_watched", "effect_measured"),
    PracticeKind.CHANGE: ("risks_lowered",),
    PracticeKind.DIRECTION: (),
    PracticeKind.DELEGATION: ("daily_running",),
    PracticeKind.PLAN: ("plan_reflected",),
    PracticeKind.TASK: ("roll_out",),
    PracticeKind.TRAINING: ("effect_measured",),
}
"""Kind -> the points of a policy's status that it is kept for."""


def practice_of(kind: str) -> list[Practice]:
    """Return the newest notes of a kind, with their people, school and session."""
    rows = Practice.objects.filter(kind=kind).select_related("by", "ended_by", "school", "session")
    return list(rows.order_by("-on", "-id")[:MOST])


def practice(pk: int) -> Practice:
    """Return one note. Raises NotFound."""
    found = Practice.objects.filter(pk=pk).select_related("school").first()
    if found is None:
        raise NotFound
    return found


def changes_open() -> QuerySet[Practice]:
    """Return the risks and recommended changes that have no outcome yet."""
    return Practice.objects.filter(kind=PracticeKind.CHANGE, ended_on=None)


def practice_facts() -> dict[str, Any]:
    """Return what is on record of practice, by the fields of `PolicyStatus`. One query."""
    rows: dict[str, list[Practice]] = {kind: [] for kind in PracticeKind.values}
    for row in Practice.objects.select_related("school").order_by("on", "id"):
        rows[row.kind].append(row)
    watched = rows[PracticeKind.WATCHED]
    return {
        **_looks(watched),
        "measured": tuple(watched[-1].figures) if watched else (),
        "risks": tuple(
            Risk(key=f"risk-{row.pk}", proposal_on=row.on if row.advice and row.to_role else None)
            for row in rows[PracticeKind.CHANGE]
            if row.advice or row.ended_on is None  # one that ended without a change is over
        ),
        "delegations": tuple(_delegation(row) for row in rows[PracticeKind.DELEGATION]),
        "plans": tuple(_plan(row) for row in rows[PracticeKind.PLAN] if row.school is not None),
        "roll_out": tuple(
            RollOut(key=f"task-{row.pk}", due=row.due, done_on=row.ended_on)
            for row in rows[PracticeKind.TASK]
        ),
    }


def _looks(watched: Sequence[Practice]) -> dict[str, Any]:
    """The last look, and how often one was chosen: from the day of a look to that of the next one set."""
    if not watched:
        return {}
    last = watched[-1]
    found: dict[str, Any] = {"looked_on": last.on}
    if last.due is not None:
        found["look_every_days"] = Chosen(
            number=(last.due - last.on).days, by=person_key(last.by_id), from_day=last.on
        )
    return found


def _delegation(row: Practice) -> Delegation:
    """Until its last day, or the day before it was taken back; one taken back on its first day never counts
    after it."""
    ends = [one for one in (row.due, row.ended_on - DAY if row.ended_on else None) if one is not None]
    return Delegation(
        from_role=row.from_role, to_role=row.to_role, from_day=row.on, to_day=min(ends, default=None)
    )


def _plan(row: Practice) -> SchoolPlan:
    confirmed = person_key(row.ended_by_id) if row.ended_by_id is not None else None
    return SchoolPlan(
        school=row.school.name if row.school is not None else "",
        dated=row.on,
        confirmed_for=row.on if row.ended_on else None,
        confirmed_by=confirmed,
    )
