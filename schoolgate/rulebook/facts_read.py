"""Which facts of a situation the rules of a book read: what is worth asking under this policy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.facts import Facts, Part
from schoolgate.rulebook.rules.conditions import COMPARISONS
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.rules.step import VERBS, Step
from schoolgate.rulebook.situations import situation

ANYONE = "anyone"
Sources = Mapping[str, tuple[str, ...]]
"""Each fact of a situation with the stored facts that it comes from."""


def facts_read(book: Book, key: str, relation: str | None = ANYONE) -> frozenset[str]:
    """Return the facts of a situation that the rules of a book read.

    A fact that is worked out counts as itself and as those it is worked out from. `relation`: count only the
    rules that bind such a person; None: only those that bind everyone. Raises UnknownSituation.
    """
    found = book.facts_known.get((key, relation))
    if found is None:
        found = book.facts_known[key, relation] = _facts_read(book, key, relation)
    return found


def _facts_read(book: Book, key: str, relation: str | None) -> frozenset[str]:
    sources = _sources(situation(key).facts)
    rules = [
        rule for rule in book.bound(key) if relation == ANYONE or rule.binds is None or relation in rule.binds
    ]
    named = {name for rule in rules for name, _word in _named(rule, sources)}
    return frozenset(named | {field for name in named for field in sources[name]})


def clauses_reading(book: Book, key: str, fact: str) -> tuple[str, ...]:
    """Return the clauses whose rules read this fact of a situation, in the order of the book."""
    sources = _sources(situation(key).facts)
    found = (
        rule.clauses
        for rule in book.bound(key)
        if any(fact in (name, *sources[name]) for name, _word in _named(rule, sources))
    )
    return tuple(dict.fromkeys(clause for clauses in found for clause in clauses))


def words_read(book: Book, key: str, path: str) -> tuple[str, ...]:
    """Return the words with which the rules of a book compare a fact, such as "rank" or
    "linked_policies.name": the policy's own, each once."""
    sources = _sources(situation(key).facts)
    alike = {name: fields[0] for name, fields in sources.items() if len(fields) == 1}
    compared = (each for rule in book.bound(key) for each in _compared(rule, sources))
    found = [word for at, word in compared if path in (at, alike.get(at))]
    return tuple(dict.fromkeys(word for word in found if isinstance(word, str)))


def compared_in(
    written: Any, model: type[Facts], *, at: str = "", own: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield the paths of the facts that a written condition names. `at`: the list whose parts it judges;
    `own`: names that the rule gives itself, each with the fact that it comes from."""
    sources = {**_sources(model), **dict.fromkeys(own or (), ())}
    for path, _word in _in_condition(written, sources, at):
        yield (own or {}).get(path.partition(".")[0], path)


def stored_behind(model: type[Part], name: str) -> tuple[str, ...]:
    """Return the stored facts that a fact of a situation comes from; itself where it is stored."""
    return _sources(model).get(name, ())


def duties_of(book: Book, key: str) -> tuple[str, ...]:
    """Return what the rules of a book can oblige people to do in a situation, each once."""
    rules = [bound.settings for bound in book.bound(key) if isinstance(bound.settings, Rule)]
    return tuple(dict.fromkeys(step.oblige.what for rule in rules for step in rule.steps if step.oblige))


def _sources(model: type[Part]) -> Sources:
    stored = {name: (name,) for name in model.model_fields}
    worked_out = {
        name: one.__code__.co_names
        for name, one in vars(model).items()
        if not name.startswith("_") and hasattr(one, "ask")
    }

    def behind(name: str, seen: frozenset[str]) -> Iterator[str]:
        for inner in worked_out[name]:
            if inner in stored:
                yield inner
            elif inner in worked_out and inner not in seen:
                yield from behind(inner, seen | {inner})

    return {**{name: tuple(dict.fromkeys(behind(name, frozenset({name})))) for name in worked_out}, **stored}


def _named(rule: CompiledRule, sources: Sources) -> Iterator[tuple[str, Any]]:
    """Yield each fact that a rule names, whatever its kind, with what it is compared with."""
    for path, word in _compared(rule, sources):
        yield path.partition(".")[0], word
    if not isinstance(rule.settings, Rule):
        yield from ((name, None) for name in _names_in(rule.settings.model_dump()) if name in sources)


def _names_in(written: Any) -> Iterator[str]:
    """Yield every word in settings that may be the name of a fact."""
    if isinstance(written, Mapping):
        for name, value in written.items():
            yield str(name).partition(".")[0]
            yield from _names_in(value)
    elif isinstance(written, list | tuple):
        for one in written:
            yield from _names_in(one)
    elif isinstance(written, str):
        yield written.partition(".")[0]


def _compared(bound: CompiledRule, sources: Sources) -> Iterator[tuple[str, Any]]:
    """Yield each fact that the conditions of a rule name, by its path, with what it is compared with."""
    rule = bound.settings
    if not isinstance(rule, Rule):
        return
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


def _in_condition(written: Any, sources: Sources, at: str) -> Iterator[tuple[str, Any]]:
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


# The words that a policy lists for a fact: its rules take one of them and no others.
# A rule lists words by needing one of them: `need: {purpose: {any_of: [news, events]}}`. Nothing else is
# declared: the rule, written in a file or on a page, is the choice that people are offered.


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word of the policy, and what it is in Welsh where the rule says so (`in_welsh`); else empty."""

    word: str
    welsh: str = ""


def listed_words(book: Book, situation: str, name: str, about: Facts) -> tuple[ListedWord, ...]:
    """Return the words that the rules of a situation list for the fact of this name, in the policy's order;
    none where any word will do. `about`: what else is known of the case: a word that a rule then refuses is
    left out, one of which it can't be told yet is not."""
    rules = [one for one in book.bound(situation) if one.control == "rule"]
    listing = {one.id: (one, words) for one in rules if (words := tuple(_listed_by(one, name)))}
    found: dict[str, ListedWord] = {}
    for rule, words in listing.values():
        for word in words:
            facts = type(about)(**{**dict(about), name: word})
            if word not in found and all(_takes(one, facts, name) for one, _words in listing.values()):
                found[word] = ListedWord(word, rule.settings.in_welsh.get(word, ""))
    return tuple(found.values())


def _takes(rule: CompiledRule, facts: Facts, name: str) -> bool:
    """Whether a rule does not ask for another word."""
    return all(need.what != name for said in rule.evaluate(facts) for need in said.needs)


def _listed_by(rule: CompiledRule, name: str) -> Iterator[str]:
    for step in rule.settings.filled.steps:
        if step.need is not None:
            yield from _words_of(step.need, name)


def _words_of(condition: Any, name: str) -> Iterator[str]:
    """Yield the words that a condition takes for a fact, wherever it names it."""
    if isinstance(condition, Mapping):
        for key, value in condition.items():
            if key == name:
                words = value.get("any_of", ()) if isinstance(value, Mapping) else (value,)
                yield from (one for one in words if isinstance(one, str))
            elif key in ("all", "any"):
                yield from _words_of(value, name)
    elif isinstance(condition, list | tuple):
        for one in condition:
            yield from _words_of(one, name)
