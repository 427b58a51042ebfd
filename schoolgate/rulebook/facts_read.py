"""Which facts of a situation the rules of a book read, found in the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.facts import Ask
from schoolgate.rulebook.situations import SITUATIONS

NAMES_A_FACT = frozenset({"fact", "due", "same_as", "earlier_than", "later_than", "less_than", "more_than"})
"""Settings and comparisons whose value is the name of a fact."""


def facts_read(book: Book, situation: str, relation: str | None = None) -> frozenset[str]:
    """Return the facts of a situation that any rule of this book reads there. A fact worked out from others
    counts as itself and as the stored fact for which it asks.

    `relation`: count only the rules that bind such a person; None: only those that bind everyone."""
    named = {
        name
        for rule in book.bound(situation)
        if rule.binds is None or relation in rule.binds
        for name in _named_by(rule)
    }
    model = SITUATIONS[situation].facts
    stored = {
        ask.need: name
        for name, field in model.model_fields.items()
        for ask in field.metadata
        if isinstance(ask, Ask)
    }
    found = named & {*model.model_fields, *dir(model)}
    asked = {
        ask.need for name in found if isinstance(ask := getattr(getattr(model, name, None), "ask", None), Ask)
    }
    return frozenset(found | {stored[need] for need in asked if need in stored})


def clauses_reading(book: Book, situation: str, fact: str) -> tuple[str, ...]:
    """Return the clauses whose rules name this fact of a situation, in the order of the book."""
    found = (rule.clauses for rule in book.bound(situation) if fact in _named_by(rule))
    return tuple(dict.fromkeys(clause for clauses in found for clause in clauses))


def _named_by(rule: CompiledRule) -> Iterator[str]:
    names = _names_in(rule.settings.model_dump(exclude={"tension"}))
    return (name.partition(".")[0] for name in names)


def _names_in(written: Any) -> Iterator[str]:
    """Yield every name in settings that may be a fact's."""
    if isinstance(written, Mapping):
        for name, value in written.items():
            yield str(name)
            if name in NAMES_A_FACT and isinstance(value, str):
                yield value
            yield from _names_in(value)
    elif isinstance(written, list | tuple):
        for one in written:
            yield from _names_in(one)
