"""The order in which people are told about a report: the roles that the policy names, then Schoolgate's own
order.

Schoolgate's own order applies if the policy names no one or no one holds what it names: the designated
safeguarding lead, the deputies, those who see reports, those who look after people here, the governors. If
the report may be about someone who would be told, governors come first; if it may be about a person who leads
here, they are told besides those the policy names. Of the governors the fewest are told first: the chair,
where the policy has a chair. It is never presented as a clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from schoolgate.core.models import SafeguardingPlace, School
from schoolgate.incidents.meant import meant_in
from schoolgate.incidents.models import Report
from schoolgate.incidents.states import Whose
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments_at, book_of, holders
from schoolgate.people.safeguarding import safeguarders, safeguarding_roles
from schoolgate.people.states import ScopeKind
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Kind

TELLS = (Kind.OBLIGES, Kind.REQUIRES, Kind.BREACHED)

MOST_ASKED = 60


@dataclass(frozen=True)
class Named:
    """A role that the policy names for this report, by its key, with the clauses that do."""

    role: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Recipient:
    """A recipient: a role as a whole, or a person by name (`role`: their role, where they hold one)."""

    role: str = ""
    person: Person | None = None


@dataclass(frozen=True)
class Rung:
    """The recipients told together. `people`: ids of everyone it reaches."""

    whose: Whose
    told: tuple[Recipient, ...] = ()
    people: frozenset[int] = frozenset()

    def __add__(self, other: Rung) -> Rung:
        return replace(self, told=self.told + other.told, people=self.people | other.people)


@dataclass(frozen=True)
class Around:
    """Where and when, and who is not told."""

    on: date
    school: School | None
    by: Person | None
    out_people: frozenset[int] = frozenset()
    out_roles: frozenset[str] = frozenset()

    @classmethod
    def of(cls, report: Report, *, on: date) -> Around:
        """Build it from a stored report."""
        roles = report.kept_out.exclude(role_key="").values_list("role_key", flat=True)
        return cls(
            on=on, school=report.school, by=report.by,
            out_people=frozenset(meant_in(report)),
            out_roles=frozenset(roles),
        )  # fmt: skip

    @property
    def touches_tellers(self) -> bool:
        """Whether it may be about any of the people who would be told."""
        return bool(self.out_people or self.out_roles)


def named_by(decision: Decision | None, book: Book) -> list[Named]:
    """Return the roles that the policy wants told of this, and those that assess each report first, in its
    order."""
    found: dict[str, tuple[str, ...]] = {}
    for name, clauses in chain(_in_findings(decision), _first_assessors(book)):
        key = next((role.key for role in book.roles if role.name == name), "")
        if key:
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *clauses)))
    return [Named(role, clauses) for role, clauses in found.items()]


def _in_findings(decision: Decision | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    for finding in decision.findings if decision else ():
        if finding.stands and finding.kind in TELLS:
            names = finding.args.get("roles") or [finding.args.get("role")]
            yield from ((str(name), finding.clauses) for name in names if name)


def _first_assessors(book: Book) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the roles that assess each report first, which it must always reach."""
    for bound in book.at("incident.assess", "first_assessment"):
        yield from ((role, bound.clauses) for role in bound.roles_named)


def ladder(named: Iterable[Named], book: Book, around: Around) -> list[Rung]:
    """Return the rungs that reach someone new, first those named by the policy. Empty: there is no one to
    tell."""
    policy = _roles([one.role for one in named], Whose.POLICY, around)
    leads = _leads(book, around)
    deputies = _people(safeguarders(around.school, on=around.on, place=SafeguardingPlace.DEPUTY), around)
    sees = _carrying(book, "see_incidents", around)
    administers = _carrying(book, "administer", around)
    govern = governors(book, around)
    own = [leads, deputies, sees, administers, *govern]
    if around.touches_tellers:
        own = [*govern, leads, deputies, sees, administers]
    elif not leads.people and not policy.people:
        own = [administers, sees, *govern]
    return list(_new_ones([policy, *own]))


def governors(book: Book, around: Around) -> list[Rung]:
    """Return the roles that oversee and don't look after people here, each on a rung of its own: first the
    one that reaches the fewest people, such as a chair. Of two that reach as many, the one named later."""
    roles = [one for one in book.pack.roles_with("oversee") if "administer" not in one.capacities]
    rungs = [_role(one.key, Whose.HOUSE, around) for one in reversed(roles)]
    return sorted((one for one in rungs if one.people), key=lambda one: len(one.people))


def stands_in_for(report: Report, person: Person, *, on: date) -> dict[str, str]:
    """Return the roles, key and name, that assess each concern first under the policy, and that a governor
    stands in for because it may be about everyone who holds them. Schoolgate's own rule: no one deals with a
    matter about themselves, and the policy lets no one else assess it."""
    book, around = book_of(report.federation), Around.of(report, on=on)
    if not any(person.pk in one.people for one in governors(book, around)):
        return {}
    first = {name for name, _clauses in _first_assessors(book)}
    return {one.key: one.name for one in book.roles if one.name in first and _all_out(one.key, around)}


def _all_out(key: str, around: Around) -> bool:
    everybody = replace(around, out_people=frozenset(), out_roles=frozenset())
    return bool(_role(key, Whose.HOUSE, everybody).people) and not _role(key, Whose.HOUSE, around).people


def about_who_leads(book: Book, around: Around) -> bool:
    """Return whether it may be about a person who leads here, such as the headteacher: a holder of the role
    that owns the policy."""
    keys = {role.key for role in book.pack.roles_with("own_policy")}
    if keys & around.out_roles:
        return True
    held = assignments_at(Where(anywhere=True), on=around.on)
    return held.filter(person__in=around.out_people, role_key__in=keys).exists()


def who_may_be_told(book: Book, *, by: Person | None, on: date) -> list[Person]:
    """Return everyone a report can reach: for the question whether it is about one of them."""
    keys = [
        role.key for role in book.roles if {"see_incidents", "administer", "oversee"} & set(role.capacities)
    ]
    held = assignments_at(Where(anywhere=True), on=on).filter(role_key__in=keys)
    found = Person.objects.filter(pk__in=held.values("person_id"))
    found |= Person.objects.filter(pk__in=[one.pk for one in safeguarders(None, on=on)])
    if by is not None:
        over = assignments_at(Where(about=by), on=on).filter(scope_kind=ScopeKind.LINE_MANAGER_OF)
        found |= Person.objects.filter(pk__in=over.values("person_id"))
    return list(found.order_by("name", "pk")[:MOST_ASKED])


def not_held(named: Iterable[Named], book: Book, around: Around) -> list[str]:
    """Return the names of roles that the policy names and no one holds here, regardless of the people it is
    about."""
    everybody = replace(around, out_people=frozenset(), out_roles=frozenset())
    return [book_role.name for one in named for book_role in book.roles
            if book_role.key == one.role and not _role(one.role, Whose.POLICY, everybody).people]  # fmt: skip


def _new_ones(rungs: Iterable[Rung]) -> Iterator[Rung]:
    seen: set[int] = set()
    for rung in rungs:
        if rung.people - seen:
            yield rung
            seen |= rung.people


def _leads(book: Book, around: Around) -> Rung:
    by_name = _people(safeguarders(around.school, on=around.on, place=SafeguardingPlace.LEAD), around)
    return by_name + _roles(safeguarding_roles(book), Whose.HOUSE, around)


def lead_rung(book: Book, around: Around) -> Rung:
    """Return the designated safeguarding lead and the deputies, and the roles that the policy makes that."""
    return _leads(book, around) + _people(
        safeguarders(around.school, on=around.on, place=SafeguardingPlace.DEPUTY), around
    )


def _carrying(book: Book, capacity: str, around: Around) -> Rung:
    return _roles([role.key for role in book.pack.roles_with(capacity)], Whose.HOUSE, around)


def _people(people: Iterable[Person], around: Around) -> Rung:
    kept = [one for one in people if one.pk not in around.out_people]
    return Rung(Whose.HOUSE, tuple(Recipient(person=one) for one in kept), frozenset(one.pk for one in kept))


def _roles(keys: Iterable[str], whose: Whose, around: Around) -> Rung:
    found = Rung(whose)
    for key in keys:
        found += _role(key, whose, around)
    return found


def _role(key: str, whose: Whose, around: Around) -> Rung:
    """Return a role as a whole where all who hold it here may know about the report, else those who may, by
    name."""
    if key in around.out_roles:
        return Rung(whose)
    here = holders(key, on=around.on, school=around.school)
    by_name = [] if here else _held_elsewhere(key, around)
    people = [one for one in here or by_name if one.pk not in around.out_people]
    if here and len(people) == len(here):
        return Rung(whose, (Recipient(role=key),), frozenset(one.pk for one in people))
    told = tuple(Recipient(role=key, person=one) for one in people)
    return Rung(whose, told, frozenset(one.pk for one in people))


def _held_elsewhere(key: str, around: Around) -> list[Person]:
    """Return who holds a role over the reporter alone (a line manager), or, if no school is known, in any
    school.

    A reporter's line manager is not told if they left their name out: that alone would say who it was."""
    if around.by is not None:
        managed = assignments_at(Where(about=around.by), on=around.on).filter(
            role_key=key, scope_kind=ScopeKind.LINE_MANAGER_OF
        )
        if found := list(Person.objects.filter(pk__in=managed.values("person_id")).order_by("name", "pk")):
            return found
    if around.school is not None:
        return []
    held = assignments_at(Where(anywhere=True), on=around.on).filter(
        role_key=key, scope_kind=ScopeKind.SCHOOL
    )
    return list(Person.objects.filter(pk__in=held.values("person_id")).order_by("name", "pk"))
