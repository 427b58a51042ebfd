"""A person's assignments on a day, read once for a request that changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from schoolgate.core.tenancy import current_scope, in_scope
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.states import ScopeKind

if TYPE_CHECKING:
    from schoolgate.people.queries import Where


def remember_assignments(person: Person, held: Iterable[RoleAssignment], *, on: date) -> None:
    """Answer what this person may do on a day from these, all that they hold then, until the scope ends.

    Only for a request that changes nothing: an action asks the database again.
    """
    current_scope().memo["people.held", person.pk, on] = list(held)


def remembered_roles(person: Person, where: Where, *, on: date, in_person: bool) -> list[str] | None:
    """Return the roles that this person holds at a place; None where nothing is remembered of them."""
    known = current_scope().memo.get(("people.held", person.pk, on)) if in_scope() else None
    if not isinstance(known, list):
        return None
    return [
        each.role_key
        for each in known
        if _reaches(each, where) and not (in_person and each.acting_for_id is not None)
    ]


def _reaches(held: RoleAssignment, where: Where) -> bool:
    """Return whether one assignment reaches a place, as `Where.reached` asks it of rows."""
    if where.anywhere or held.scope_kind == ScopeKind.FEDERATION:
        return True
    account, school = where.account, where.school
    schools = {school.pk if school else None, account.school_id if account else None}
    reached = {
        (ScopeKind.ACCOUNT, account.pk if account else None, held.account_id),
        (ScopeKind.ITEM, where.item or None, held.item),
        (ScopeKind.LINE_MANAGER_OF, where.about.pk if where.about else None, held.managed_id),
        *((ScopeKind.SCHOOL, each, held.school_id) for each in schools),
    }
    return any(
        kind == held.scope_kind and wanted is not None and wanted == there for kind, wanted, there in reached
    )
