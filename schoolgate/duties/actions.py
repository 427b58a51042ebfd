"""Open, discharge and cancel duties, many at once for what comes in by the hundred; reopen those that an
act ended; and the one sweep that reminds and moves them on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol

from django.db.models import Model, QuerySet

from schoolgate.core.actions import action, all_or_each
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import move, move_all
from schoolgate.core.reading_once import A_NUMBER, FixedQuery
from schoolgate.core.rows import found_or_made, insert, made_once, reserve
from schoolgate.core.subjects import subject_of
from schoolgate.duties.kinds import declared
from schoolgate.duties.models import DUTY_MOVES, STILL_TO_DO, Basis, Due, Duty, DutyState, Urgency
from schoolgate.people.models import Person

SWEEP_AT_ONCE = 500
"""Rows looked at in one transaction of a sweep, so that its locks are short."""
SAME = (
    "what", "subject_account", "school_id", "about_person_id", "then_person_id", "then_role_key",
    "then_basis", "due_kind", "due_at", "due_day", "due_by", "warn_from", "warned_at", "clauses", "decision",
    "policy_version", "urgency",
)  # fmt: skip
"""What a duty opened in place of another takes over from it: above all its deadline, so that no one gains
time."""


class Opening(Protocol):
    """What a duty stores of the decision that opened it (a recorded decision is one)."""

    pk: int

    @property
    def version_label(self) -> str:
        """Return the policy version and reading it was made with, in short."""
        ...


@dataclass(frozen=True)
class Then:
    """The second person or role, who gets an overdue duty, and whose rule that is."""

    basis: Basis
    person: Person | None = None
    role: str = ""


@action
def open_duty(
    *,
    kind: str,
    subject: Model | str,
    at: datetime,
    due: Due,
    person: Person | None = None,
    role: str | None = None,
    school: School | None = None,
    account: int | None = None,
    about: Person | None = None,
    what: str = "",
    clauses: Sequence[str] = (),
    decision: Opening | None = None,
    then: Then | None = None,
    danger: bool = False,
) -> Duty:
    """Open a duty for a person or a policy role, or return the same one if it is open already.

    `due` is the policy's own deadline. `then` takes over once it is overdue. `about`: the owner of the
    subject, where those who hold the role as that person's line manager are asked too. `danger`: a person may
    be in danger until it is done, so that it comes before everything else. Raises ValueError where both or
    neither of `person` and `role` are given, or no area declares the kind.
    """
    if (person is None) == (not role):
        raise ValueError("a duty belongs to a person or to a role")
    name = subject_of(subject)
    details = {
        "what": what or kind,
        "subject_account": account,
        "school": school,
        "about_person": about,
        "then_person": then.person if then else None,
        "then_role_key": then.role if then else "",
        "then_basis": then.basis if then else "",
        "due_kind": due.kind,
        "due_at": due.instant,
        "due_day": due.on,
        "due_by": due.last_instant,
        "warn_from": due.warn_from(at),
        "clauses": list(clauses),
        "decision": decision.pk if decision else None,
        "policy_version": decision.version_label if decision else "",
        "opened_at": at,
        "urgency": Urgency.DANGER if danger else declared(kind).urgency,
    }
    for standing in _open_already(kind, name, person, role or ""):
        return standing
    same = {"kind": kind, "subject": name, "person": person, "role_key": role or ""}
    duty, new = made_once(Duty.objects, defaults=details, state__in=STILL_TO_DO, **same)
    if not new:  # two at once both found none
        return duty
    record("duty.opened", subject=duty, at=at, clauses=duty.clauses, decision=duty.decision, about=name)
    return duty


def _open_already(kind: str, subject: str, person: Person | None, role: str) -> list[Duty]:
    given: dict[object, Any] = {_A_KIND: kind, _A_SUBJECT: subject, _A_ROLE: role}
    return _asked(person is not None).ask({**given, A_NUMBER: person.pk if person else None})


@cache
def _asked(of_a_person: bool) -> FixedQuery[Duty]:
    theirs = Duty.objects.filter(person_id=A_NUMBER) if of_a_person else Duty.objects.filter(person=None)
    return FixedQuery(
        theirs.filter(kind=_A_KIND, subject=_A_SUBJECT, role_key=_A_ROLE, state__in=STILL_TO_DO)
    )


@action
def discharge(
    *,
    kind: str | Sequence[str],
    subject: Model | str,
    by: Person | None,
    at: datetime,
    how: str = "done",
    person: Person | None = None,
    role: str = "",
) -> int:
    """Mark every standing duty of this kind, or these, about the subject as done; return how many there were.

    `by` is None only where the program itself saw it done. `how` is a short code, never a text. `person`,
    `role`: only the duty of this one.
    """
    standing = _standing(kind, subject, person, role)
    for duty in standing:
        move(
            duty,
            to=DutyState.DISCHARGED,
            moves=DUTY_MOVES,
            at=at,
            ended_at=at,
            discharged_by=by,
            how=how,
        )
        record(
            "duty.discharged", subject=duty, at=at, actor=by, clauses=duty.clauses, decision=duty.decision,
            about=duty.subject, how=how,
        )  # fmt: skip
    return len(standing)


@action
def cancel(
    *,
    kind: str | Sequence[str],
    subject: Model | str,
    because: str,
    at: datetime,
    by: Person | None = None,
    person: Person | None = None,
    role: str = "",
) -> int:
    """Mark every standing duty of this kind, or these, about the subject as not needed; return how many.

    `because` is a short code such as `withdrawn`, never a text. `person`, `role`: only the duty of this one.
    """
    standing = _standing(kind, subject, person, role)
    for duty in standing:
        _cancel(duty, because=because, at=at, by=by)
    return len(standing)


@action
def pass_on(
    *,
    duty: Duty,
    because: str,
    at: datetime,
    person: Person | None = None,
    role: str = "",
    then: Then | None = None,
) -> Duty:
    """End a duty that its person or role can't do any more, and open it for another, with its deadline, its
    clauses and its decision. Returns the new one, or the one that is open for them already.

    `because` is a short code, as for `cancel`. `then` takes over once it is overdue.
    """
    _cancel(duty, because=because, at=at)
    new, _opened = open_again(
        duty,
        at=at,
        person=person,
        role_key=role,
        warn_from=duty.due.warn_from(at),
        warned_at=None,
        then_person_id=then.person.pk if then and then.person else None,
        then_role_key=then.role if then else "",
        then_basis=then.basis if then else "",
    )
    record("duty.passed_on", subject=new, at=at, clauses=duty.clauses, about=duty.subject, was=duty.pk)
    return new


@action
def replace_second(*, duty: Duty, then: Then | None, at: datetime) -> Duty:
    """Name another second person or role for a duty, or none; they are told at once where it is theirs
    already."""
    duty.then_person = then.person if then else None
    duty.then_role_key = then.role if then else ""
    duty.then_basis = then.basis if then else ""
    duty.save(update_fields=["then_person", "then_role_key", "then_basis"])
    record("duty.second_replaced", subject=duty, at=at, clauses=duty.clauses, about=duty.subject)
    if then and duty.moved_on_at:
        record(
            "duty.moved_on", subject=duty, at=at, clauses=duty.clauses, decision=duty.decision,
            about=duty.subject, basis=then.basis,
        )  # fmt: skip
    return duty


def open_again(
    like: Duty, *, at: datetime, by: Person | None = None, person: Person | None, role_key: str, **other: Any
) -> tuple[Duty, bool]:
    """Open a duty like this one; return it, and whether it is new. `other`: what differs."""
    same = {name: getattr(like, name) for name in SAME}
    duty, new = found_or_made(
        Duty.objects,
        kind=like.kind,
        subject=like.subject,
        person=person,
        role_key=role_key,
        state__in=STILL_TO_DO,
        defaults={**same, "state": DutyState.OPEN, "opened_at": at, **other},
    )
    if new:
        record(
            "duty.opened", subject=duty, at=at, actor=by, clauses=duty.clauses, decision=duty.decision,
            about=duty.subject,
        )  # fmt: skip
    return duty, new


def _cancel(duty: Duty, *, because: str, at: datetime, by: Person | None = None) -> None:
    move(duty, to=DutyState.CANCELLED, moves=DUTY_MOVES, at=at, ended_at=at, cancelled_because=because)
    record(
        "duty.cancelled", subject=duty, at=at, actor=by, clauses=duty.clauses, decision=duty.decision,
        about=duty.subject, because=because,
    )  # fmt: skip


@dataclass(frozen=True)
class Swept:
    """The result of one sweep, in rows; `more`: it stopped at its limit."""

    reminded: int
    overdue: int
    moved_on: int
    more: bool


@action
def sweep(*, at: datetime, limit: int = SWEEP_AT_ONCE) -> Swept:
    """Remind, mark overdue once, and pass on to the second person or role. Safe to run twice or side by side.

    A duty without a deadline in the policy is never overdue. Rows locked by another sweep are skipped. One
    that fails delays no other, and is tried again.
    """
    late = _claimed(Duty.objects.filter(state=DutyState.OPEN, due_by__lt=at).order_by("due_by", "id"), limit)
    stuck = all_or_each(
        late, lambda some: _mark_overdue(some, at=at), at=at, failed="a duty was not marked overdue"
    )
    soon = _claimed(
        Duty.objects.filter(state=DutyState.OPEN, warned_at=None, warn_from__lte=at, due_by__gte=at).order_by(
            "warn_from", "id"
        ),
        limit,
    )
    unwarned = all_or_each(
        soon, lambda some: _remind(some, at=at), at=at, failed="no one was reminded of a duty"
    )
    overdue = [duty for duty in late if duty not in stuck]
    found = ((late, stuck), (soon, unwarned))
    return Swept(
        reminded=len(soon) - len(unwarned),
        overdue=len(overdue),
        moved_on=sum(_has_second(duty) for duty in overdue),
        more=any(len(rows) == limit > len(left) for rows, left in found),
    )


def _has_second(duty: Duty) -> bool:
    return bool(duty.then_person_id or duty.then_role_key)


def _mark_overdue(late: Sequence[Duty], *, at: datetime) -> None:
    seconds = [duty for duty in late if _has_second(duty)]
    alone = [duty for duty in late if not _has_second(duty)]
    for duties, moved_on_at in ((alone, None), (seconds, at)):
        move_all(
            duties, to=DutyState.OVERDUE, moves=DUTY_MOVES, at=at, overdue_at=at, moved_on_at=moved_on_at
        )
    for duty in late:
        told = {"subject": duty, "at": at, "clauses": duty.clauses, "about": duty.subject}
        record("duty.overdue", decision=duty.decision, **told)
        if duty.moved_on_at:
            record("duty.moved_on", decision=duty.decision, basis=duty.then_basis, **told)


def _remind(soon: Sequence[Duty], *, at: datetime) -> None:
    for duty in soon:
        record("duty.reminded", subject=duty, at=at, clauses=duty.clauses, about=duty.subject)
    Duty.objects.filter(pk__in=[duty.pk for duty in soon]).update(warned_at=at)


AGAIN_AT_LEAST, AGAIN_FOR = timedelta(hours=1), timedelta(hours=3)
"""How often an alarm about a danger is repeated, and from when. House rule."""


def tell_again(duties: Iterable[Duty], *, at: datetime, after: timedelta) -> int:
    """Tell people again of these tasks of danger that no one does: each once in `after`, and each hour where
    hours have passed. Safe to run twice. Returns how many."""
    told = []
    for duty in duties:
        wait = after if duty.opened_at > at - AGAIN_FOR else max(after, AGAIN_AT_LEAST)
        if (
            duty.urgency == Urgency.DANGER
            and max(duty.opened_at, duty.warned_at or duty.opened_at) <= at - wait
        ):
            record("duty.told_again", subject=duty, at=at, clauses=duty.clauses, about=duty.subject)
            told.append(duty.pk)
    return Duty.objects.filter(pk__in=told).update(warned_at=at) if told else 0


def _standing(
    kind: str | Sequence[str], subject: Model | str, person: Person | None, role: str = ""
) -> list[Duty]:
    kinds = [kind] if isinstance(kind, str) else kind
    given: dict[object, object] = {_A_SUBJECT: subject_of(subject), _A_ROLE: role}
    given |= {f"{_A_KIND} {place}": one for place, one in enumerate(kinds)}
    if person is not None:
        given[A_NUMBER] = person.pk
    asked = _question(len(kinds), of_person=person is not None, of_role=bool(role)) if kinds else None
    return asked.ask(given) if asked else []


_A_KIND, _A_SUBJECT, _A_ROLE = "a kind", "a subject", "a role"


@cache
def _question(kinds: int, *, of_person: bool, of_role: bool) -> FixedQuery[Duty]:
    of_these = [f"{_A_KIND} {place}" for place in range(kinds)]
    rows = Duty.objects.filter(kind__in=of_these, subject=_A_SUBJECT, state__in=STILL_TO_DO)
    rows = rows.filter(person=A_NUMBER) if of_person else rows
    rows = rows.filter(role_key=_A_ROLE) if of_role else rows
    return FixedQuery(rows.select_for_update(of=("self",)).order_by("id"))


def _claimed(rows: QuerySet[Duty], limit: int) -> list[Duty]:
    return list(rows.select_for_update(skip_locked=True)[:limit])


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
    again = (
        open_again(ended, at=at, by=by, person=ended.person, role_key=ended.role_key)
        for ended in (rows.filter(kind__in=list(kinds)) if kinds else rows)
    )
    return sum(new for _duty, new in again)
