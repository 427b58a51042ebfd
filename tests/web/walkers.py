"""Who of the examples walks through the pages (`test_walks`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

from django.test import Client

from schoolgate.cli.demo.cast import CAST
from schoolgate.core.clock import now
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import capacities_of_roles
from schoolgate.rulebook import book
from schoolgate.web.frame.doors import Visit
from tests.cast import give, someone
from tests.pace import sized
from tests.web.signing import show_second_step
from tests.web.walking import Walk

EXAMPLE = "wildground"


MOST = sized(1, 99)
"""So many people walk in each of the other examples."""


def walkers() -> dict[str, list[str]]:
    """The people of the five examples who walk, by federation: everybody of the first, few of the others; who
    may do most last.

    A link that leads nowhere is shown for one capacity while its page asks for another. So for every two
    capacities that some role keeps apart, somebody walks who has the one and not the other. In `make test`
    only one person of each other example walks, the one with most pairs that the first example doesn't
    have; in `make storm` they all do.
    """
    may = {
        (key, who.name): capacities_of_roles(
            [*who.roles, *(["line-manager"] if who.key in dict(cast.manages) else [])], book(key)
        )
        for key, cast in CAST.items()
        for who in cast.people
    }
    every = frozenset().union(*may.values())
    apart = {one: set(product(theirs, every - theirs)) for one, theirs in may.items()}
    chosen = [one for one in may if one[0] == EXAMPLE]
    known = set().union(*(apart[one] for one in chosen))
    while new := {one: pairs - known for one, pairs in apart.items() if pairs - known}:
        best = max(new, key=lambda one: len(new[one]))
        known |= new[best]
        if [key for key, _name in chosen].count(best[0]) < MOST:
            chosen.append(best)
    chosen.sort(key=lambda one: len(may[one]))
    return {key: [name for each, name in chosen if each == key] for key in CAST}


def others() -> Iterator[Person]:
    """People of Wildground who aren't in its example: of one school only, covering, and a parent."""
    school = School.objects.order_by("pk").first()
    yield someone("Of One School", "slt", school=school)
    yield someone("Moderates One School", "administrator-moderator", school=school)
    yield someone("A Parent", relation="parent")
    cover = someone("Covers")
    held = give(cover, "lead-staff-member")
    held.acting_for = Person.objects.get(name="Tom Ellery")
    held.save(update_fields=["acting_for"])
    yield cover


def rights(person: Person, key: str) -> frozenset[str]:
    """What opens pages for somebody."""
    held = list(RoleAssignment.objects.filter(person=person))
    places = {str((one.school_id, one.account_id, one.item, one.managed_id)) for one in held}
    own = set() if any(one.acting_for_id for one in held) else {"in their own right"}
    return capacities_of_roles([one.role_key for one in held], book(key)) | places | own | {person.relation}


@dataclass
class Arrived:
    """Where forms arrived, and whose. Who has all rights of somebody is refused nothing that they aren't."""

    by: list[tuple[frozenset[str], set[str]]] = field(default_factory=list)

    def with_less_than(self, may: frozenset[str]) -> set[str]:
        """Where those arrived who have none but these rights."""
        return set().union(*(routes for theirs, routes in self.by if theirs <= may))

    def anywhere(self) -> set[str]:
        """Where anybody arrived."""
        return set().union(*(routes for _theirs, routes in self.by))


def walk_all(
    key: str, federation: Federation, sign_in: Callable[[Person], Client], arrived: Arrived
) -> Iterator[tuple[str, Walk]]:
    """The walks of an example's people, by their names.

    In the first example everybody sends each form, but where somebody with less arrived. In the others they
    send what only these have, and for what arrived before the door is asked.
    """
    with scope(federation.pk):
        people = list(Person.objects.filter(name__in=walkers()[key]).select_related("user"))
        people += others() if key == EXAMPLE else []
        may = {person: rights(person, key) for person in people}
    read_by_all: set[str] = set()
    for person in sorted(people, key=lambda one: len(may[one])):
        walk = Walk(show_second_step(sign_in(person), person), read_by_all).go()
        known = arrived.with_less_than(may[person]) if key == EXAMPLE else arrived.anywhere()
        walk.send(but=known)
        with scope(federation.pk):
            walk.ask_doors(visit_of(person, federation, key), known)
        arrived.by.append((may[person], walk.arrived))
        yield person.name, walk


def visit_of(person: Person, federation: Federation, key: str) -> Visit:
    """A visit of theirs, as far as doors ask."""
    held = RoleAssignment.objects.filter(person=person).values_list("role_key", flat=True)
    return Visit(federation, now(), who=person, capacities=capacities_of_roles(held, book(key)))
