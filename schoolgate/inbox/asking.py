"""Ask the policy about a reply while it is being written, and what it still needs to know."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.inbox.facts import answer_facts
from schoolgate.inbox.judged import asks_first, relation_of
from schoolgate.inbox.models import Item
from schoolgate.inbox.questions import QUESTIONS, REMOVAL_QUESTIONS
from schoolgate.inbox.removal_facts import BEFORE, removal_facts
from schoolgate.inbox.states import GRAVE, DueWords, Sight
from schoolgate.people.models import Person
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook import Decision

OWED = frozenset({DueWords.INSTANT, DueWords.DAY, DueWords.NONE_PROMISED})


def judged_answer(
    item: Item,
    *,
    by: Person,
    at: datetime,
    said: Mapping[str, Any],
    acknowledges_only: bool = False,
    text: str = "",
) -> Decision:
    """Return what the policy in force says about the current reply. Advice: it is not saved.

    `said`: by the names of `questions.QUESTIONS`; a name that is missing is not said.
    """
    facts = answer_facts(item, by=by, at=at, acknowledges_only=acknowledges_only, said=said, text=text)
    return verdict("item.answer", facts, on=local_day(at))


def still_asked(decision: Decision) -> list[str]:
    """Return the names of the questions that the decision waits for, in the order of QUESTIONS."""
    needs = {
        need.what for finding in decision.findings if not finding.overridden_by for need in finding.needs
    }
    return [name for name in QUESTIONS if name in needs]


def asked_of(
    item: Item,
    *,
    by: Person,
    at: datetime,
    said: Mapping[str, Any],
    acknowledges_only: bool = False,
    text: str = "",
) -> tuple[Decision, list[str]]:
    """Return the policy's decision on the reply, and the questions to show: those it waits for and, so that
    an answer can be changed, those already answered."""
    shown: set[str] = set()
    told: dict[str, Any] = {}
    while True:
        decision = judged_answer(
            item, by=by, at=at, said=told, acknowledges_only=acknowledges_only, text=text
        )
        asked = still_asked(decision)
        shown |= set(asked)
        more = {name: said[name] for name in asked if said.get(name) not in (None, "")}
        if not more.keys() - told.keys():
            return decision, [name for name in QUESTIONS if name in shown]
        told |= more


def receipt_counts(item: Item, *, by: Person, at: datetime) -> bool | None:
    """Return whether confirming receipt is an answer by this policy; None where no answer is required."""
    decision = judged_answer(item, by=by, at=at, said={}, acknowledges_only=True)
    if decision.points["what_counts"] == "permitted":
        return True
    return False if item.due_words in OWED else None


def still_asked_of_removal(
    item: Item, *, by: Person, at: datetime, how: str, reason: str, said: Mapping[str, Any]
) -> list[str]:
    """Return the names of the questions that the policy waits for before a comment is hidden or removed; none
    where no answer would allow it."""
    facts = removal_facts(item, by=by, at=at, how=how, reason=reason, said=said)
    decision = verdict("item.remove", facts, on=local_day(at))
    if any(decision.points[point] == "not_permitted" for point in BEFORE):
        return []
    needs = {need.what for finding in decision.findings if finding.stands for need in finding.needs}
    needs |= _asked_of_author(item, by=by, at=at, how=how, reason=reason, said=said)
    return [name for name in REMOVAL_QUESTIONS if name in needs]


def _asked_of_author(
    item: Item, *, by: Person, at: datetime, how: str, reason: str, said: Mapping[str, Any]
) -> set[str]:
    """Return what to ask where the policy has a parent asked first: who wrote it, and whether it goes
    nevertheless."""
    if how != Sight.REMOVED or reason in GRAVE or not book_in_scope().bound("parent.approach"):
        return set()
    relation = said.get("relation") or relation_of(item)
    if not relation:
        return {"relation"}
    first = asks_first(item, how=how, reason=reason, relation=relation, by=person_key(by.pk), at=at)
    open_here = first is not None and first.points["asked_to_take_down"] == "refer"
    return {"without_asking"} if open_here and "without_asking" not in said else set()
