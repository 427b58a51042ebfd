"""Formulas, and values that depend on them. A fact is one variable with a few values; a formula says which of
them it has."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Formula = int
"""The number of a node: all of some others hold, or one fact has one value. Its negative is its opposite."""
TRUE, FALSE = 1, -1
Value = TypeVar("Value", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)


class Nodes:
    """Every formula that was made, each once, so that alike ones are the same number."""

    def __init__(self) -> None:
        self.parts: list[frozenset[Formula] | str | None] = [None, None]
        self._made: dict[frozenset[Formula] | str, Formula] = {}

    def node(self, parts: frozenset[Formula] | str) -> Formula:
        """Return the formula with these parts, or of this name."""
        found = self._made.get(parts)
        if found is None:
            found = self._made[parts] = len(self.parts)
            self.parts.append(parts)
        return found


NODES = Nodes()


def both(*parts: Formula) -> Formula:
    """Return that all of these hold."""
    kept = set(parts)
    kept.discard(TRUE)
    if FALSE in kept or any(-one in kept for one in kept):
        return FALSE
    if len(kept) < 2:
        return kept.pop() if kept else TRUE
    return NODES.node(frozenset(kept))


def either(*parts: Formula) -> Formula:
    """Return that one of these holds."""
    return -both(*(-one for one in parts))


def no(one: Formula) -> Formula:
    """Return that it doesn't hold."""
    return -one


class Guarded(Generic[Value]):
    """A value that depends on the facts: each possible value with the formula under which it is the one."""

    __slots__ = ("cases",)

    def __init__(self, cases: Iterable[tuple[Value, Formula]]) -> None:
        found: dict[Value, list[Formula]] = {}
        for value, when in cases:
            if when != FALSE:
                found.setdefault(value, []).append(when)
        self.cases: Mapping[Value, Formula] = {value: either(*some) for value, some in found.items()}

    @classmethod
    def always(cls, value: Value) -> "Guarded[Value]":
        """Return what doesn't depend on anything."""
        return cls([(value, TRUE)])

    def __iter__(self) -> Iterator[tuple[Value, Formula]]:
        return iter(self.cases.items())

    def when(self, wanted: Callable[[Value], bool]) -> Formula:
        """Return under which formula the value is such a one."""
        return either(*(when for value, when in self if wanted(value)))

    def mapped(self, change: Callable[[Value], Other]) -> "Guarded[Other]":
        """Return the same with each value changed."""
        return Guarded((change(value), when) for value, when in self)

    @property
    def mark(self) -> frozenset[tuple[Value, int]]:
        """Return what tells whether two are the same."""
        return frozenset(self.cases.items())


@dataclass
class Variables:
    """The facts that were read so far, each with its possible values by their place. `nothing`: the place of
    the value that says nothing, where there is one; `most`: how many words a list of words has. `prefix`
    tells two copies of all facts apart."""

    prefix: str = ""
    values: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    nothing: dict[str, int] = field(default_factory=dict)
    atoms: dict[str, list[Formula]] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)

    def declare(self, path: str, values: tuple[Any, ...], nothing: int | None) -> None:
        """Note a fact."""
        if path in self.values:
            return
        self.values[path] = values
        self.atoms[path] = [NODES.node(f"{self.prefix}{path}={place}") for place in range(len(values))]
        if nothing is not None:
            self.nothing[path] = nothing

    def among(self, path: str, places: Iterable[int]) -> Formula:
        """Return that this fact has one of the values at these places."""
        atoms, wanted = self.atoms[path], set(places)
        if len(wanted) > len(atoms) // 2:
            return both(*(no(one) for place, one in enumerate(atoms) if place not in wanted))
        return either(*(atoms[place] for place in sorted(wanted)))

    def copy(self, prefix: str) -> "Variables":
        """Return the same facts once more, under names of their own."""
        copied = Variables(prefix, most=self.most)
        for path, values in self.values.items():
            copied.declare(path, values, self.nothing.get(path))
        return copied


def renamed(formulas: Iterable[Formula], one: Variables, other: Variables) -> list[Formula]:
    """Return formulas of some facts as formulas of a copy of them."""
    made = {TRUE: TRUE}
    for path, atoms in one.atoms.items():
        made |= dict(zip(atoms, other.atoms[path], strict=True))
    found = []
    for formula in formulas:
        waiting = [abs(formula)]
        while waiting:  # without recursion: formulas are deep
            node = waiting[-1]
            parts = NODES.parts[node]
            if node in made or not isinstance(parts, frozenset):
                waiting.pop()
            elif lacking := [abs(part) for part in parts if abs(part) not in made]:
                waiting += lacking
            else:
                made[node] = both(*(made[abs(part)] * (1 if part > 0 else -1) for part in parts))
        found.append(made[abs(formula)] * (1 if formula > 0 else -1))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of a condition: under which formulas it is yes, no, or not known; `asks`: not known, of a
    fact whose question has a sentence of its own."""

    yes: Formula
    no: Formula
    unknown: Formula = FALSE
    asks: Formula = FALSE

    @property
    def turned(self) -> "Told":
        """The opposite."""
        return Told(self.no, self.yes, self.unknown, self.asks)


YES, NO = Told(TRUE, FALSE), Told(FALSE, TRUE)


def all_told(answers: Iterable[Told]) -> Told:
    """Return the answer of `all`: no where one is no; else what the first lacks that isn't known."""
    said = YES
    for one in answers:
        said = Told(
            both(said.yes, one.yes),
            either(said.no, one.no),
            both(no(one.no), either(said.unknown, both(said.yes, one.unknown))),
            both(no(one.no), either(said.asks, both(said.yes, one.asks))),
        )
    return said


def any_told(answers: Iterable[Told]) -> Told:
    """Return the answer of `any`: yes where one is yes."""
    return all_told(one.turned for one in answers).turned
