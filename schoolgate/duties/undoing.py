"""Reopen the duties that an act ended, when the act is undone."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model

from schoolgate.core.actions import action
from schoolgate.core.events import record
from schoolgate.core.subjects import subject_of
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO, DutyState
from schoolgate.people.models import Person

LIKE = (
    "what", "subject_account", "school_id", "about_person_id", "then_person_id", "then_role_key",
    "then_basis", "due_kind", "due_at", "due_day", "due_by", "warn_from", "warned_at", "clauses", "decision",
    "policy_version", "urgency",
)  # fmt: skip
"""What the new duty takes over from the one that had ended: above all its deadline, so that undoing gains no
time."""


@action
def reopen(
    *,
    subjects: Iterable[Model | str],
    ended_at: datetime,
    by: Person | None,
    at: datetime,
    kinds: Iterable[str] = (),
) -> int:
    """Reopen each duty about these things that ended at that very instant; return how many.

    A duty that has ended stays as it is; the new one has its person or role, its deadline, its clauses. One
    that is overdue already is found by the next sweep. `kinds`: only these.
    """
    names = [subject_of(subject) for subject in subjects]
    rows = Duty.objects.filter(subject__in=names, ended_at=ended_at).exclude(state__in=STILL_TO_DO)
    opened = 0
    for ended in rows.filter(kind__in=list(kinds)) if kinds else rows:
        duty, new = Duty.objects.get_or_create(
            kind=ended.kind,
            subject=ended.subject,
            person=ended.person,
            role_key=ended.role_key,
            state__in=STILL_TO_DO,
            defaults={
                "state": DutyState.OPEN,
                "opened_at": at,
                **{name: getattr(ended, name) for name in LIKE},
            },
        )
        if new:
            opened += 1
            record(
                "duty.opened", subject=duty, at=at, actor=by, clauses=duty.clauses, decision=duty.decision,
                about=duty.subject,
            )  # fmt: skip
    return opened
