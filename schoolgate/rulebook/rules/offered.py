"""What a form can offer for a rule about a situation: its facts and their comparisons, taken from the
declarations that conditions are checked against."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, get_args, get_origin

from schoolgate.rulebook.adviser.leaves import bare_of
from schoolgate.rulebook.facts import Ask, Part
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.fact_at import BadCondition, FactAt, Scope, fact_at, has_fact
from schoolgate.rulebook.rules.readable import readable
from schoolgate.rulebook.rules.tree import Compared
from schoolgate.rulebook.situations import SITUATIONS, situation

Kind = Literal["yes_no", "word", "words", "number", "day", "roles"]
COMPARISONS: Mapping[Kind, tuple[tuple[str, bool], ...]] = {
    "yes_no": (("is", False),),
    "word": (("any_of", False), ("none_of", False), ("known", False)),
    "words": (("includes_any", False), ("includes_any", True), ("empty", False)),
    "number": (("is", False), ("at_least", False), ("at_most", False)),
    "day": (("earlier_than", False), ("later_than", False), ("same_as", False), ("known", False)),
    "roles": (("includes_any", False), ("includes_any", True)),
}
"""The comparisons for a fact of each kind: a word of `conditions.py`, and whether it is under `not`."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A fact that a rule can read and a form can ask about. `choices`: its closed list of words; `ask`: who
    can tell it; `worked_out`: from other facts, so that no one is asked for it; `instant`: a day with its
    hour; `of`: the list of which this is a fact of each part."""

    path: str
    kind: Kind
    ask: Ask | None
    choices: tuple[str, ...] = ()
    worked_out: bool = False
    instant: bool = False
    of: str = ""

    @property
    def place(self) -> str:
        """Its path from the situation, through the list that it belongs to."""
        return f"{self.of}.{self.path}" if self.of else self.path

    @property
    def comparisons(self) -> tuple[tuple[str, bool], ...]:
        """Its comparisons."""
        return COMPARISONS[self.kind]


@cache
def offered(key: str, each: str = "") -> Mapping[str, Offered]:
    """Return the facts that a form can offer for a rule about this situation, by path, in the order of its
    model.

    `each`: a list of the situation whose parts the rule judges one by one: their facts come first. Raises
    UnknownSituation."""
    model = situation(key).facts
    found = _of(model)
    part = _part(model, each) if each else None
    if part is None:
        return found
    outside = {path: one for path, one in found.items() if not has_fact(part, path.partition(".")[0])}
    return {path: replace(one, of=each) for path, one in _of(part).items()} | outside


def lists_in(key: str) -> list[str]:
    """Return the lists of a situation whose parts a rule can judge one by one."""
    model = situation(key).facts
    found = [(name, _part(model, name)) for name in model.model_fields]
    return [name for name, part in found if part is not None and _of(part)]


def _part(model: type[Part], each: str) -> type[Part] | None:
    """What each part of this list is; None where it is no such list."""
    try:
        fact = fact_at(model, each, (), unasked="also")
        return fact.inside(Scope(model, {}, model), ()).model if fact.many else None
    except BadCondition:
        return None


def _of(model: type[Part]) -> dict[str, Offered]:
    found = (
        _one(model, fact.path) for fact in readable(model) if fact.how == "compared" and " " not in fact.path
    )
    return {one.path: one for one in found if one is not None}


def _one(root: type[Part], path: str) -> Offered | None:
    try:
        fact = fact_at(root, path, ())
    except BadCondition:
        return None
    kind, choices = _kind(fact, path)
    if kind is None:
        return None
    instant = kind == "day" and issubclass(bare_of(fact.kind), datetime)
    return Offered(path, kind, fact.ask, choices, fact.derived is not None, instant)


def _kind(fact: FactAt, path: str) -> tuple[Kind | None, tuple[str, ...]]:
    bare = bare_of(fact.kind)
    if get_origin(bare) is Literal:
        return ("words" if fact.many else "word"), tuple(str(one) for one in get_args(bare))
    if bare is str and fact.many and path.rpartition(".")[2] == "roles":
        return "roles", ()
    if fact.many or not isinstance(bare, type):
        return None, ()
    if bare is bool:
        return "yes_no", ()
    if bare is int:
        return "number", ()
    return ("day", ()) if issubclass(bare, date) else (None, ())


def beside(key: str, path: str, each: str = "") -> list[Offered]:
    """Return the facts with which a day can be compared: other days, or other instants."""
    own = offered(key, each)[path]
    days = (one for one in offered(key, each).values() if one.kind == "day" and one.path != path)
    return [one for one in days if one.instant is own.instant]


def shown(key: str, one: Compared, each: str = "") -> Offered | None:
    """Return the fact of this comparison, where a form can show it; None where it can't."""
    found = offered(key, each).get(one.fact)
    if found is None:
        return None
    plain = {
        "word": ("is", "any_of"),
        "words": ("includes", "includes_any"),
        "roles": ("includes", "includes_any"),
    }
    same, usual = plain.get(found.kind, ("", ""))
    compare = usual if one.compare == same else one.compare
    return found if (compare, one.turned) in found.comparisons else None


def checked(key: str, condition: Any, each: str = "") -> None:
    """Refuse a condition that the situation's facts don't allow. Raises BadCondition."""
    facts = situation(key).facts
    part = _part(facts, each) if each else None
    compiled(condition, Scope(part or facts, {}, facts))


def points_of(key: str) -> list[str]:
    """Return the points of a situation at which a policy's own rule can speak."""
    return [point for point, basis in situation(key).points.items() if basis is Basis.POLICY]


def ruled_on() -> list[str]:
    """Return the situations about which a policy can have a rule."""
    return [key for key in SITUATIONS if points_of(key)]
