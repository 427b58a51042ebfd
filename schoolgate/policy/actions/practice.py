"""Notes on how the policy works in practice, each with the decision on what the policy asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events.recording import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, holders
from schoolgate.policy import rules
from schoolgate.policy.asking import answered, cited, record_decision, verdict
from schoolgate.policy.duty_kinds import LOOK, OF_STATUS, ROLLED_OUT
from schoolgate.policy.facts import status_facts
from schoolgate.policy.models import DecisionRecord, PolicyVersion, Practice, TrainingSession
from schoolgate.policy.practice import ENDS, POINTS
from schoolgate.policy.queries import PolicyInForce, in_force, policy_begun
from schoolgate.policy.reviewing import keepers_of
from schoolgate.policy.states import PracticeKind
from schoolgate.rulebook import Decision
from schoolgate.rulebook.facts_read import duties_of
from schoolgate.rulebook.findings import Duty as Asked
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.policy import PolicyStatus

STATUS = "policy.status"

WITH_REFERENCE = frozenset({PracticeKind.PLAN, PracticeKind.DIRECTION, PracticeKind.DELEGATION})
"""Kinds that rest on a paper of the school."""
FURTHEST = timedelta(days=3 * 366)
"""How far ahead a day may be set."""
NOTICE = timedelta(days=14)
"""How long before its day a task appears. No policy says: it is our own rule."""
LATE_AT = {LOOK: "practice_watched", ROLLED_OUT: "roll_out"}
"""What may become late -> the point at which the policy then says so."""


@action
def note_practice(
    *,
    by: Person,
    at: datetime,
    kind: str,
    on: date,
    words: str,
    advice: str = "",
    from_role: str = "",
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
    if kind in WITH_REFERENCE and not reference.strip():
        wrong["reference"] = _("Say where it can be found, such as a minute reference.")
    roles = {"", *(role.name for role in book_for(by).roles)}
    for field, role in (("from_role", from_role), ("to_role", to_role)):
        if role not in roles or (kind == PracticeKind.DELEGATION and not role):
            wrong[field] = _("Choose one of the policy’s own roles.")
    if kind == PracticeKind.DELEGATION and from_role and from_role == to_role:
        wrong["to_role"] = _("Choose a role other than the one that delegates.")
    if bool(advice.strip()) != bool(to_role) and kind == PracticeKind.CHANGE:
        wrong["to_role"] = _("Write the change you recommend, and choose who receives it.")
    if wrong:
        raise BadInput(wrong)
    row = Practice.objects.create(
        version=policy.version, kind=kind, on=on, by=by, at=at, words=words.strip(), advice=advice.strip(),
        from_role=from_role, to_role=to_role, reference=reference.strip(), school=school, session=session,
        due=due, figures=dict(figures or {}),
    )  # fmt: skip
    _record("policy.practice_noted", row, by=by, at=at)
    return row


@action
def watch_status(*, at: datetime) -> None:
    """Open the tasks that the policy in force asks for by its status, and end those that are done. Safe to
    run twice."""
    policy = policy_begun(local_day(at))
    if policy is None or not set(OF_STATUS) & set(duties_of(policy.book, STATUS)):
        return
    facts = status_facts(policy.version, at=at)
    wanted = _wanted(verdict(STATUS, facts, on=local_day(at)), facts, on=local_day(at))
    asked = _asked_for(policy.version)
    if asked - wanted.keys() or {what for what, duty in wanted.items() if duty} - asked:
        kept = record_decision(STATUS, facts, at=at, by=None, subject=policy.version)
        _follow(kept, facts, policy, at=at)


@action
def end_practice(*, by: Person, at: datetime, row: Practice, outcome: str) -> Practice:
    """Save the outcome of a note: a change was made or not, a plan is reflected, a task is done.

    Raises NotAllowed; NotNow where that was said before; BadInput.
    """
    today = local_day(at)
    rules.check_may_note_practice(by, on=today)
    if row.kind not in ENDS:
        raise NotNow(_("This doesn’t need an outcome."), _("Record a new note instead."))
    if not outcome.strip():
        raise BadInput({"outcome": _("Write a sentence or two.")})
    moved = Practice.objects.filter(pk=row.pk, ended_on=None).update(
        ended_on=today, ended_by=by, outcome=outcome.strip()
    )
    if not moved:
        raise done_before(
            row,
            _("Someone has recorded the outcome already."),
            _("Open the page again to see it."),
            otherwise=NotNow(
                _("Someone has recorded another outcome."),
                _("Open the page again to read it. Record a new note if something is missing."),
            ),
            outcome=outcome.strip(),
        )
    row.refresh_from_db()
    _record("policy.practice_ended", row, by=by, at=at)
    return row


def _record(event: str, row: Practice, *, by: Person, at: datetime) -> None:
    """Ask the policy about its status with the note in it, keep the answer, name its clauses, and open or
    end the tasks that it names."""
    policy = in_force(local_day(at))
    facts = status_facts(policy.version, at=at, by=by)
    kept = record_decision(STATUS, facts, at=at, by=by, subject=row)
    clauses = cited(kept, *POINTS[row.kind])
    record(event, subject=row, at=at, actor=by, clauses=clauses, decision=kept.pk, kind=str(row.kind))
    if row.kind == PracticeKind.WATCHED or (row.kind == PracticeKind.TASK and row.ended_on):
        done = LOOK if row.kind == PracticeKind.WATCHED else ROLLED_OUT
        discharge(kind=done, subject=policy.version, by=by, at=at, how="recorded")
    _follow(kept, facts, policy, at=at, by=by)


def _wanted(decision: Decision, facts: PolicyStatus, *, on: date) -> dict[str, Asked | None]:
    """Return what an answer wants of a role now, each with what is due first; None where it is late already,
    so that the task for it stays. What is due later is asked shortly before. The policy that wants to be
    watched names no day: who has looked and set none is not asked again."""
    late = {what for what, point in LATE_AT.items() if decision.clauses_at(point, kinds=[Kind.BREACHED])}
    wanted: dict[str, Asked | None] = dict.fromkeys(late)
    for duty in sorted(decision.duties, key=lambda one: Due.of(one.due).last_instant, reverse=True):
        far = duty.due.day is not None and duty.due.day > on + NOTICE
        once = duty.what == LOOK and duty.due.day is None and facts.looked_on is not None
        if duty.what in OF_STATUS and not far and not once:
            wanted[duty.what] = duty
    return wanted


def _asked_for(version: PolicyVersion) -> set[str]:
    """Return what is asked for by an open task."""
    open_kinds = Duty.objects.filter(subject=subject_of(version), state__in=STILL_TO_DO)
    kinds = set(open_kinds.filter(kind__in=OF_STATUS.values()).values_list("kind", flat=True))
    return {what for what, kind in OF_STATUS.items() if kind in kinds}


def _follow(
    kept: DecisionRecord,
    facts: PolicyStatus,
    policy: PolicyInForce,
    *,
    at: datetime,
    by: Person | None = None,
) -> None:
    """Open the tasks that an answer names for the role it names, or where no one holds that, for the role
    that looks after the policy; end the others."""
    on = local_day(at)
    wanted, asked = _wanted(answered(kept), facts, on=on), _asked_for(policy.version)
    for what, kind in OF_STATUS.items():
        if what not in wanted:
            discharge(kind=kind, subject=policy.version, by=by, at=at, how="recorded")
            continue
        duty = wanted[what]
        if duty is None or what in asked:
            continue
        owner, _overseer = keepers_of(policy.book)
        named = policy.book.role(duty.who).key
        role = named if named and holders(named, on=on) else owner or named
        if role:
            open_duty(
                kind=kind, subject=policy.version, at=at, role=role, due=Due.of(duty.due),
                clauses=duty.clauses, decision=kept,
            )  # fmt: skip
