"""Formulas over the facts of a situation: what each may be, and how a rule’s condition reads for them."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, NoReturn, TypeVar

from schoolgate.rulebook.facts import Facts, Part
from schoolgate.rulebook.proof.vocabulary import A_PART, SOME, Vocabulary, Words
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.reading import NO_PART, FactAt, Missing, Scope, fact_reader, kind_of

# Formulas, and values that depend on them. A fact is one variable with a few values; a formula says which
# of them it has.


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


# Facts that are chosen only when a rule reads them, so that one pass of the engine's own code tells on
# which facts its answer depends.
# `Reading.of` runs a function again and again, each time with other values of the facts that it read
# before, until every combination was seen. What Python works out is followed like what rules say.


MOST_RUNS = 10_000
"""A rule that reads so many combinations of facts isn't translated."""
MOST_RUNS_OF_ALL = 60_000
"""The same of what every rule of a situation depends on."""
Answer = TypeVar("Answer", bound=Hashable)
NOT_THERE = object()
"""What is read of a part of a list that is shorter."""


class NotFollowed(Exception):
    """The code can't be followed: it does something else with the facts than read them."""


class Choices:
    """The values chosen in one run: those asked for, and of every other fact that is read its first;
    `read`: these in their order, with how many values each has."""

    def __init__(self, vocabulary: Vocabulary, made: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary
        self.made = dict(made)
        self.read: list[tuple[str, tuple[Any, ...]]] = []

    def value(self, path: str, values: tuple[Any, ...]) -> Any:
        """Return the value chosen for this fact."""
        if len(values) == 1:
            return values[0]
        place = self.made.get(path)
        if place is None:
            place = self.made[path] = 0
            self.read.append((path, values))
        return values[place]


class Reading:
    """What reads facts, with the variables found so far."""

    def __init__(self, vocabulary: Vocabulary, variables: Variables) -> None:
        self.vocabulary, self.variables = vocabulary, variables
        self.runs, self.most = 0, MOST_RUNS
        self.read: set[str] = set()

    def of(self, function: Callable[[Any], Answer], most: int = MOST_RUNS) -> Guarded[Answer]:
        """Return what a function of the facts gives, under which facts. Raises NotFollowed."""
        self.runs, self.most = 0, most
        return self._grown(function, {})

    def _grown(self, function: Callable[[Any], Any], made: Mapping[str, int]) -> Guarded[Any]:
        self.runs += 1
        if self.runs > self.most:
            raise NotFollowed("it reads too many combinations of facts")
        choices = Choices(self.vocabulary, made)
        said = function(lazy(self.vocabulary.model, choices, ""))
        found: Guarded[Any] = Guarded([] if said is NOT_THERE else [(said, TRUE)])
        before = [dict(made)]
        for path, values in choices.read:
            self.read.add(path)
            self.variables.declare(path, values, self.vocabulary.nothing(path, values))
            before.append({**before[-1], path: 0})
        for (path, values), here in zip(reversed(choices.read), reversed(before[:-1]), strict=True):
            others = (self._grown(function, {**here, path: place}) for place in range(1, len(values)))
            found = self._joined(path, [found, *others])
        return found

    def _joined(self, path: str, grown: list[Guarded[Any]]) -> Guarded[Any]:
        """Return what depends on one more fact; values of it that change nothing are one."""
        alike: dict[Any, list[int]] = {}
        for place, one in enumerate(grown):
            alike.setdefault(one.mark, []).append(place)
        if len(alike) == 1:
            return grown[0]
        cases: list[tuple[Any, Formula]] = []
        for places in alike.values():
            here = self.variables.among(path, places)
            cases += [(value, both(here, when)) for value, when in grown[places[0]]]
        return Guarded(cases)


def lazy(model: type[Part], choices: Choices, path: str) -> Any:
    """Return facts of this kind of which nothing is chosen yet."""
    kind = _lazy_kind(model)
    made = object.__new__(kind)
    made.__dict__.update(_choices=choices, _path=path)
    for name in ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__"):
        object.__setattr__(made, name, set() if name == "__pydantic_fields_set__" else None)
    return made


@cache
def _lazy_kind(model: type[Part]) -> type[Any]:
    def refuse(*_args: Any, **_named: Any) -> NoReturn:
        raise NotFollowed("it does something else with facts than read them")

    refused = (
        "__iter__",
        "__eq__",
        "__hash__",
        "model_copy",
        "model_dump",
        "model_dump_json",
        "copy",
        "dict",
    )
    names = {name: refuse for name in refused if name != "__hash__"}
    space = {**names, "__hash__": object.__hash__, "__getattr__": _read, "__module__": model.__module__}
    return type(f"Lazy{model.__name__}", (model,), space)


def _read(self: Any, name: str) -> Any:
    """Return a fact when it is first read."""
    inside = self.__dict__
    choices: Choices = inside["_choices"]
    path = f"{inside['_path']}.{name}" if inside["_path"] else name
    values = choices.vocabulary.known.get(path)
    if values is None:
        if name not in type(self).model_fields:
            raise AttributeError(name)
        values = choices.vocabulary.values(path, type(self), name)
    value = inside[name] = _value(choices, values, path, self)
    return value


def _value(choices: Choices, values: tuple[Any, ...], path: str, holder: Any) -> Any:
    chosen = choices.value(path, values)
    if chosen.__class__ is A_PART:
        return lazy(chosen.model, choices, path)
    if chosen.__class__ is SOME:
        name = path.rpartition(".")[2]
        return tuple(slot(holder, name, chosen.model, place) for place in range(chosen.many))
    return _WordsChosen(choices, chosen, path) if chosen.__class__ is Words else chosen


def slot(holder: Any, name: str, model: type[Part], place: int) -> Any:
    """Return one part of a list, always the same one of these facts, whether the list is so long or not."""
    inside = holder.__dict__
    before = f"{inside['_path']}." if inside["_path"] else ""
    found = inside.get(f"_{name}[{place}]")
    if found is None:
        found = lazy(model, inside["_choices"], f"{before}{name}[{place}]")
        inside[f"_{name}[{place}]"] = found
    return found


def path_of(part: Any) -> str | None:
    """Return where such a part is among the facts; None of anything else."""
    found: str | None = vars(part).get("_path") if isinstance(part, Part) else None
    return found


def at_path(facts: Any, path: str) -> Any:
    """Return the part at a path such as "case.run_by[0]", whether the list is so long or not."""
    for step in path.split("."):
        name, _, place = step.partition("[")
        if not place:
            facts = getattr(facts, name)
        else:
            kind, _many = kind_of(type(facts).model_fields[name].annotation)
            facts = slot(facts, name, kind, int(place.removesuffix("]")))
        if facts is None:
            return NOT_THERE
    return facts


class _WordsChosen(tuple):  # type: ignore[type-arg]  # noqa: SLOT001 - it is told apart by its own parts
    """A list of words: whether a word is in it is chosen when that word is looked for."""

    _choices: Choices
    _words: Words
    _path: str

    def __new__(cls, choices: Choices, words: Words, path: str) -> "_WordsChosen":
        made = super().__new__(cls)
        made._choices, made._words, made._path = choices, words, path
        return made

    def __contains__(self, word: object) -> bool:
        words = self._words.words
        if word not in words:
            return False
        self._choices.vocabulary.most[self._path] = self._words.most
        return bool(self._choices.value(f"{self._path}{{{word}}}", (False, True)))

    def __iter__(self) -> Iterator[Any]:
        found = 0
        for word in self._words.words:
            if found < self._words.most and word in self:
                found += 1
                yield word

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return any(True for _ in self)

    def __getitem__(self, place: Any) -> Any:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == (tuple(other) if isinstance(other, tuple) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(tuple(self))


def there(lengths: Guarded[int], place: int) -> Formula:
    """Return that a list has a part at this place."""
    return either(FALSE, *(when for length, when in lengths if length > place))


# Conditions as formulas: what is put together part by part, each comparison by asking the engine's own
# compiled test for every value of the facts that it reads.


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
