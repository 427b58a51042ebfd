"""What the parts of Today share: who is here, in which roles and for which places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from schoolgate.core.errors import NotNow
from schoolgate.people.models import RoleAssignment
from schoolgate.people.queries import book_of
from schoolgate.people.states import ScopeKind
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit

NOWHERE = Q(pk__in=[])
TOLD_OF_THE_POLICY = frozenset({"decide_account", "administer", "oversee", "own_policy"})
"""Who reads on this page that the policy is past its review, when it is due, or that there is none."""


@dataclass(frozen=True)
class Reach:
    """Where a person's roles carry something: everywhere, or in these schools and accounts."""

    everywhere: bool = False
    schools: frozenset[int] = frozenset()
    accounts: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.schools or self.accounts)

    def where(self, *, school: str = "school_id", account: str = "pk") -> Q:
        """The condition on rows that name their school and their account in these columns."""
        if self.everywhere:
            return Q()
        named = {f"{school}__in": sorted(self.schools), f"{account}__in": sorted(self.accounts)}
        found = [Q(**{column: values}) for column, values in named.items() if values]
        return reduce(or_, found) if found else NOWHERE


@dataclass(frozen=True)
class Morning:
    """The data of one view of Today. `policy` is None before any was adopted, and for people who are shown
    nothing about it here."""

    visit: Visit
    book: Book
    policy: PolicyInForce | None
    held: Sequence[RoleAssignment]

    def reach(self, *capacities: str) -> Reach:
        """Return where this person's roles carry one of these."""
        carry = {role.key for role in self.book.roles if set(capacities) & role.capacities}
        held = [row for row in self.held if row.role_key in carry]
        return Reach(
            everywhere=any(row.scope_kind == ScopeKind.FEDERATION for row in held),
            schools=frozenset(row.school_id for row in held if row.school_id),
            accounts=frozenset(row.account_id for row in held if row.account_id),
        )

    def role_name(self, key: str) -> str:
        """Return the policy's name of a role; its key where the policy doesn't know it."""
        return self.book.role_names.get(key, key)

    @property
    def acting_for(self) -> dict[str, str]:
        """Return the roles that the person holds only on behalf of someone else, with that person's name."""
        own = {row.role_key for row in self.held if row.acting_for is None}
        return {
            row.role_key: row.acting_for.name
            for row in self.held
            if row.acting_for is not None and row.role_key not in own
        }


def morning_of(visit: Visit) -> Morning:
    """Gather it, without a query: the door has read the policy in force and the roles held."""
    try:
        policy = in_force(visit.on) if visit.capacities & TOLD_OF_THE_POLICY else None
    except NotNow:
        policy = None
    book = policy.book if policy is not None else book_of(visit.federation)
    return Morning(visit, book, policy, visit.held)
