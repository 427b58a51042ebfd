"""Cases where only one role's own word counts as permission and no one can give it for them: read from the
policy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.people import queries
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.rulebook import Book

SITUATION, POINT = "permission.counts", "permission_counts"
"""The question and the point at which a policy says who must give a permission in person."""


def own_words(book: Book) -> Mapping[str, tuple[str, ...]]:
    """Return role's key -> the clauses by which only its holder's own word counts; empty where the policy has
    none."""
    by_name = {role.name: role.key for role in book.roles}
    found: dict[str, tuple[str, ...]] = {}
    for bound in book.at(SITUATION, POINT):
        for key in (by_name[role] for role in bound.stated("roles") if role in by_name):
            found[key] = tuple(dict.fromkeys([*found.get(key, ()), *bound.clauses]))
    return found


def check_gives_permission(by: Person, role_key: str, *, on: date) -> None:
    """Raise NotAllowed unless `by` has the role that gives a permission: their own where only that counts.

    A person acting for another is told whose word is needed.
    """
    book = queries.book_for(by)
    held = queries.assignments(by, on=on, where=queries.Where(anywhere=True)).filter(role_key=role_key)
    if not held.exists():
        raise NotAllowed(
            _("You don’t have the role that gives this permission."), _("Ask someone who has that role.")
        )
    if role_key in own_words(book) and not held.filter(acting_for=None).exists():
        name = next(role.name for role in book.roles if role.key == role_key)
        raise NotAllowed(
            format_lazy(_("Under this policy, permission can only come from: {role}."), role=name),
            next_step=format_lazy(
                _("Needs permission from {names}."),
                names=", ".join(map(str, awaited(role_key, on=on))) or name,
            ),
        )


def awaited(role_key: str, *, on: date) -> list[Person]:
    """Return whose own word is needed: those who have the role themselves, also while they are away or acted
    for; by name."""
    own = RoleAssignment.objects.filter(queries.held_on(on), role_key=role_key, acting_for=None)
    ids = own.filter(queries.here_on(on, "person__")).values("person_id")
    return list(Person.objects.filter(pk__in=ids).order_by("name", "pk"))
