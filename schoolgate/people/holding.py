"""Who holds a role at a place: the statements for it are written once, as every action asks them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from schoolgate.core.models import Federation, School
from schoolgate.core.reading_once import A_DAY, A_NUMBER, A_TEXT, FixedQuery, read_once
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import Where, assignments_at, book_of, counting, reached_at
from schoolgate.people.shapes import HasSchool
from schoolgate.people.states import ScopeKind


def holders(
    role_key: str,
    *,
    on: date,
    school: School | None = None,
    account: HasSchool | None = None,
    anywhere: bool = False,
    in_person: bool = False,
) -> list[Person]:
    """Return all holders of this role of the policy at this place on `on`, by name, who are here."""
    return holders_of_roles([role_key], Where(school, account, anywhere=anywhere), on=on, in_person=in_person)


def holders_of_roles(
    role_keys: Iterable[str], where: Where, *, on: date, in_person: bool = False
) -> list[Person]:
    """Return all holders of one of these roles at this place on `on`, by name, who are here. Of a place no
    more counts than school and account."""
    keys = tuple(dict.fromkeys(role_keys))
    if not keys:
        return []
    place = None if where.anywhere else (tuple(where.schools), where.account.pk if where.account else None)

    def ask() -> list[Person]:
        schools, account = place or ((), None)
        asked = _holders(place is None, len(schools), account is not None, len(keys), in_person)
        given: dict[object, Any] = {_ACCOUNT: account, A_DAY: on}
        given |= dict(zip(_SCHOOLS, schools, strict=False))
        given |= dict(zip(_names(len(keys)), keys, strict=True))
        return asked.ask(given)

    return list(read_once(("people.holders", place, keys, on, in_person), ask))


_SCHOOLS = (A_NUMBER, A_NUMBER - 1)
_ACCOUNT = A_NUMBER - 2


def _names(many: int) -> list[str]:
    return [f"{A_TEXT}{number}" for number in range(many)]


@lru_cache(maxsize=200)
def _holders(anywhere: bool, schools: int, account: bool, roles: int, in_person: bool) -> FixedQuery[Person]:
    there = Q() if anywhere else reached_at(_SCHOOLS[:schools], _ACCOUNT if account else None)
    held = counting(there, on=A_DAY, in_person=in_person).filter(role_key__in=_names(roles))
    return _people_of(held)


def line_managers(person: Person, role_key: str, *, on: date) -> list[Person]:
    """Return who holds a role over this person alone on `on`, by name."""
    key = ("people.line_managers", person.pk, role_key, on)
    given: dict[object, Any] = {A_NUMBER: person.pk, A_TEXT: role_key, A_DAY: on}
    return list(read_once(key, lambda: _over_a_person().ask(given)))


@lru_cache(maxsize=1)
def _over_a_person() -> FixedQuery[Person]:
    there = Q(scope_kind=ScopeKind.LINE_MANAGER_OF, managed_id=A_NUMBER, role_key=A_TEXT)
    return _people_of(counting(there, on=A_DAY, in_person=False))


def ids_of_line_managers(person: Person, *, on: date) -> frozenset[int]:
    """Return the ids of those who hold any role over this person alone on `on`."""
    given: dict[object, Any] = {A_NUMBER: person.pk, A_DAY: on}
    held = read_once(("people.over", person.pk, on), lambda: _any_over_a_person().ask(given))
    return frozenset(one.person_id for one in held)


@lru_cache(maxsize=1)
def _any_over_a_person() -> FixedQuery[RoleAssignment]:
    there = Q(scope_kind=ScopeKind.LINE_MANAGER_OF, managed_id=A_NUMBER)
    return FixedQuery(counting(there, on=A_DAY, in_person=False))


def holders_in_schools(role_key: str, *, on: date) -> list[Person]:
    """Return who holds a role for one school, whichever it is, on `on`, by name."""
    given: dict[object, Any] = {A_TEXT: role_key, A_DAY: on}
    return list(read_once(("people.in_schools", role_key, on), lambda: _in_schools().ask(given)))


@lru_cache(maxsize=1)
def _in_schools() -> FixedQuery[Person]:
    there = Q(scope_kind=ScopeKind.SCHOOL, role_key=A_TEXT)
    return _people_of(counting(there, on=A_DAY, in_person=False))


def _people_of(held: QuerySet[RoleAssignment]) -> FixedQuery[Person]:
    return FixedQuery(_by_name(held))


def _by_name(held: QuerySet[RoleAssignment]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=held.values("person_id")).order_by("name", "pk")


def holders_of_capacity(
    *wanted: str,
    federation: Federation,
    on: date,
    school: School | None = None,
    account: HasSchool | None = None,
    about: Person | None = None,
    anywhere: bool = False,
) -> list[Person]:
    """Return all people whose roles carry one of these capacities at this place on `on`, by name."""
    keys = [role.key for role in book_of(federation).roles if role.capacities & set(wanted)]
    if about is None:
        return holders_of_roles(keys, Where(school, account, anywhere=anywhere), on=on)
    held = assignments_at(Where(school, account, about=about, anywhere=anywhere), on=on)
    return list(_by_name(held.filter(role_key__in=keys)))
