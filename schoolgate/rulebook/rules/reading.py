"""How a rule reads a fact, and what it lacks where the fact is not known."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from schoolgate.rulebook.facts import Ask, SoFar
from schoolgate.rulebook.rules.fact_at import FactAt, Scope


class Missing(NamedTuple):
    """Can't tell: the missing fact (a key of messages.NEEDS), its source, and the sentence that asks for it
    where the fact has one of its own."""

    what: str
    source: str
    say: str = ""


class _NoPart:
    """Has every fact, and none is known."""

    def __getattr__(self, name: str) -> None:
        return None


NO_PART = _NoPart()
"""Used for the parts of an unknown list: nothing is known of them."""

NOTHING_KNOWN = Missing("", "")
"""What a condition lacks where not even the list is known; the list itself is asked for then."""


def reader(fact: FactAt) -> Callable[[Any, Any], Any]:
    """Return a function that reads the fact from the facts and the current part. None: not known; where it
    is derived, also what is missing for that."""
    steps, derived, attested = fact.steps, fact.derived, fact.attested
    if is_stored(fact):
        (name,) = steps  # by far the most
        return lambda _facts, item: getattr(item, name)
    work = _worked_out(derived) if derived is not None else None
    if work is not None and not steps:
        return work

    def read(facts: Any, item: Any) -> Any:
        value = item
        for step in steps:
            value = getattr(value, step)
            if value is None:
                return None
        if work is not None:
            return work(facts, value)
        if attested:
            return value.answer if value.of_this_version is True else None
        return value

    return read


def _worked_out(derived: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def read(facts: Any, item: Any) -> Any:
        found = derived(item, facts) if item is not NO_PART else None
        return found if found.__class__ is not Ask else Missing(found.need, found.of, found.say)

    return read


def is_stored(fact: FactAt) -> bool:
    """Whether it is given directly in the facts, or in the current part."""
    return fact.derived is None and not fact.attested and len(fact.steps) == 1


def missing_of(name: str, fact: FactAt, scope: Scope) -> Missing:
    """What a condition answers where this fact is not known."""
    ask = fact.ask or Ask("", "")
    return Missing(ask.need, scope.supplied_by.get(name, ask.of), ask.say)


def only_if_it_stays(said: bool | Missing, written: Any, known: SoFar, missing: Missing) -> bool | Missing:
    """Return the answer of a comparison with a list of which only some is known, where more of it couldn't
    change that answer; else what is missing."""
    ((operator, given),) = written.items()
    stays = _STAYS.get(operator, True)
    if operator == "empty":
        stays = not given
    elif operator == "count":
        stays = "at_least" in given
    return said if said is stays or isinstance(said, Missing) else lacking(known, missing)


_STAYS = {"every": False}
"""The answer that a list keeps, however many more there are; of the other comparisons it is true."""


def lacking(known: SoFar, missing: Missing) -> Missing:
    """Return what has to be known for the rest of a list."""
    return missing if known.lacks is None else Missing(known.lacks.need, known.lacks.of, known.lacks.say)


def fact_reader(
    path: str, scope: Scope, way: tuple[str | int, ...], *, unasked: Literal["no", "also"] = "also"
) -> Callable[[Any, Any], Any]:
    """Return a function that gives a fact of the current part, or else of all, or `Missing`; nothing ("")
    for one that no one is asked for. Raises BadCondition."""
    inside = scope.holder(path) is scope.model
    fact = scope.fact(path, way, unasked=unasked)
    read = reader(fact)
    missing = missing_of(path, fact, scope) if fact.ask is not None else ""

    def value(facts: Any, part: Any) -> Any:
        known = read(facts, part if inside else facts)
        return missing if known is None else known

    return value
