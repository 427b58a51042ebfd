"""Who may see a saved decision."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from schoolgate.core.errors import NotFound
from schoolgate.core.subjects import number_of
from schoolgate.people.confined import confined_kinds, may_know_of
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import kept

SEES_DECISIONS = frozenset({"own_policy", "oversee", "decide_account", "approve_post", "administer"})
SEES_FACTS = frozenset({"own_policy", "oversee", "administer"})

Guard = Callable[[Person, str, date], bool]


class Find(Protocol):
    """Finds a thing for a person. Raises NotFound where they may not know that it exists."""

    def __call__(self, person: Person, pk: int, /, *, on: date) -> object:
        """Return the subject."""


_guards: dict[str, Guard] = {}
_finders: dict[str, Find] = {}
_kept_from: dict[str, Guard] = {}


def find_for_decisions(kind: str, find: Find) -> None:
    """Register how a thing of this kind, such as `publishing.post`, is found for a person, so that an
    approver at one school can't read decisions about another school's things. Called once, by the app
    above."""
    _finders[kind] = find


def guard_decisions_about(kind: str, may_see: Guard) -> None:
    """Register who may see decisions about subjects of this kind, where that is not who may know of them
    (`people.confined`). Called once, by the app above, at start-up.

    Args:
        may_see: called with the person, the subject and the day.
    """
    _guards[kind] = may_see


def guarded_kinds() -> frozenset[str]:
    """Return the kinds of subjects whose decisions only some people may see."""
    return frozenset(_guards) | confined_kinds()


def keep_decisions_from(kind: str, is_kept_from: Guard) -> None:
    """Register which subjects of a kind are kept from a person, whatever their roles and even if they asked:
    a comment that is locked. Called once, by the app above.

    Args:
        is_kept_from: called with the person, the subject and the day.
    """
    _kept_from[kind] = is_kept_from


def decision_for(person: Person, pk: int, *, on: date) -> DecisionRecord:
    """Return a saved decision: for the person who asked for it, those who oversee, and those who decide
    about its subject and may see that. Raises NotFound for others."""
    found = kept(pk)
    kept_from = _kept_from.get(_kind(found))
    if kept_from is not None and kept_from(person, found.subject, on):
        raise NotFound
    if _kind(found) in guarded_kinds():
        guard = _guards.get(_kind(found), may_know_of)
        if not guard(person, found.subject, on):
            raise NotFound
        return found
    held = capacities(person, on=on, anywhere=True)
    if found.by_id == person.pk or held & SEES_FACTS:
        return found
    if not held & SEES_DECISIONS:
        raise NotFound
    if find := _finders.get(_kind(found)):
        find(person, number_of(found.subject), on=on)
    return found


def sees_decision(person: Person, pk: int | None, *, on: date) -> bool:
    """Return whether there is such a decision and the person may see it."""
    try:
        return pk is not None and bool(decision_for(person, pk, on=on))
    except NotFound:
        return False


def sees_facts(person: Person, decision: DecisionRecord, *, on: date) -> bool:
    """Return whether the person may see the facts of the decision: they asked for it, own the policy or
    oversee it. Anyone who may see a guarded decision sees all of it."""
    if _kind(decision) in guarded_kinds():
        return True
    return decision.by_id == person.pk or bool(capacities(person, on=on, anywhere=True) & SEES_FACTS)


def _kind(decision: DecisionRecord) -> str:
    return decision.subject.partition(":")[0]
