"""Which roles can be told of concerns, and which of them wait for a second person's word: a new version or
interpretation of the policy that lets a role be told takes two people, as naming a lead does."""

from __future__ import annotations

from schoolgate.core.reading_once import read_once
from schoolgate.people.models import LeadChange
from schoolgate.people.states import LeadPlace, LeadState
from schoolgate.rulebook import Book

REACHES = frozenset({"own_policy", "see_incidents", "administer", "oversee"})
"""What lets a role be told where no lead reads what only leads read."""
TELLING = ("incident.report", "incident.assess")
"""Where rules name who is told."""


def told_roles(book: Book) -> frozenset[str]:
    """Return the keys of the roles that can be told of a concern under this policy: a rule names them, or
    what they may do brings them in line."""
    named = {role for situation in TELLING for rule in book.bound(situation) for role in rule.roles_named}
    return frozenset(role.key for role in book.roles if role.name in named or REACHES & set(role.capacities))


def roles_that_wait() -> frozenset[str]:
    """Return the keys of the roles that aren't told yet, because no second person has agreed. One query."""
    return read_once(("people.roles_that_wait",), _roles_that_wait)


def _roles_that_wait() -> frozenset[str]:
    rows = LeadChange.objects.filter(place=LeadPlace.TOLD).order_by("pk").values_list("role_key", "state")
    newest = dict(rows)
    return frozenset(key for key, state in newest.items() if state != LeadState.AGREED)
