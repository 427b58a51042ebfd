"""How a rule reads facts: where they are, what it compares them with, and what “not known” does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from schoolgate.rulebook.clauses import Tension
from schoolgate.rulebook.facts import Ask, Attested, Facts, OneOf, Part, SoFar
from schoolgate.rulebook.named_times import is_a_time, last_day

# The facts that a rule may name: found by their path among a situation's declared facts, with their type
# and who can tell them.


class BadCondition(Exception):
    """`way`: the path to the error. `why`: the error, and what would be right."""

    def __init__(self, way: tuple[str | int, ...], why: str) -> None:
        super().__init__(why)
        self.way, self.why = way, why


@dataclass(frozen=True)
class Scope:
    """The facts a condition may use: of the situation (`root`), and of the current part.

    `supplied_by`: who is asked for a fact instead of the one declared. `tension`: what the rule's words
    leave open, so that conditions may speak of a ruling. `named`: what the rule itself gives a name."""

    model: type[Part]
    supplied_by: Mapping[str, str]
    root: type[Part]
    tension: Tension | None = None
    named: Mapping[str, "FactAt"] = field(default_factory=dict)

    def holder(self, path: str) -> type[Part]:
        """Return what has the fact at this path: the current part, or else the situation."""
        if self.model is self.root or path in self.named or is_a_time(path):
            return self.root
        first = path.partition(".")[0]
        return self.root if not has_fact(self.model, first) and has_fact(self.root, first) else self.model

    def fact(
        self, path: str, way: tuple[str | int, ...], *, unasked: Literal["no", "also", "only"] = "no"
    ) -> "FactAt":
        """Return the fact at this path, what the rule calls so, or the last day of a time that is written
        out. Raises BadCondition. `unasked`: as in `fact_at`."""
        if path in self.named:
            return self.named[path]
        return _written_out(path) or fact_at(self.holder(path), path, way, unasked=unasked)

    @property
    def whole(self) -> "Scope":
        """The same without a current part."""
        return self if self.model is self.root else replace(self, model=self.root)


@dataclass(frozen=True)
class FactAt:
    """A declared fact. `steps`: the attributes on the way to it; `derived`: the function that works it out;
    `kind`: the type of one value; `many`: whether it is a list of them; `ask`: who can tell, if anyone;
    `attested`: whether it is a person's answer, which counts only for what they saw; `label`: what its own
    declaration calls it."""

    steps: tuple[str, ...]
    derived: Callable[[Any, Any], Any] | None
    kind: Any
    many: bool
    ask: Ask | None
    attested: bool = False
    label: str = ""

    def word(self, value: Any, way: tuple[str | int, ...]) -> Any:
        """Return the value, if this fact can have it."""
        if value.__class__ is str and get_origin(self.kind) is Literal and value in get_args(self.kind):
            return value  # by far the most
        try:
            return _adapter(self.kind).validate_python(value, strict=not isinstance(value, str))
        except ValidationError:
            known = [str(one) for one in words_of(self.kind)]
            raise BadCondition(
                way, nearest(str(value), known) if known else f"{value!r} is no such value"
            ) from None

    def words(self, values: Any, way: tuple[str | int, ...]) -> list[Any]:
        """Return the values, if this fact can have each of them."""
        if not isinstance(values, list | tuple) or not values:
            raise BadCondition(way, "a list of values")
        return [self.word(value, (*way, place)) for place, value in enumerate(values)]

    def inside(self, scope: Scope, way: tuple[str | int, ...]) -> Scope:
        """Return the scope of one part of this list."""
        if not (isinstance(self.kind, type) and issubclass(self.kind, Part)):
            raise BadCondition(way, "a list of words has no parts: say includes")
        return replace(scope, model=self.kind)


def _written_out(words: str) -> FactAt | None:
    """Return the last day of "2023-05-17", "2023-05" or "autumn 2024", as a fact that is always known."""
    if not is_a_time(words):
        return None
    day = last_day(words)
    return FactAt((), lambda _item, _facts: day, date, False, None)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """What tells whether a value is of this kind; making one takes long."""
    return TypeAdapter(kind)


def has_fact(model: type[Part], name: str) -> bool:
    """Whether a part has a fact of this name, stored or worked out."""
    return name in model.model_fields or hasattr(model, name)


FEW = 12
"""The number of words that are always listed."""
MOST_NAMED = 20
"""How many words are listed where none is near."""
JUDGED = {
    "day": FactAt(("day",), None, date, False, Ask("day", "office")),
    "now": FactAt(
        ("now",),
        None,
        AwareDatetime,
        False,
        Ask("day", "office"),
        label=Facts.model_fields["now"].description or "",
    ),
}
"""Every situation's own day and time: those that are judged."""


@cache
def _fields(model: type[Part]) -> Mapping[str, tuple[Any, Ask | None, str]]:
    """Name -> annotation, who can tell, and label, of the stored facts of a model."""
    return {
        name: (
            field.annotation,
            next((one for one in field.metadata if isinstance(one, Ask)), None),
            field.description or "",
        )
        for name, field in model.model_fields.items()
    }


def fact_at(
    model: type[Part], path: str, way: tuple[str | int, ...], *, unasked: Literal["no", "also", "only"] = "no"
) -> FactAt:
    """Return the fact at a dotted path. Raises BadCondition with the nearest names where there is none.
    `unasked`: whether it may be one that no one is asked for, or has to be."""
    try:
        return _found(model, path, unasked)
    except BadCondition as bad:
        raise BadCondition(way, bad.why) from None


@cache
def _found(model: type[Part], path: str, unasked: Literal["no", "also", "only"]) -> FactAt:
    """Return the same, cached: many rules read the same fact."""
    if path in JUDGED and issubclass(model, Facts):
        return JUDGED[path]
    here, steps, kind, many, ask = model, tuple(path.split(".")), None, False, None
    unsure, label = False, ""
    for place, step in enumerate(steps):
        worked_out = getattr(here, step, None)
        told = getattr(worked_out, "ask", None)
        if isinstance(told, Ask):
            if place + 1 < len(steps):
                raise BadCondition((), f"{step} is worked out and has no parts")
            given, several = kind_of(get_type_hints(worked_out, include_extras=True)["return"])
            return FactAt(steps[:-1], worked_out, given, several, told, label=told.label or told.phrase)
        fields = _fields(here)
        if step not in fields:
            names = [
                *fields,
                *(name for name in dir(here) if isinstance(getattr(getattr(here, name), "ask", None), Ask)),
            ]
            inside = [name for name in _inside(here) if name.endswith(f".{step}")]
            meant = f"did you mean {', '.join(inside)}?" if inside else nearest(step, names)
            raise BadCondition((), f"no fact {path}; {meant}")
        annotation, declared, label = fields[step]
        kind, many = kind_of(annotation)
        ask, unsure = declared or ask, unsure or _optional(annotation)
        if place + 1 < len(steps):
            if many or not (isinstance(kind, type) and issubclass(kind, Part)):
                raise BadCondition((), f"{step} has no parts")
            here = kind
    if unasked == "only" and (ask is not None or not unsure):
        raise BadCondition((), f"{path} is known or asked for: compare it")
    if ask is None and unsure and unasked == "no":
        if isinstance(kind, type) and issubclass(kind, Part) and not many and kind is not Attested:
            raise BadCondition((), f"{path} has parts; name one of {', '.join(_inside(model, path))}")
        why = "its declaration does not say who can tell: say stated, or read another fact"
        raise BadCondition((), f"{path} may be unknown, and {why}")
    attested = kind is Attested
    return FactAt(steps, None, bool if attested else kind, many, ask, attested, label)


def _inside(model: type[Part], path: str = "") -> list[str]:
    """Return the paths of the facts one step inside the parts of a model, or inside the part at a path."""
    found = []
    for name, (annotation, *_) in _fields(model).items():
        kind, many = kind_of(annotation)
        if not many and isinstance(kind, type) and issubclass(kind, Part) and kind is not Attested:
            found += [f"{name}.{step}" for step in _fields(kind)]
    return [one for one in found if one.startswith(f"{path}.")] if path else found


def _optional(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, UnionType) and type(None) in get_args(annotation)


def kind_of(annotation: Any) -> tuple[Any, bool]:
    """Return the type without "not known" and missing values, and whether it is a list of it."""
    if get_origin(annotation) is Annotated and get_origin(get_args(annotation)[0]) in (
        Union,
        UnionType,
        tuple,
    ):
        annotation = get_args(annotation)[0]
    if _optional(annotation):
        rest = tuple(one for one in get_args(annotation) if one not in (type(None), Ask))
        return kind_of(rest[0] if len(rest) == 1 else Union[rest])  # noqa: UP007 - put together here
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0], True
    return annotation, False


def words_of(kind: Any) -> tuple[Any, ...]:
    """Return the closed list of words of a type; nothing where it is an open one."""
    found = get_args(kind)
    if get_origin(kind) is Literal:
        return found
    return tuple(word for one in found if not isinstance(one, str) for word in words_of(one))


def words_listed(kind: Any) -> tuple[str, ...]:
    """Return the words that forms offer for a fact whose own declaration lists them (`OneOf`); none of
    another."""
    if get_origin(kind) is not Annotated:
        return ()
    return next((one.words for one in get_args(kind) if isinstance(one, OneOf)), ())


def types_in(kind: Any) -> Iterator[type]:
    """Yield the plain types that a kind of values is made of."""
    if isinstance(kind, type):
        yield kind
    for inside in get_args(kind):
        yield from types_in(inside)


def nearest(word: str, known: Any) -> str:
    """Return a hint for an unknown word: the words that it may have been meant for."""
    names = [str(one) for one in known]
    near = get_close_matches(word, names, n=3, cutoff=0.6)
    if near and len(names) > FEW:
        return f"unknown word {word!r}; did you mean {', '.join(near)}?"
    if near:
        return f"unknown word {word!r}; did you mean {', '.join(near)}? Known are {', '.join(names)}"
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"unknown word {word!r}; known are {', '.join(names[:MOST_NAMED])}{more}"


# How a rule reads a fact, and what it lacks where the fact is not known.


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


# Strong Kleene logic of tests: an unknown fact counts only where it makes a difference; the question is for
# the first missing fact, in the order written.


Answer = bool | Missing
Test = Callable[[Any, Any], Answer]
"""Takes the situation's facts, and the current part (the facts themselves where there is none)."""


def all_of(tests: Sequence[Test]) -> Test:
    """Whether every test is true: False where one is not, whatever else is unknown."""
    both = tuple(tests)

    def test(facts: Any, item: Any) -> Answer:
        answer: Answer = True
        for one in both:
            said = one(facts, item)
            if said is False:
                return False
            if said is not True and answer is True:
                answer = said
        return answer

    return test


def any_of(tests: Sequence[Test]) -> Test:
    """Whether one test is true: True where one is, whatever else is unknown."""
    either = tuple(tests)

    def test(facts: Any, item: Any) -> Answer:
        answer: Answer = False
        for one in either:
            said = one(facts, item)
            if said is True:
                return True
            if said is not False and answer is False:
                answer = said
        return answer

    return test


def not_so(test: Test) -> Test:
    """Return the opposite; what can't be told stays so."""

    def turned(facts: Any, item: Any) -> Answer:
        said = test(facts, item)
        return not said if said is True or said is False else said

    return turned
