"""A person's assignments on a day: read once for a request that changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from schoolgate.core.tenancy import current_scope, in_scope
from schoolgate.people.models import Person, RoleAssignment


def remember_assignments(person: Person, held: Iterable[RoleAssignment], *, on: date) -> None:
    """Answer what this person may do on a day from these, all that they hold then, until the scope ends.

    Only for a request that changes nothing: an action asks the database again.
    """
    current_scope().memo["people.held", person.pk, on] = list(held)


def remembered_assignments(person: Person, *, on: date) -> list[RoleAssignment] | None:
    """Return what this person holds on a day as `remember_assignments` was told; None if it was not."""
    known = current_scope().memo.get(("people.held", person.pk, on)) if in_scope() else None
    return known if isinstance(known, list) else None
