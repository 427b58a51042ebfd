"""What a form can offer for a rule about a situation, and how it reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import AwareDatetime

from schoolgate.rulebook.adviser.leaves import bare_of
from schoolgate.rulebook.facts import Ask, Attested, Facts, Part
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.kinds import Basis
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.reading import (
    JUDGED,
    BadCondition,
    FactAt,
    Scope,
    fact_at,
    has_fact,
    kind_of,
    types_in,
    words_listed,
    words_of,
)
from schoolgate.rulebook.rules.tree import Compared
from schoolgate.rulebook.situations import SITUATIONS, situation

# What a rule can read of a situation's facts, listed so that rule authors find the words.


DEEPEST = 3
"""Parts of parts that are listed."""
PLAIN = {
    bool: "true or false",
    int: "a number",
    str: "text",
    date: "a day",
    AwareDatetime: "a time",
    Due: "by when",
}
"""How a type of values is called."""
OF_THE_ENGINE = frozenset(Facts.model_fields)
"""Facts that every situation has and that the engine reads."""


class Readable(NamedTuple):
    """A fact by its path (of a part of a list after "each"), what it can be, how a rule reads it (compared,
    only asked whether it is stated, or not at all), and who is asked where it is not known."""

    path: str
    values: str
    how: str
    ask: Ask | None


def readable(model: type[Part]) -> Iterator[Readable]:
    """Yield every fact of a model, worked out ones included, in the order of their declaration."""
    yield from _of(model, model, "", "", 0)


def _of(holder: type[Part], model: type[Part], way: str, before: str, deep: int) -> Iterator[Readable]:
    """Yield the facts of a model: `way` leads to it from what holds it, the situation or the part of a
    list."""
    worked_out = [name for name in dir(model) if isinstance(getattr(getattr(model, name), "ask", None), Ask)]
    for name in (*model.model_fields, *worked_out):
        if not deep and issubclass(model, Facts) and name in OF_THE_ENGINE:
            continue
        fact, how = _read(holder, way + name)
        field = model.model_fields.get(name)
        kind, many = kind_of(field.annotation) if field is not None else (None, False)
        parts = kind if isinstance(kind, type) and issubclass(kind, Part) and kind is not Attested else None
        if parts is None or many:
            values, ask = (_values(fact), fact.ask) if fact is not None else ("", None)
            yield Readable(before + name, values, how, ask)
        if parts is None or deep == DEEPEST:
            continue
        if not many:
            yield from _of(holder, parts, f"{way}{name}.", f"{before}{name}.", deep + 1)
        elif how == "compared":
            yield from _of(parts, parts, "", f"{before}{name} each ", deep + 1)


def _read(holder: type[Part], path: str) -> tuple[FactAt | None, str]:
    """Return the fact and how it is read; nothing where no rule can."""
    try:
        return fact_at(holder, path, ()), "compared"
    except BadCondition:
        pass
    try:
        return fact_at(holder, path, (), unasked="only"), "stated"
    except BadCondition:
        return None, "no"


def _values(fact: FactAt) -> str:
    words = [str(word) for word in words_of(fact.kind)]
    if words:
        named = " | ".join(words)
    elif isinstance(fact.kind, type) and issubclass(fact.kind, Part):
        named = "parts"
    else:
        named = next((says for kind, says in PLAIN.items() if kind in types_in(fact.kind)), "text")
    return f"list of {named}" if fact.many else named


# What a form can offer for a rule about a situation: its facts and their comparisons, taken from the
# declarations that conditions are checked against.


Kind = Literal[
    "yes_no", "word", "words", "number", "day", "roles", "text", "texts", "list", "thing", "choice"
]
COMPARISONS: Mapping[Kind, tuple[str, ...]] = {
    "yes_no": ("is", "known"),
    "word": ("any_of", "none_of", "known"),
    "words": ("includes_any", "not includes_any", "empty", "empty no", "known"),
    "number": ("any_of", "at_least", "at_most", "same_as", "less_than", "more_than", "known"),
    "day": (
        "earlier_than", "not earlier_than", "later_than", "not later_than", "same_as", "over", "not over",
        "known",
    ),
    "roles": ("includes_any", "not includes_any", "empty", "empty no", "known"),
    "text": ("any_of", "none_of", "mentions", "same_as", "known"),
    "texts": ("includes_any", "not includes_any", "empty", "empty no", "known"),
    "list": (
        "some", "not some", "every", "count at_least", "count at_most", "empty", "empty no", "known",
    ),
    "thing": ("known",),
    "choice": ("is",),
}  # fmt: skip
"""The comparisons for a fact of each kind: a word of `conditions.py`, after "not" where it is under one,
before "no" where it is false, `count` with its limit."""
STATED = ("stated", "stated no", "stated_as", "not stated_as")
"""The comparisons for a fact that no one is asked for."""
BESIDE = frozenset({"same_as", "earlier_than", "later_than", "less_than", "more_than"})
"""Comparisons with another fact."""
ALIKE = {"is": "any_of", "includes": "includes_any"}
"""A comparison with one value, and the same with a list of them."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A fact that a rule can read and a form can ask about. `choices`: its closed list of words; `ask`: who
    can tell it; `worked_out`: from other facts, so that no one is asked for it; `instant`: a day with its
    hour; `of`: the lists of whose parts this is a fact, the outermost first; `stated`: that no one is asked
    for it, so that a rule reads only whether it is stated; `label`: what its own declaration calls it."""

    path: str
    kind: Kind
    ask: Ask | None
    choices: tuple[str, ...] = ()
    worked_out: bool = False
    instant: bool = False
    of: tuple[str, ...] = ()
    stated: bool = False
    label: str = ""

    @property
    def place(self) -> str:
        """Its path from the situation, through the lists that it belongs to."""
        return ".".join((*self.of, self.path))

    @property
    def comparisons(self) -> tuple[str, ...]:
        """Its comparisons."""
        if self.stated:
            return STATED[:2] if self.kind in ("words", "roles", "texts", "list", "thing") else STATED
        return COMPARISONS[self.kind]


@dataclass(frozen=True)
class Subject:
    """What a condition speaks of: a situation, or the parts of the lists `within` it. `numbers`: those that
    its rule names."""

    situation: str
    scope: Scope = field(compare=False, repr=False)
    within: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def inside(self, name: str) -> "Subject":
        """Return the same for the parts of this list; itself where there is no such list."""
        try:
            scope = self.scope.fact(name, (), unasked="also").inside(self.scope, ())
        except BadCondition:
            return self
        return replace(self, scope=scope, within=(*self.within, name))

    def inside_all(self, names: Iterable[str]) -> "Subject":
        """Return the same for the parts of lists, each in a part of the one before."""
        here = self
        for name in names:
            here = here.inside(name)
        return here

    @cached_property
    def facts(self) -> Mapping[str, Offered]:
        """The facts that a condition can name, by path; those of the current part first."""
        model, root = self.scope.model, self.scope.root
        named = {name: _one(self.scope, name) for name in self.scope.named}
        found = {name: one for name, one in named.items() if one is not None}
        if model is not root:
            found |= {path: replace(one, of=self.within) for path, one in _facts_of(model).items()}
        for path, one in _facts_of(root).items():
            if model is root or not has_fact(model, path.partition(".")[0]):
                found.setdefault(path, one)
        if self.scope.tension is not None:
            found["ruled"] = Offered("ruled", "choice", None, ("allows", "refuses"))
        if self.numbers:
            found["number"] = Offered("number", "choice", None, self.numbers)
        return found

    def beside(self, fact: Offered) -> list[Offered]:
        """Return the facts of the situation with which a fact can be compared: days with days, times with
        times."""
        whole = _facts_of(self.scope.root)
        return [
            one
            for one in whole.values()
            if (one.kind, one.instant, one.stated) == (fact.kind, fact.instant, False)
            and one.place != fact.place
        ]

    def apart(self, fact: Offered) -> list[str]:
        """Return the facts by which parts of this list can be told apart."""
        inside = self.inside(fact.path)
        if inside is self:
            return []
        return [
            path
            for path, one in inside.facts.items()
            if one.of == inside.within and not one.stated and one.kind in ("word", "text", "number", "day")
        ]

    def shown(self, one: Compared) -> Offered | None:
        """Return the fact of this comparison, where a form can show it; None where it can't."""
        found = self.facts.get(one.fact)
        return found if found is not None and option_of(one, found) in found.comparisons else None


def option_of(one: Compared, fact: Offered) -> str:
    """Return the comparison as COMPARISONS names it. Where it lists none under `not`, the plain one."""
    compare = one.compare
    if compare in ALIKE and ALIKE[compare] in fact.comparisons:
        compare = ALIKE[compare]
    if compare == "count":
        compare += f" {min({*one.value} - {'of', 'different'}, default='')}"
    elif one.value is False and compare in ("empty", "stated"):
        compare += " no"
    turned = f"not {compare}"
    return turned if one.turned and turned in fact.comparisons else compare


def about(key: str, *within: str) -> Subject:
    """Return what a condition on this situation speaks of, or on parts of its lists. Raises
    UnknownSituation."""
    return _whole(key).inside_all(within)


@cache
def _whole(key: str) -> Subject:
    model = situation(key).facts
    return Subject(key, Scope(model, {}, model))


def lists_in(key: str) -> list[str]:
    """Return the lists of a situation whose parts a rule can judge one by one."""
    return [one.path for one in about(key).facts.values() if one.kind == "list" and "." not in one.path]


@cache
def _facts_of(model: type[Part]) -> dict[str, Offered]:
    paths = [fact.path for fact in readable(model) if fact.how != "no" and " " not in fact.path]
    judged = JUDGED if issubclass(model, Facts) else ()
    own = [name for name in model.model_fields if name not in OF_THE_ENGINE or not judged]
    own += [path.rpartition(".")[0] for path in paths if "." in path]
    found = (_one(Scope(model, {}, model), path) for path in dict.fromkeys((*paths, *own, *judged)))
    return {one.path: one for one in found if one is not None}


def _one(scope: Scope, path: str) -> Offered | None:
    try:
        fact, stated = scope.fact(path, ()), False
    except BadCondition:
        try:
            fact, stated = scope.fact(path, (), unasked="only"), True
        except BadCondition:
            return None
    kind, choices = _kind(fact, path)
    instant = kind == "day" and not {datetime, AwareDatetime}.isdisjoint(types_in(fact.kind))
    worked_out = fact.derived is not None
    return Offered(path, kind, fact.ask, choices, worked_out, instant, stated=stated, label=fact.label)


def _kind(fact: FactAt, path: str) -> tuple[Kind, tuple[str, ...]]:
    bare = bare_of(fact.kind)
    if get_origin(bare) is Literal:
        return ("words" if fact.many else "word"), tuple(str(one) for one in get_args(bare))
    types = {*types_in(bare)}
    if any(issubclass(one, Part) for one in types):
        return ("list" if fact.many else "thing"), ()
    if fact.many and (listed := words_listed(fact.kind)):
        return "words", listed
    if fact.many:
        return ("roles" if str in types and path.rpartition(".")[2] == "roles" else "texts"), ()
    if bool in types:
        return "yes_no", ()
    if int in types:
        return "number", ()
    listed = words_listed(fact.kind)
    if listed:
        return "word", listed
    return ("day" if not types.isdisjoint((date, datetime, AwareDatetime)) else "text"), ()


def checked(key: str, condition: Any, *within: str) -> None:
    """Refuse a condition that the situation's facts don't allow. Raises BadCondition."""
    compiled(condition, about(key, *within).scope)


def points_of(key: str) -> list[str]:
    """Return the points of a situation at which a policy's own rule can speak."""
    return [point for point, basis in situation(key).points.items() if basis is Basis.POLICY]


def ruled_on() -> list[str]:
    """Return the situations about which a policy can have a rule."""
    return [key for key in SITUATIONS if points_of(key)]
