"""Opening many duties at once, for what comes in by the hundred.

The number of queries does not grow with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from schoolgate.core.actions import action
from schoolgate.core.bulk import insert
from schoolgate.core.events import record
from schoolgate.core.ids import reserve
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import Opening, Then
from schoolgate.duties.due import Due
from schoolgate.duties.kinds import declared
from schoolgate.duties.models import Duty
from schoolgate.duties.urgency import Urgency
from schoolgate.people.models import Person


@dataclass(frozen=True)
class Opened:
    """One duty to open; the fields are those of `actions.open_duty`."""

    kind: str
    subject: Model | str
    due: Due
    person: Person | None = None
    role: str | None = None
    school: School | None = None
    account: int | None = None
    clauses: tuple[str, ...] = ()
    decision: Opening | None = None
    then: Then | None = None
    danger: bool = False


@action
def open_duties(*, at: datetime, wanted: Sequence[Opened]) -> list[Duty]:
    """Open all of them. One that is open already (same kind, subject and person or role) stays as it is.

    Raises ValueError where one belongs to both a person and a role, or to neither, or no area declares its
    kind.
    """
    rows = [_row(pk, one, at=at) for pk, one in zip(reserve(Duty, len(wanted)), wanted, strict=True)]
    insert(rows, ignore_conflicts=True)
    there = set(Duty.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    opened = [row for row in rows if row.pk in there]
    for row in opened:
        record(
            "duty.opened", subject=row, at=at, clauses=row.clauses, decision=row.decision, about=row.subject
        )
    return opened


def _row(pk: int, one: Opened, *, at: datetime) -> Duty:
    if (one.person is None) == (not one.role):
        raise ValueError("a duty belongs to a person or to a role")
    then = one.then
    return Duty(
        pk=pk,
        kind=one.kind,
        what=one.kind,
        urgency=Urgency.DANGER if one.danger else declared(one.kind).urgency,
        subject=subject_of(one.subject),
        subject_account=one.account,
        person=one.person,
        role_key=one.role or "",
        school=one.school,
        then_person=then.person if then else None,
        then_role_key=then.role if then else "",
        then_basis=then.basis if then else "",
        due_kind=one.due.kind,
        due_at=one.due.instant,
        due_day=one.due.on,
        due_by=one.due.last_instant,
        warn_from=one.due.warn_from(at),
        clauses=list(one.clauses),
        decision=one.decision.pk if one.decision else None,
        policy_version=one.decision.version_label if one.decision else "",
        opened_at=at,
    )
