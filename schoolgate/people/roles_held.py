"""Each of the policy's roles at a glance: who has it, who acts for a holder, who is away, where it is
vacant. Seven queries, however many people and roles.

And where only one role's own word counts as permission, which no one can give it for them: read from the
policy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import School
from schoolgate.people import queries
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import away_on, held_on, here_on, not_over
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Role

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


MOST_NAMED = 12
"""A role that more people have is shown by their number."""


@dataclass
class RoleHeld:
    """One role on a day. `own`: the assignments of its own holders, where they are few enough to be named;
    `number` counts them in any case, people away left out."""

    role: Role
    number: int = 0
    own: list[RoleAssignment] = field(default_factory=list)
    acting: list[RoleAssignment] = field(default_factory=list)
    away: list[RoleAssignment] = field(default_factory=list)
    coming: list[RoleAssignment] = field(default_factory=list)
    schools_without: list[School] = field(default_factory=list)
    own_word: tuple[str, ...] = ()
    """The clauses by which only the holder's own word counts."""

    @property
    def nobody(self) -> bool:
        """Return whether no one has the role, and no one acts for a holder."""
        return not self.number and not self.acting


def all_holders(role_key: str, *, on: date) -> list[Person]:
    """Return everyone who has this role on a day or from a later one, by name: also people on long leave, and
    those who act for another person."""
    rows = not_over(RoleAssignment.objects.filter(here_on(on, "person__"), role_key=role_key), on=on)
    return list(Person.objects.filter(pk__in=rows.values("person_id")).order_by("name", "pk"))


def roles_held(book: Book, *, on: date) -> list[RoleHeld]:
    """Return every role of the policy, in its order, with its holders on a day in the federation in scope."""
    own_word = own_words(book)
    found = {role.key: RoleHeld(role, own_word=own_word.get(role.key, ())) for role in book.roles}
    here = RoleAssignment.objects.filter(held_on(on), here_on(on, "person__"))
    own = here.filter(~away_on(on), acting_for=None)
    for row in own.values("role_key").annotate(number=Count("person", distinct=True)).order_by("role_key"):
        if row["role_key"] in found:
            found[row["role_key"]].number = row["number"]
    few = [key for key, each in found.items() if 0 < each.number <= MOST_NAMED]
    _put(found, "own", own.filter(role_key__in=few))
    _put(found, "acting", here.filter(~away_on(on), acting_for__isnull=False))
    _put(found, "away", here.filter(away_on(on), acting_for=None))
    without = [key for key, each in found.items() if each.nobody]
    later = RoleAssignment.objects.filter(
        from_day__gt=on, ended_on=None, role_key__in=without, acting_for=None
    )
    _put(found, "coming", later)
    _say_where_nobody(found.values())
    return list(found.values())


def _put(found: dict[str, RoleHeld], where: str, rows: QuerySet[RoleAssignment]) -> None:
    named = rows.select_related("person", "school", "managed", "acting_for")
    for each in named.order_by("person__name", "from_day", "pk"):
        if each.role_key in found:
            getattr(found[each.role_key], where).append(each)


def _say_where_nobody(found: Iterable[RoleHeld]) -> None:
    """Note, for a role held for single schools only, the schools where it is vacant."""
    schools = list(School.objects.order_by("name"))
    for each in found:
        by_kind: dict[str, set[int | None]] = defaultdict(set)
        for one in [*each.own, *each.acting]:
            by_kind[one.scope_kind].add(one.school_id)
        if set(by_kind) == {ScopeKind.SCHOOL}:
            each.schools_without = [one for one in schools if one.pk not in by_kind[ScopeKind.SCHOOL]]
