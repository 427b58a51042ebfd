"""Who and what is here already, as far as a list is compared with it: seven queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import current_scope
from schoolgate.people import queries
from schoolgate.people.importing.fields import LINE_MANAGER, known_words
from schoolgate.people.models import Person, RoleAssignment, User
from schoolgate.people.sheets import same_word
from schoolgate.people.states import ScopeKind
from schoolgate.rulebook import Book


@dataclass(frozen=True)
class Here:
    """People by address and by name in plain words; what they hold themselves and has not ended.

    `unproven`: the addresses of sign-ins whose password was chosen at the machine, here or elsewhere.
    """

    federation: Federation
    book: Book
    on: date
    people: Mapping[str, Person]
    unproven: frozenset[str]
    by_name: Mapping[str, Sequence[Person]]
    held: Mapping[tuple[int, str, int | None], RoleAssignment]
    managers: Mapping[int, Sequence[int]]
    schools: Mapping[int, School]
    known: Mapping[str, Mapping[str, str]]

    def role_name(self, key: str) -> str:
        """Return the policy's own name of a role."""
        return next((role.name for role in self.book.roles if role.key == key), key)

    @property
    def names_line_managers(self) -> bool:
        """Return whether the policy knows line managers at all."""
        return names_line_managers(self.book)


def names_line_managers(book: Book) -> bool:
    """Return whether one of the policy's own roles is that of a line manager."""
    return any(role.key == LINE_MANAGER for role in book.roles)


def look_here(on: date) -> Here:
    """Return everything of the federation in scope that a list is compared with."""
    federation = Federation.objects.get(pk=current_scope().federation_id)
    book = queries.book_of(federation)
    schools = {school.pk: school for school in School.objects.order_by("name")}
    people = list(Person.objects.select_related("user").order_by("pk"))
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_name[same_word(person.name)].append(person)
    held: dict[tuple[int, str, int | None], RoleAssignment] = {}
    managers: dict[int, list[int]] = defaultdict(list)
    for each in queries.not_over(RoleAssignment.objects.filter(acting_for=None), on=on).order_by("pk"):
        if each.scope_kind in (ScopeKind.FEDERATION, ScopeKind.SCHOOL):
            held.setdefault((each.person_id, each.role_key, each.school_id), each)
        elif each.managed_id is not None and each.role_key == LINE_MANAGER:
            managers[each.managed_id].append(each.person_id)
    return Here(
        federation=federation,
        book=book,
        on=on,
        people={person.user.email.lower(): person for person in people},
        unproven=frozenset(User.objects.filter(address_unproven=True).values_list("email", flat=True)),
        by_name=by_name,
        held=held,
        managers=managers,
        schools=schools,
        known=known_words(
            [(role.key, role.name) for role in book.roles],
            [(school.pk, school.name, school.slug) for school in schools.values()],
            federation.languages,
        ),
    )
