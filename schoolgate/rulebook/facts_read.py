"""Which facts of a situation the rules of a book read: what is worth asking under this policy."""

from collections.abc import Iterator, Mapping
from typing import Any

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.rules.conditions import COMPARISONS
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.rules.step import VERBS, Step
from schoolgate.rulebook.situations import situation


def facts_read(book: Book, key: str) -> tuple[str, ...]:
    """Return the facts of a situation that the rules of a book read, in the situation's order.

    A fact that is worked out counts as the facts it is worked out from. Rules of another kind than those that
    are data name no facts. Raises UnknownSituation.
    """
    model = situation(key).facts
    sources = _sources(model)
    named = {path.partition(".")[0] for path, _word in _compared(book, key, sources)}
    read = {field for name in named for field in sources[name]}
    return tuple(name for name in model.model_fields if name in read)


def words_read(book: Book, key: str, path: str) -> tuple[str, ...]:
    """Return the words with which the rules of a book compare a fact, such as "rank" or
    "linked_policies.name": the policy's own, each once."""
    sources = _sources(situation(key).facts)
    alike = {name: fields[0] for name, fields in sources.items() if len(fields) == 1}
    found = [word for at, word in _compared(book, key, sources) if path in (at, alike.get(at))]
    return tuple(dict.fromkeys(word for word in found if isinstance(word, str)))


def duties_of(book: Book, key: str) -> tuple[str, ...]:
    """Return what the rules of a book can oblige people to do in a situation, each once."""
    rules = [bound.settings for bound in book.bound(key) if isinstance(bound.settings, Rule)]
    return tuple(dict.fromkeys(step.oblige.what for rule in rules for step in rule.steps if step.oblige))


def _sources(model: type[Facts]) -> dict[str, tuple[str, ...]]:
    """Return each fact, worked out or not, with the fields that it comes from."""
    worked_out = {
        name: tuple(field for field in one.__code__.co_names if field in model.model_fields)
        for name, one in vars(model).items()
        if not name.startswith("_") and hasattr(one, "ask")
    }
    return {**worked_out, **{name: (name,) for name in model.model_fields}}


def _compared(book: Book, key: str, sources: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each fact that a condition names, by its path, with each word or number it is compared with."""
    for bound in book.bound(key):
        rule = bound.settings
        if not isinstance(rule, Rule):
            continue
        if rule.each:
            yield rule.each, None
        for condition in (rule.when, *(one for step in rule.steps for one in _conditions(step))):
            yield from _in_condition(condition, sources, rule.each or "")
        for step in rule.steps:
            if step.oblige is not None and step.oblige.due in sources:
                yield str(step.oblige.due), None


def _conditions(step: Step) -> Iterator[Any]:
    """Yield what a step names: the condition of its verb, and that of its tension."""
    for verb in VERBS:
        yield step.oblige.where if verb == "oblige" and step.oblige else getattr(step, verb)
    yield step.turns


def _in_condition(written: Any, sources: Mapping[str, Any], at: str) -> Iterator[tuple[str, Any]]:
    if isinstance(written, Mapping):
        for name, value in written.items():
            here = at
            if name.partition(".")[0] in sources:
                here = name
                yield name, None
            elif at and name not in COMPARISONS:
                here = f"{at.partition('.')[0]}.{name}"
            yield from _in_condition(value, sources, here)
    elif isinstance(written, list | tuple):
        for value in written:
            yield from _in_condition(value, sources, at)
    elif at:
        yield at, written
