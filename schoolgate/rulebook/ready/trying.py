"""Answer the examples of a ready rule by the engine, in a policy that has this clause alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from schoolgate.rulebook import Decision, decide
from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.book import Book, book_of
from schoolgate.rulebook.clauses import Clause, Role
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.kinds import Enforce, Kind
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.readings import Changes, changed
from schoolgate.rulebook.ready.filling import filled, with_filled
from schoolgate.rulebook.ready.model import Example, ReadyRule, Values
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.base import Asks

CLAUSE = "example-1"


@dataclass(frozen=True, slots=True)
class Tried:
    """What the rule answers to an example: the answer, the time of a duty, and what is missing."""

    answer: Answer
    due: Due | None
    decision: Decision


def examples_for(ready: ReadyRule, values: Values) -> list[Example]:
    """Return the examples that fit what was filled in: of the same case the first alone."""
    fits = [
        one
        for one in ready.examples
        if all(_fits(value, values.get(name)) for name, value in one.values.items())
    ]
    return list({one.case: one for one in reversed(fits)}.values())[::-1]


def _fits(needed: Any, chosen: Any) -> bool:
    """Whether what a case needs was filled in; of several words all of them, perhaps with others."""
    if isinstance(needed, tuple):
        return {*needed} <= {*(chosen or ())}
    return bool(needed == chosen)


def book_with_alone(ready: ReadyRule, values: Values, says: str = "") -> Book:
    """Return the book of a policy that has this rule alone, with the law and the house."""
    names = dict.fromkeys(values[name] for name in ready.roles if values[name])
    clause = Clause(CLAUSE, "1", says or ready.title, ready.modality, "staff", "policy", Enforce.GUIDE, {})
    roles = tuple(
        Role(name=name, key=f"role-{place}", capacities=frozenset()) for place, name in enumerate(names)
    )
    blank = blank_pack("Example")
    pack = replace(blank, clauses={CLAUSE: clause}, roles=(*blank.roles, *roles))
    return book_of(changed(pack, Changes(rules={CLAUSE: tuple(filled(ready, values, CLAUSE))})))


def tried(ready: ReadyRule, values: Values, examples: Iterable[Example]) -> list[Tried]:
    """Return the answers to these examples."""
    book = book_with_alone(ready, values)
    return [_tried(book, one, values) for one in examples]


def _tried(book: Book, example: Example, values: Values) -> Tried:
    facts: Mapping[str, Any] = with_filled(example.facts, values)
    decision = decide(book, example.situation, facts)
    found = [one for one in decision.findings if CLAUSE in one.clauses and one.stands]
    due = next((one.due for one in decision.duties if CLAUSE in one.clauses), None)
    return Tried(_said([one.kind for one in found], SITUATIONS[example.situation].asks), due, decision)


def _said(kinds: Sequence[Kind], asks: Asks) -> Answer:
    """Return what these findings of one clause say."""
    good = {
        Asks.ACT: Answer.ALLOWED,
        Asks.DUTY: Answer.DONE,
        Asks.STATE: Answer.MET,
        Asks.MATTER: Answer.SAYS,
    }
    for kind, answer in (
        (Kind.FORBIDS, Answer.NOT_ALLOWED if asks in (Asks.ACT, Asks.DUTY) else Answer.NOT_MET),
        (Kind.BREACHED, Answer.NOT_MET),
        (Kind.REFERS, Answer.RULING),
        (Kind.REQUIRES, Answer.NOT_YET),
        (Kind.OBLIGES, Answer.TO_DO),
    ):
        if kind in kinds:
            return answer
    return good[asks] if kinds else Answer.SILENT
