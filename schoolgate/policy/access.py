"""Who may look at a decision that was kept."""

from datetime import date

from schoolgate.core.errors import NotFound
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.policy.models import Kept
from schoolgate.policy.queries import kept

SEES_DECISIONS = frozenset({"own_policy", "oversee", "decide_account", "approve_post", "administer"})
SEES_FACTS = frozenset({"own_policy", "oversee", "administer"})


def decision_for(person: Person, pk: int, *, on: date) -> Kept:
    """A kept decision for whoever asked it, and for those who decide or oversee.

    Raises NotFound for others.
    """
    found = kept(pk)
    if found.by_id != person.pk and not capacities(person, on=on, anywhere=True) & SEES_DECISIONS:
        raise NotFound
    return found


def sees_facts(person: Person, decision: Kept, *, on: date) -> bool:
    """Whether the person is shown what the decision was given: they asked it, own the policy or oversee
    it."""
    return decision.by_id == person.pk or bool(capacities(person, on=on, anywhere=True) & SEES_FACTS)
