"""Facts that are chosen only when a rule reads them, so that one pass of the engine's own code tells on which
facts its answer depends.

`Reading.of` runs a function again and again, each time with other values of the facts that it read before,
until every combination was seen. What Python works out is followed like what rules say."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cache
from typing import Any, NoReturn, TypeVar

from schoolgate.rulebook.facts import Part
from schoolgate.rulebook.proof.formulas import FALSE, TRUE, Formula, Guarded, Variables, both, either
from schoolgate.rulebook.proof.vocabulary import A_PART, SOME, Vocabulary, Words
from schoolgate.rulebook.rules.fact_at import kind_of

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
