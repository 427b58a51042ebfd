"""What reached each rule in decisions that were made. Pure; the doors bring the decisions as they were saved.

A rule is known here by its first clause, its point and its kind: what several rules of one clause say at one
point counts together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from schoolgate.rulebook.book import Book, CompiledRule
from schoolgate.rulebook.findings import UNKNOWN
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.packs import Binding
from schoolgate.rulebook.resting import stored_facts

Facts = Mapping[str, Any]


class How(StrEnum):
    """How a rule came out: it decided, it waited for a fact, or it was only shown."""

    DECIDED = "decided"
    WAITED = "waited"
    SHOWN = "shown"


class Came(NamedTuple):
    """One rule in one decision. `missing`: what it waited for, keys of messages.NEEDS; `facts`: which of the
    stored facts that it turns on were known."""

    rule: str
    how: How
    missing: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(slots=True)
class Asking:
    """How often a rule came out in which way. `told`: how many of these were answers to a person who asked,
    with nothing done. `first` and `last`: the weeks, by their Mondays."""

    decided: int = 0
    waited: int = 0
    shown: int = 0
    told: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    first: date | None = None
    last: date | None = None

    @property
    def reached(self) -> int:
        """In how many decisions the rule had every fact that it needed."""
        return self.decided + self.shown

    @property
    def only_told(self) -> bool:
        """Whether it was answered to people who asked, and never otherwise."""
        return 0 < self.told == self.reached + self.waited

    @property
    def waits_for(self) -> str | None:
        """Return the fact that it waited for most often."""
        return min(self.missing, key=lambda need: (-self.missing[need], need), default=None)

    def came(self, one: Came, week: date, *, told: bool) -> None:
        """Count one more decision."""
        more = Asking(
            told=int(told), facts=Counter(one.facts), missing=Counter(one.missing), first=week, last=week
        )
        setattr(more, one.how, 1)
        self.add(more)

    def add(self, other: "Asking") -> None:
        """Take in what was counted elsewhere."""
        self.decided += other.decided
        self.waited += other.waited
        self.shown += other.shown
        self.told += other.told
        self.facts.update(other.facts)
        self.missing.update(other.missing)
        self.first = min((one for one in (self.first, other.first) if one is not None), default=None)
        self.last = max((one for one in (self.last, other.last) if one is not None), default=None)

    def to_json(self) -> dict[str, Any]:
        """Return it as it is printed, without what is not there."""
        return {
            "decided": self.decided,
            "waited": self.waited,
            "shown": self.shown,
            "only_told": self.only_told,
            "waits_for": self.waits_for,
            "facts": dict(sorted(self.facts.items())),
            "missing": dict(sorted(self.missing.items())),
            "first_week": self.first and self.first.isoformat(),
            "last_week": self.last and self.last.isoformat(),
        }


def name_of(rule: Binding | CompiledRule) -> str:
    """Return the name under which a rule is counted."""
    return _name(rule.clauses[0], rule.point, rule.control)


def stored_by_rule(book: Book, situation: str) -> Mapping[str, tuple[str, ...]]:
    """Return the stored facts that each rule of a situation turns on, by the rule's name. Raises
    UnknownSituation."""
    found: dict[str, dict[str, None]] = {}
    for rule in book.bound(situation):
        found.setdefault(name_of(rule), {}).update(dict.fromkeys(stored_facts(rule, situation)))
    return {name: tuple(facts) for name, facts in found.items()}


def came_out(
    body: Mapping[str, Any], turns_on: Mapping[str, Sequence[str]], facts: Facts | None = None
) -> Iterator[Came]:
    """Yield each rule that spoke in a saved decision. `turns_on`: `stored_by_rule` of its book and situation;
    `facts`: those it was given as they were saved, None where they were erased.

    A rule whose words leave a case out decided it. One that speaks of several things waited if it waited for
    a fact of any of them."""
    said: dict[str, list[Mapping[str, Any]]] = {}
    for one in body["findings"]:
        said.setdefault(_name(one["clauses"][0], one["point"], one["control"]), []).append(one)
    left_out = {*body.get("excluded_by", ())}
    for name in (*said, *(name for name in turns_on if name not in said and _clause(name) in left_out)):
        told = said.get(name, ())
        waiting = [one for one in told if _waits(one)]
        how = How.WAITED if waiting else How.DECIDED
        if told and all(one["kind"] == Kind.ADVISES for one in told):
            how = How.SHOWN
        known = tuple(one for one in turns_on.get(name, ()) if facts and facts.get(one) is not None)
        yield Came(name, how, tuple(dict.fromkeys(_missing(waiting))), known)


def _name(clause: str, point: str, control: str) -> str:
    return f"{clause}@{point}/{control}"


def _clause(name: str) -> str:
    return name.partition("@")[0]


def _waits(finding: Mapping[str, Any]) -> bool:
    """Whether it only says that a fact is missing; with a sentence of its own it is the rule's demand."""
    return bool(finding["kind"] == Kind.REQUIRES and finding["key"] == UNKNOWN)


def _missing(waiting: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for one in waiting:
        yield from (need["what"] for need in one["needs"])
