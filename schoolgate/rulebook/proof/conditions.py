"""Conditions as formulas: what is put together part by part, each comparison by asking the engine's own
compiled test for every value of the facts that it reads."""

from collections.abc import Callable, Mapping
from typing import Any

from schoolgate.rulebook.facts import Facts, Part
from schoolgate.rulebook.proof.choosing import NOT_THERE, Reading, at_path, path_of, slot, there
from schoolgate.rulebook.proof.formulas import (
    FALSE,
    NO,
    YES,
    Guarded,
    Told,
    all_told,
    any_told,
    both,
    either,
    no,
)
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.fact_at import FactAt, Scope
from schoolgate.rulebook.rules.reading import NO_PART, Missing, fact_reader

Item = Callable[[Any], Any]
"""Gives the part of the facts of which a condition speaks."""
SOME_OF = frozenset({"some", "every"})


class Comparisons:
    """The answers of single comparisons in one situation, each worked out once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.model: type[Facts] = reading.vocabulary.model
        self._told: dict[Any, tuple[Told, set[str]]] = {}
        self._paths: dict[Any, tuple[Guarded[str | None], set[str]]] = {}

    def of_entry(self, written: Mapping[str, Any], scope: Scope, item: Item) -> Told:
        """Return the answer of one comparison; of rules that name no values of their own only once."""
        if scope.named or scope.tension:
            return self.told(compiled(written, scope), item)
        key = (repr(written), scope.model, getattr(item, "at", item))
        if key not in self._told:
            before, self.reading.read = self.reading.read, set()
            told = self.told(compiled(written, scope), item)
            self._told[key] = told, self.reading.read
            self.reading.read |= before
        told, read = self._told[key]
        self.reading.read |= read
        return told

    def paths_of(self, item: Item, name: str, place: int) -> Guarded[str | None]:
        """Return where the part at this place of a list is stored; None where it is made anew."""
        key = ("paths", name, place)
        if key not in self._paths:
            before, self.reading.read = self.reading.read, set()
            found = self.reading.of(lambda facts: _stored(item(facts)))
            self._paths[key] = found, self.reading.read
            self.reading.read |= before
        found, read = self._paths[key]
        self.reading.read |= read
        return found

    def told(self, test: Callable[[Any, Any], Any], item: Item) -> Told:
        """Return the answer of a test of the engine as formulas."""

        def answer(facts: Any) -> Any:
            part = item(facts)
            if part is NOT_THERE:
                return NOT_THERE
            try:
                said = test(facts, part)
            except (TypeError, LookupError):
                if _is_there(item, facts):
                    raise
                return NOT_THERE
            return said if said is True or said is False else "asks" if said.say else "unknown"

        cases = self.reading.of(answer).cases
        return Told(*(cases.get(one, FALSE) for one in (True, False, "unknown", "asks")))


class Conditions:
    """The translation of written conditions."""

    def __init__(self, comparisons: Comparisons) -> None:
        self.comparisons = comparisons

    def condition(self, written: Any, scope: Scope, item: Item) -> Told:
        """Return the answer of a condition on the part of the facts that `item` gives. Raises NotFollowed."""
        if written is True or written is False:
            return YES if written else NO
        if not isinstance(written, Mapping):
            return self.comparisons.told(compiled(written, scope), item)
        return all_told(self._entry(str(name), value, scope, item) for name, value in written.items())

    def _entry(self, name: str, value: Any, scope: Scope, item: Item) -> Told:
        if name in ("all", "any"):
            parts = [self.condition(one, scope, item) for one in value]
            return all_told(parts) if name == "all" else any_told(parts)
        if name == "not":
            return self.condition(value, scope, item).turned
        if isinstance(value, Mapping) and len(value) == 1 and not SOME_OF.isdisjoint(value):
            ((how, inner),) = value.items()
            turned = {"not": inner} if how == "every" else inner
            found = self._some(name, turned, scope, item)
            if found is not None:
                return found.turned if how == "every" else found
        return self.comparisons.of_entry({name: value}, scope, item)

    def _some(self, name: str, inner: Any, scope: Scope, item: Item) -> Told | None:
        """Return whether a condition holds of some part of a stored list of the situation; None of others."""
        if name in scope.named or scope.holder(name) is not self.comparisons.model:
            return None
        fact = scope.fact(name, ("some",))
        if fact.derived is not None:
            return None
        whole = scope.whole
        read = fact_reader(name, whole, ("some",), unasked="no")
        lengths = self.comparisons.reading.of(lambda facts: length_of(read(facts, facts)))
        known = Guarded((length, when) for length, when in lengths if isinstance(length, int))
        found = [
            Told(
                FALSE,
                both(-lengths.cases.get("unknown", FALSE), -lengths.cases.get("asks", FALSE)),
                lengths.cases.get("unknown", FALSE),
                lengths.cases.get("asks", FALSE),
            )
        ]
        for place in range(max((length for length, _ in known), default=0)):
            here = there(known, place)
            told = self.condition(inner, fact.inside(whole, ("some",)), part_of(fact, read, name, place))
            found.append(
                Told(
                    both(here, told.yes),
                    either(no(here), told.no),
                    both(here, told.unknown),
                    both(here, told.asks),
                )
            )
        del item
        return any_told(found)


def itself(facts: Any) -> Any:
    """Return the facts of the whole situation."""
    return facts


def _is_there(item: Item, facts: Any) -> bool:
    """Whether the list of the part that is judged is so long; code that reads the list may count on it."""
    way = getattr(item, "at", None)
    if not isinstance(way, tuple) or not isinstance(way[0], tuple):
        return True
    steps, place = way
    for step in steps:
        facts = getattr(facts, step)
        if facts is None:
            return False
    return bool(len(facts) > place)


def _stored(part: Any) -> Any:
    return NOT_THERE if part is NOT_THERE else path_of(part)


def stored_at(path: str) -> Item:
    """Return a function that gives the stored part at this path."""

    def found(facts: Any) -> Any:
        return at_path(facts, path)

    found.at = path  # type: ignore[attr-defined]
    return found


def no_part(_facts: Any) -> Any:
    """Return the part of a list of which nothing is known."""
    return NO_PART


def length_of(parts: Any) -> Any:
    """Return how long a list is, or that it isn't known."""
    if isinstance(parts, Missing):
        return "asks" if parts.say else "unknown"
    return len(parts)


def part_of(fact: FactAt | None, read: Callable[[Any, Any], Any], name: str, place: int) -> Item:
    """Return a function that gives the part at this place of a list; of a stored one without its length."""
    if fact is None or fact.derived is not None:

        def found(facts: Any) -> Any:
            parts = read(facts, facts)
            return parts[place] if not isinstance(parts, Missing) and len(parts) > place else NOT_THERE

        found.at = (name, place)  # type: ignore[attr-defined]
        return found
    *way, last = fact.steps
    kind: type[Part] = fact.kind

    def stored(facts: Any) -> Any:
        for step in way:
            facts = getattr(facts, step)
            if facts is None:
                return NOT_THERE
        return slot(facts, last, kind, place)

    stored.at = (fact.steps, place)  # type: ignore[attr-defined]
    return stored
