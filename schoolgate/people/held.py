"""A person's assignments on a day: read once for a request that changes nothing, quickly for an action."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from schoolgate.core.at_once import statement_of
from schoolgate.core.tenancy import current_scope, in_scope
from schoolgate.core.written_once import A_DAY, A_NUMBER, FixedQuery
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


class Held(NamedTuple):
    """What of an assignment says what it is and where it reaches."""

    role_key: str
    scope_kind: str
    school_id: int | None
    account_id: int | None
    item: str
    managed_id: int | None
    acting_for_id: int | None


Asks = Callable[[int, date], "QuerySet[RoleAssignment]"]


@cache
def _statement(asks: Asks) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that `asks` comes to, and its parameters, with a day and a person of no meaning.

    Every action asks it, most of them several times, and writing it takes Django longer than the server takes
    to answer.
    """
    return statement_of(asks(A_NUMBER, A_DAY).values_list(*Held._fields))


def held_now(asks: Asks, person: Person, *, on: date) -> list[Held]:
    """Return what `asks` finds of a person on a day. Nothing is remembered but the statement."""
    statement, given = _statement(asks)
    meant: dict[object, Any] = {A_NUMBER: person.pk, A_DAY: on}
    with connection.cursor() as cursor:
        cursor.execute(statement, [meant.get(one, one) for one in given])
        return [Held(*row) for row in cursor.fetchall()]


@cache
def _question(asks: Asks) -> FixedQuery[RoleAssignment]:
    return FixedQuery(asks(A_NUMBER, A_DAY))


def rows_now(asks: Asks, person: Person, *, on: date) -> list[RoleAssignment]:
    """Return the same as whole rows."""
    return _question(asks).ask({A_NUMBER: person.pk, A_DAY: on})
