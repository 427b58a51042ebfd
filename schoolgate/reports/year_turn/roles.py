"""Roles that end with the school year, and who heads the policy. Constant queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from schoolgate.accounts.models import Proposal, ProposalState
from schoolgate.core.school_year import Turn
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.duties.urgency import ORDER
from schoolgate.people.absences import extended_absences_within
from schoolgate.people.models import ExtendedAbsence, RoleAssignment
from schoolgate.people.queries import here_on, last_day_of, not_over
from schoolgate.people.states import ScopeKind
from schoolgate.reports.cover import Span, runs
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Role

DAY = timedelta(days=1)
AT_THE_HEAD = frozenset({"own_policy", "decide_account"})
"""What a role at the head of a policy may do, whatever that policy calls it."""
MOST = 50
MOST_NAMED = 12
_Had = tuple[RoleAssignment, Sequence[ExtendedAbsence]]
"""An assignment, and the long leave of its holder."""


@dataclass(frozen=True)
class Ending:
    """A person's role that ends, with no holder on the day after."""

    assignment: RoleAssignment
    role: Role
    last_day: date


@dataclass
class Head:
    """A role at the head of the policy: who has it, or will. `more`: those beyond the ones named."""

    role: Role
    rows: list[tuple[RoleAssignment, date | None]] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Waiting:
    """What is waiting for a person in a role: in the role's own name, in the person's own, and proposals
    under way in the whole federation."""

    of_role: Sequence[Duty]
    of_person: Sequence[Duty]
    more: int
    proposals: int


def endings(turn: Turn, book: Book, *, on: date) -> list[Ending]:
    """Return roles whose last day falls in the turn and not before today, with no holder after; soonest
    first.

    Acting for another person is left out: it was meant to end. Three queries.
    """
    names = {role.key: role for role in book.roles}
    first = max(on, turn.first)
    ends = Q(to_day__gte=first, to_day__lte=turn.closes)
    ends |= Q(ended_on__gt=first, ended_on__lte=turn.closes + DAY)
    rows = _named(RoleAssignment.objects.filter(ends, acting_for=None, role_key__in=names))
    found = [
        Ending(row, names[row.role_key], last)
        for row in rows
        if (last := last_day_of(row)) is not None and first <= last <= turn.closes
    ]
    after: dict[tuple[object, ...], list[_Had]] = {}
    keys = {each.role.key for each in found}
    later = not_over(RoleAssignment.objects.filter(role_key__in=keys), on=first)
    for had in _with_leaves(later, first, turn.closes + DAY):
        after.setdefault(_reach(had[0]), []).append(had)
    alone = [each for each in found if not _somebody(after[_reach(each.assignment)], each.last_day + DAY)]
    return sorted(alone, key=lambda each: (each.last_day, each.role.name, each.assignment.pk))


def heads(book: Book, *, on: date) -> list[Head]:
    """Return the roles at the head of the policy, in its order, with who has them for the federation or a
    school, now or later, and their last day where one is set. One query."""
    found = {role.key: Head(role) for role in book.roles if AT_THE_HEAD & role.capacities}
    rows = not_over(RoleAssignment.objects.filter(here_on(on, "person__"), role_key__in=found), on=on)
    places = (ScopeKind.FEDERATION, ScopeKind.SCHOOL)
    for row in _named(rows.filter(acting_for=None, scope_kind__in=places)):
        head = found[row.role_key]
        if len(head.rows) < MOST_NAMED:
            head.rows.append((row, last_day_of(row)))
        else:
            head.more += 1
    return list(found.values())


def days_without(assignment: RoleAssignment, first: date, last: date) -> list[Span]:
    """Return the days between two days, both included, on which no one else has this role in this reach, in
    runs. Two queries."""
    rows = _with_leaves(not_over(_same(assignment).filter(from_day__lte=last), on=first), first, last)
    days = (first + number * DAY for number in range((last - first).days + 1))
    return runs(day for day in days if not _somebody(rows, day))


def waits_for(assignment: RoleAssignment, tasks: QuerySet[Duty]) -> Waiting:
    """Return what of these tasks (`known_to`) is open for this role and for this person, soonest first. Four
    queries."""
    tasks = tasks.filter(state__in=STILL_TO_DO)
    open_ones = tasks.select_related("person", "school", "then_person")
    reach = Q(school=assignment.school) | Q(school=None) if assignment.school_id else Q()
    of_role = open_ones.filter(reach, person=None, role_key=assignment.role_key)
    of_person = open_ones.filter(person=assignment.person)
    counts = tasks.aggregate(
        role=Count("pk", filter=reach & Q(person=None, role_key=assignment.role_key)),
        person=Count("pk", filter=Q(person=assignment.person)),
    )
    shown = [list(rows.order_by(*ORDER)[:MOST_NAMED]) for rows in (of_role, of_person)]
    return Waiting(
        shown[0],
        shown[1],
        counts["role"] + counts["person"] - len(shown[0]) - len(shown[1]),
        Proposal.objects.filter(reach, state=ProposalState.SUBMITTED).count(),
    )


def _same(assignment: RoleAssignment) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(
        role_key=assignment.role_key, scope_kind=assignment.scope_kind, school=assignment.school,
        account_id=assignment.account_id, item=assignment.item, managed=assignment.managed,
    ).exclude(person=assignment.person)  # fmt: skip


def _reach(row: RoleAssignment) -> tuple[object, ...]:
    return (row.role_key, row.scope_kind, row.school_id, row.account_id, row.item, row.managed_id)


def _with_leaves(rows: QuerySet[RoleAssignment], first: date, last: date) -> list[_Had]:
    found = list(rows.select_related("person"))
    away = extended_absences_within([row.person_id for row in found], first=first, last=last)
    return [(row, away.get(row.person_id, ())) for row in found]


def _somebody(rows: Sequence[_Had], day: date) -> bool:
    """Whether one of these counts on a day: its holder is here then and not on long leave."""
    for row, leaves in rows:
        last, left = last_day_of(row), row.person.left_on
        counts = row.from_day <= day and (last is None or last >= day) and (left is None or left > day)
        if counts and not any(_covers(leave, day) for leave in leaves):
            return True
    return False


def _covers(leave: ExtendedAbsence, day: date) -> bool:
    ends = leave.to_day is not None and leave.to_day < day
    return leave.from_day <= day and not ends and (leave.over_on is None or leave.over_on > day)


def _named(rows: QuerySet[RoleAssignment]) -> QuerySet[RoleAssignment]:
    return rows.select_related("person", "school", "managed").order_by("from_day", "person__name", "pk")
