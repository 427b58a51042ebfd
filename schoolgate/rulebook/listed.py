"""The words that a policy lists for a fact: its rules take one of them and no others.

A rule lists words by needing one of them: `need: {purpose: {any_of: [news, events]}}`. Nothing else is
declared: the rule, written in a file or on a page, is the choice that people are offered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.facts import Facts


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
