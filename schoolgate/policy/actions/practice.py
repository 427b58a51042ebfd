"""Notes on how the policy works in practice, each with the decision on what the policy asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.policy import rules
from schoolgate.policy.asking import cited, record_decision
from schoolgate.policy.facts import status_facts
from schoolgate.policy.models import Practice, TrainingSession
from schoolgate.policy.practice import ENDS, POINTS
from schoolgate.policy.queries import in_force
from schoolgate.policy.states import PracticeKind

FURTHEST = timedelta(days=3 * 366)
"""How far ahead a day may be set."""


@action
def note_practice(
    *,
    by: Person,
    at: datetime,
    kind: str,
    on: date,
    words: str,
    advice: str = "",
    to_role: str = "",
    reference: str = "",
    school: School | None = None,
    session: TrainingSession | None = None,
    due: date | None = None,
    figures: Mapping[str, int | None] | None = None,
) -> Practice:
    """Save a note on how the policy works. Which fields count depends on its kind (see `Practice`).

    Raises NotAllowed unless the person looks after the policy or oversees it; BadInput.
    """
    today = local_day(at)
    rules.check_may_note_practice(by, on=today)
    policy = in_force(today)
    wrong: dict[str, Text] = {}
    if kind not in PracticeKind.values:
        wrong["kind"] = _("Choose what you want to record.")
    if not words.strip():
        wrong["words"] = _("Write a sentence or two.")
    if on > today:
        wrong["on"] = _("You can only record it on or after the day it takes place.")
    if due is not None and not on < due <= today + FURTHEST:
        wrong["due"] = _("Choose a later day, within three years.")
    if kind == PracticeKind.PLAN and school is None:
        wrong["school"] = _("Choose the school that the plan is for.")
    if kind in (PracticeKind.PLAN, PracticeKind.DIRECTION) and not reference.strip():
        wrong["reference"] = _("Say where it can be found, such as a minute reference.")
    if to_role and to_role not in {role.name for role in book_of(by.federation).roles}:
        wrong["to_role"] = _("Choose one of the policy’s own roles.")
    if bool(advice.strip()) != bool(to_role) and kind == PracticeKind.CHANGE:
        wrong["to_role"] = _("Write the change you recommend, and choose who receives it.")
    if wrong:
        raise BadInput(wrong)
    row = Practice.objects.create(
        version=policy.version, kind=kind, on=on, by=by, at=at, words=words.strip(), advice=advice.strip(),
        to_role=to_role, reference=reference.strip(), school=school, session=session, due=due,
        figures=dict(figures or {}),
    )  # fmt: skip
    _record("policy.practice_noted", row, by=by, at=at)
    return row


@action
def end_practice(*, by: Person, at: datetime, row: Practice, outcome: str) -> Practice:
    """Save the outcome of a note: a change was made or not, a plan is reflected, a task is done.

    Raises NotAllowed; NotNow where that was said before; BadInput.
    """
    today = local_day(at)
    rules.check_may_note_practice(by, on=today)
    if row.kind not in ENDS:
        raise NotNow(_("Nothing has to be added to this."), _("Record something new instead."))
    if not outcome.strip():
        raise BadInput({"outcome": _("Write a sentence or two.")})
    moved = Practice.objects.filter(pk=row.pk, ended_on=None).update(
        ended_on=today, ended_by=by, outcome=outcome.strip()
    )
    if not moved:
        raise NotNow(_("Someone has recorded the outcome already."), _("Open the page again to see it."))
    row.refresh_from_db()
    _record("policy.practice_ended", row, by=by, at=at)
    return row


def _record(event: str, row: Practice, *, by: Person, at: datetime) -> None:
    """Ask the policy about its status with the note in it, keep the answer, and name its clauses."""
    kept = record_decision(
        "policy.status", status_facts(row.version, at=at, by=by), at=at, by=by, subject=row
    )
    clauses = cited(kept, *POINTS[row.kind])
    record(event, subject=row, at=at, actor=by, clauses=clauses, decision=kept.pk, kind=str(row.kind))
