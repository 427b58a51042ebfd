"""Who may look at a decision that was kept."""

from collections.abc import Callable
from datetime import date

from schoolgate.core.errors import NotFound
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.policy.models import Kept
from schoolgate.policy.queries import kept

SEES_DECISIONS = frozenset({"own_policy", "oversee", "decide_account", "approve_post", "administer"})
SEES_FACTS = frozenset({"own_policy", "oversee", "administer"})

Guard = Callable[[Person, str, date], bool]
_guards: dict[str, Guard] = {}


def guard_decisions_about(kind: str, may_see: Guard) -> None:
    """Say who alone may look at decisions about subjects of this kind, such as `incidents.report`: what a
    report is about is nobody else's business, whoever oversees the policy. Said once, by the room above, at
    the start.

    Args:
        may_see: called with the person, the subject and the day.
    """
    _guards[kind] = may_see


def decision_for(person: Person, pk: int, *, on: date) -> Kept:
    """A kept decision for whoever asked it, and for those who decide or oversee.

    Raises NotFound for others.
    """
    found = kept(pk)
    guard = _guards.get(_kind(found))
    if guard is not None:
        if not guard(person, found.subject, on):
            raise NotFound
        return found
    if found.by_id != person.pk and not capacities(person, on=on, anywhere=True) & SEES_DECISIONS:
        raise NotFound
    return found


def sees_facts(person: Person, decision: Kept, *, on: date) -> bool:
    """Whether the person is shown what the decision was given: they asked it, own the policy or oversee
    it. Whoever may look at a guarded one is shown all of it."""
    if _kind(decision) in _guards:
        return True
    return decision.by_id == person.pk or bool(capacities(person, on=on, anywhere=True) & SEES_FACTS)


def _kind(decision: Kept) -> str:
    return decision.subject.partition(":")[0]
