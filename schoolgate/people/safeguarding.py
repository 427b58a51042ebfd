"""Who leads on safeguarding: the people entered as that, and the roles that a policy makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from schoolgate.core.models import Federation, Safeguarder, School
from schoolgate.core.reading_once import A_DAY, A_NUMBER, A_TEXT, FixedQuery, Written, read_once
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import (
    Where,
    assignments_at,
    away_on,
    book_for,
    book_of,
    held_by,
    here_on,
    holders_of_capacity,
)
from schoolgate.rulebook import Book


def safeguarding_roles(book: Book) -> list[str]:
    """Keys of the roles that this policy itself makes the ones to tell about a child."""
    names = book.roles_at("incident.report", "safeguarding_officer_told")
    return [role.key for role in book.roles if role.name in names]


def safeguarders(
    school: School | None, *, on: date, place: str = "", without: Safeguarder | None = None
) -> list[Person]:
    """Return the designated safeguarding lead and deputies entered for this school or for all of them; if no
    school is known, for any. Leaves out people who left or are on long leave, and the entry `without`."""
    there = school.pk if school is not None else None
    but = without.pk if without is not None else None
    asked = _entered(there is not None, bool(place), but is not None)
    given = {A_NUMBER: there, _WITHOUT: but, A_TEXT: place, A_DAY: on}
    return list(read_once(("people.safeguarders", there, but, place, on), lambda: asked.ask(given)))


_WITHOUT = A_NUMBER - 1


@cache
def _entered(in_school: bool, in_place: bool, without: bool) -> FixedQuery[Person]:
    rows = Safeguarder.objects.filter(ended_at=None)
    if without:
        rows = rows.exclude(pk=_WITHOUT)
    if in_place:
        rows = rows.filter(place=A_TEXT)
    if in_school:
        rows = rows.filter(Q(school=A_NUMBER) | Q(school=None))
    here = Person.objects.filter(here_on(A_DAY), ~away_on(A_DAY, person="pk"))
    return FixedQuery(here.filter(pk__in=rows.values("person_id")).order_by("name", "pk"))


def leads(book: Book, school: School | None, *, on: date, without: Safeguarder | None = None) -> list[Person]:
    """Return everyone who leads on safeguarding at a school: lead, deputies, and the holders of the roles
    that the policy makes that. `without`: an entry that doesn't count."""
    found = safeguarders(school, on=on, without=without)
    for key in safeguarding_roles(book):
        agreed = assignments_at(Where(school), on=on).filter(role_key=key, leads_since__isnull=False)
        found += Person.objects.filter(pk__in=agreed.values("person_id")).order_by("name", "pk")
    return list(dict.fromkeys(found))


def entered_here(on: date) -> QuerySet[Safeguarder]:
    """Return the entries of leads and deputies who haven't left; those on long leave are among them."""
    here = Person.objects.filter(here_on(on)).values("pk")
    return Safeguarder.objects.filter(ended_at=None, person_id__in=here)


def holders_who_lead(book: Book, on: date) -> QuerySet[RoleAssignment]:
    """Return the holdings, of any school, by which the policy makes someone a lead."""
    held = assignments_at(Where(anywhere=True), on=on)
    return held.filter(
        role_key__in=safeguarding_roles(book), leads_since__isnull=False,
        scope_kind__in=[ScopeKind.FEDERATION, ScopeKind.SCHOOL],
    )  # fmt: skip


def unagreed(role_keys: Sequence[str], *, on: date) -> list[str]:
    """Return those of these roles that have a holder without the word of two people (`leads_since`)."""
    if not role_keys:
        return []
    held = assignments_at(Where(anywhere=True), on=on).filter(role_key__in=role_keys, leads_since=None)
    return list(held.values_list("role_key", flat=True).distinct())


MAY_BE_SECOND = ("own_policy", "oversee")


def roles_of_second_people(book: Book) -> list[str]:
    """Keys of the roles by which a person may agree that another leads on safeguarding."""
    mays = [role.key for role in book.roles if set(MAY_BE_SECOND) & set(role.capacities)]
    return [*mays, *safeguarding_roles(book)]


def second_people(federation: Federation, *, person: Person, by: Person | None, on: date) -> list[Person]:
    """Return who may agree that a person leads on safeguarding: the head, the owner of the policy,
    the chair and governors who oversee, and the leads there are. Never the person, nor who asked. Whether
    they are another will is asked of `own_will`."""
    asked = holders_of_capacity(*MAY_BE_SECOND, federation=federation, on=on)
    asked += leads(book_of(federation), None, on=on)
    out = {person.pk, by.pk if by is not None else None}
    return [one for one in dict.fromkeys(asked) if one.pk not in out]


def lead_of(person: Person, held: Iterable[RoleAssignment]) -> set[int | None]:
    """Return the schools for which this person leads on safeguarding; None among them: for all."""
    keys = set(safeguarding_roles(book_for(person)))
    found = safeguards(person)
    for one in held:
        if one.role_key not in keys or one.leads_since is None:
            continue
        if one.scope_kind == ScopeKind.FEDERATION:
            found.add(None)
        elif one.scope_kind == ScopeKind.SCHOOL:
            found.add(one.school_id)
    return found


def reads_from(person: Person, held: Iterable[RoleAssignment]) -> dict[int | None, datetime]:
    """Return for each school that this person leads on safeguarding at (None: all) from which instant on they
    may read what only leads read. It opens nothing of the past, unless a lead said so."""
    keys = set(safeguarding_roles(book_for(person)))
    rows = Safeguarder.objects.filter(person_id=person.pk, ended_at=None)
    since: list[tuple[int | None, datetime]] = list(rows.values_list("school_id", "reads_from"))
    for one in held:
        everywhere_or_there = one.scope_kind in (ScopeKind.FEDERATION, ScopeKind.SCHOOL)
        if one.role_key in keys and one.leads_since is not None and everywhere_or_there:
            since.append((one.school_id, one.leads_since))
    found: dict[int | None, datetime] = {}
    for school, at in since:
        found[school] = min(at, found.get(school, at))
    return found


def visitors() -> QuerySet[Person]:
    """Return everyone with their federation and the schools for which they are entered as safeguarding lead
    or deputy (`safeguards_at`): what is read of the person who opens a page."""
    entered = Safeguarder.objects.filter(person_id=OuterRef("pk"), ended_at=None).values("school_id")
    return Person.objects.select_related("federation").annotate(safeguards_at=ArraySubquery(entered))


def remember_safeguards(visitor: Person) -> None:
    """In a request that changes nothing, let `safeguards` ask nothing more of this `visitor`."""
    _read_once_of(visitor, lambda: list(visitor.safeguards_at))  # type: ignore[attr-defined]


def safeguards(person: Person) -> set[int | None]:
    """Return the schools for which this person is entered as safeguarding lead or deputy; None among them:
    for all."""
    return set(
        _read_once_of(person, lambda: [row[0] for row in _entered_for().values({A_NUMBER: person.pk})])
    )


def _read_once_of(person: Person, schools: Callable[[], list[int | None]]) -> list[int | None]:
    return read_once(("people.safeguards", person.pk), schools)


@cache
def _entered_for() -> Written:
    rows = Safeguarder.objects.filter(person_id=A_NUMBER, ended_at=None)
    return Written(rows.values_list("school_id"))


def leads_at(person: Person, school_id: int | None, *, on: date) -> bool:
    """Return whether this person leads on safeguarding at the school, or anywhere where no school is
    known."""
    schools = read_once(
        ("people.leads_at", person.pk, on), lambda: frozenset(lead_of(person, held_by(person, on=on)))
    )
    return bool(schools) and (school_id is None or bool(schools & {None, school_id}))
