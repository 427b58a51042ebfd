"""The recipients of a task: its person, or those who hold its role at its place today. For many at once.

The number of queries does not grow with the tasks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schoolgate.duties.models import Duty
from schoolgate.people.confined import meant_by
from schoolgate.people.models import RoleAssignment
from schoolgate.people.queries import Where, assignments_at, book_of
from schoolgate.people.states import ScopeKind

Place = tuple[str, object]
"""A kind of scope and what it reaches."""
EVERYWHERE: Place = (ScopeKind.FEDERATION, None)


@dataclass(frozen=True)
class Reach:
    """The holders of roles by place on a day, without leavers and people on long leave. `meant`: the people
    that a task's subject may be about, by its name: they are told nothing of it."""

    holders: dict[tuple[str, Place], list[int]]
    meant: Mapping[str, set[int]] = field(default_factory=dict)

    def of_role(self, role_key: str, duty: Duty) -> list[int]:
        """Return the people reached by a task of this role, oldest assignment first; each once."""
        found: dict[int, None] = {}
        for place in places_of(duty):
            found |= dict.fromkeys(self.holders.get((role_key, place), ()))
        return self._not_meant(found, duty)

    def first(self, duty: Duty) -> list[int]:
        """Return whose duty it is."""
        if duty.person_id:
            return self._not_meant([duty.person_id], duty)
        return self.of_role(duty.role_key, duty)

    def second(self, duty: Duty) -> list[int]:
        """Return who comes after them; empty if the task names no second one."""
        if duty.then_person_id:
            return self._not_meant([duty.then_person_id], duty)
        return self.of_role(duty.then_role_key, duty) if duty.then_role_key else []

    def _not_meant(self, people: Iterable[int], duty: Duty) -> list[int]:
        meant = self.meant.get(duty.subject, set())
        return [one for one in people if one not in meant]


def places_of(duty: Any) -> list[Place]:
    """The places from which an assignment reaches a duty: the row, or its plain values by the same names."""
    places: list[Place] = [
        (ScopeKind.SCHOOL, duty.school_id),
        (ScopeKind.ACCOUNT, duty.subject_account),
        (ScopeKind.ITEM, duty.subject),
        (ScopeKind.LINE_MANAGER_OF, duty.about_person_id),
    ]
    return [EVERYWHERE, *(place for place in places if place[1])]


def place_of(assignment: RoleAssignment) -> Place:
    """Return what an assignment reaches."""
    match ScopeKind(assignment.scope_kind):
        case ScopeKind.FEDERATION:
            return EVERYWHERE
        case ScopeKind.SCHOOL:
            return (ScopeKind.SCHOOL, assignment.school_id)
        case ScopeKind.ACCOUNT:
            return (ScopeKind.ACCOUNT, assignment.account_id)
        case ScopeKind.ITEM:
            return (ScopeKind.ITEM, assignment.item)
        case ScopeKind.LINE_MANAGER_OF:
            return (ScopeKind.LINE_MANAGER_OF, assignment.managed_id)


def reach(role_keys: Iterable[str], *, on: date, subjects: Iterable[str] = ()) -> Reach:
    """Return the holders of these roles on a day; of tasks about these `subjects`. One query, and two for
    each kind of thing that may be about people here."""
    wanted = {key for key in role_keys if key}
    held = (
        assignments_at(Where(anywhere=True), on=on, in_person=False)
        .filter(role_key__in=wanted)
        .order_by("pk")
    )
    holders: dict[tuple[str, Place], list[int]] = defaultdict(list)
    for assignment in held if wanted else ():
        holders[assignment.role_key, place_of(assignment)].append(assignment.person_id)
    return Reach(holders, meant_by(subjects))


def reach_of_duties(duties: Iterable[Duty], *, on: date) -> Reach:
    """Return the holders of the roles of these duties, first and second ones."""
    rows = list(duties)
    keys = {key for duty in rows for key in (duty.role_key, duty.then_role_key)}
    return reach(keys, on=on, subjects={duty.subject for duty in rows})


def administrators(on: date) -> list[int]:
    """Return the people who look after people and roles for the whole federation in scope. Two queries at
    most."""
    role_keys = administering_roles()
    held = assignments_at(Where(), on=on, in_person=False).filter(role_key__in=role_keys).order_by("pk")
    return list(dict.fromkeys(held.values_list("person_id", flat=True)))


def administering_roles() -> list[str]:
    """The policy's own roles that look after people, in its order."""
    from schoolgate.core.models import Federation
    from schoolgate.core.tenancy import current_scope

    book = book_of(Federation.objects.get(pk=current_scope().federation_id))
    return [role.key for role in book.pack.roles_with("administer")]
