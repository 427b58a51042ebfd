"""Which values a fact is tried with: the closed lists as they are; of open ones the words, numbers and times
that the rules of the book name, beside some that they don't.

What is left out is said with every answer (`telling.BOUNDS`)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cached_property
from types import CodeType
from typing import Any, NamedTuple

from pydantic import AwareDatetime, TypeAdapter
from pydantic.fields import FieldInfo

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.facts import Ask, Dated, DayOrMonth, Facts, Part
from schoolgate.rulebook.messages import NEEDS
from schoolgate.rulebook.named_times import first_day, is_a_time, last_day, months_later
from schoolgate.rulebook.rules.conditions import COMPARISONS
from schoolgate.rulebook.rules.reading import _optional, kind_of, types_in, words_of
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.rules.tree import literals
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.situations.contacts import Days
from schoolgate.rulebook.situations.times import ChosenTime, DaysChosen
from schoolgate.rulebook.working_time import LONDON, Calendar
from schoolgate.rulebook.working_time import Days as CalendarDays

NOW = datetime(2027, 1, 20, 10, tzinfo=UTC)
TODAY = NOW.astimezone(LONDON).date()
PEOPLE = ("one person", "another person")
OTHER_WORD = "something else"
FEW_WORDS = 5
LONGEST = 3
"""No list is tried with more parts."""
COMBINED = frozenset({"run_by", "administrators", "moderators"})
"""Lists that Python puts together into another list: they multiply."""
MANY_WORDS = 20
"""A list whose parts have a word out of so many is tried with one part."""
CALENDAR = Calendar(
    country="wales",
    bank_holidays_known=CalendarDays(date(2020, 1, 1), date(2034, 12, 31)),
    bank_holidays=(),
    terms_known=CalendarDays(date(2020, 1, 1), date(2034, 12, 31)),
    terms=(CalendarDays(date(2020, 1, 1), date(2034, 12, 31)),),
)
JUDGED: Mapping[str, tuple[Any, ...]] = {"on": (None,), "now": (None, NOW), "leaves": ((),), "rulings": ((),)}
"""What every situation has: the time, if it is known, and no permission and no ruling on record."""
ANY = object()
"""What no fact is."""
WHOLE_DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
UNITS = ("hours", "days", "weeks", "half_terms", "terms", "months", "years")


@dataclass(frozen=True)
class A_PART:  # noqa: N801 - a value, not a kind of things
    """The fact has parts of its own."""

    model: type[Part]


@dataclass(frozen=True)
class SOME:
    """The fact is a list of so many parts."""

    model: type[Part]
    many: int


@dataclass(frozen=True)
class Words:
    """The fact is a list of some of these words."""

    words: tuple[Any, ...]

    @property
    def most(self) -> int:
        """How many of them at once: two of a long list."""
        return len(self.words) if len(self.words) <= FEW_WORDS else 2


BESIDE = frozenset({"same_as", "earlier_than", "later_than", "less_than", "more_than"})


class Named(NamedTuple):
    """What a rule compares a fact of this name with."""

    fact: str
    value: Any


class Vocabulary:
    """The values of every fact of one situation, as far as the rules of one book (or several) can tell them
    apart."""

    def __init__(self, books: tuple[Book, ...], key: str) -> None:
        self.key = key
        self.model: type[Facts] = situation(key).facts
        self._rules = [rule for one in books for rule in one.bound(key)]
        self.known: dict[str, tuple[Any, ...]] = {}
        self._unless: dict[str, Any] = {}
        self.most: dict[str, int] = {}  # how many words each list of words has at once
        self.asked: dict[str, str] = {}  # what people are asked for, by its phrase
        self.open: set[str] = set()  # the facts of which only some values are tried

    def values(self, path: str, kind: type[Any], name: str) -> tuple[Any, ...]:
        """Return the values of the fact of this name in facts of this kind."""
        found = self.known.get(path)
        if found is None:
            field: FieldInfo = kind.model_fields[name]
            self._is_open = False
            found = self.known[path] = tuple(self._values(field, kind, name))
            self.open |= {path} if self._is_open else set()
            if None in found and any(isinstance(one, Ask) for one in field.metadata):
                self.asked[path] = label_of(name, field)
            unless = field.get_default()
            self._unless[path] = 0 if unless == () else ANY if field.is_required() else unless
        return found

    def nothing(self, path: str, values: tuple[Any, ...]) -> int | None:
        """Return the place of the value that says nothing, where the fact has one: what it is unless
        stated."""
        if path.endswith("}"):
            return 0
        for place, value in enumerate(values):
            if value == self._unless[path] or (
                isinstance(value, SOME) and value.many == 0 == self._unless[path]
            ):
                return place
        return None

    def _values(self, field: FieldInfo, kind: type[Any], name: str) -> Iterator[Any]:
        if issubclass(kind, Facts) and name in JUDGED:
            yield from JUDGED[name]
            return
        value, many = kind_of(field.annotation)
        if value in (ChosenTime, DaysChosen, Calendar):  # of the federation, not of the case
            yield CALENDAR if value is Calendar else () if many else None
            return
        if _optional(field.annotation):
            yield None
        if many:
            yield from self._lists(value, name)
        elif isinstance(value, type) and issubclass(value, Part):
            yield from _days() if value is Days else (A_PART(value),)
        else:
            yield from self._plain(value, kind, name)

    def _lists(self, value: Any, name: str) -> Iterator[Any]:
        if isinstance(value, type) and issubclass(value, Part):
            yield from (SOME(value, many) for many in range(self._longest(value, name) + 1))
            return
        words = tuple(dict.fromkeys(self._plain(value, Part, name)))
        yield Words(words)

    def _longest(self, value: type[Part], name: str) -> int:
        wordy = any(
            len(words_of(kind_of(one.annotation)[0])) > MANY_WORDS for one in value.model_fields.values()
        )
        if wordy:
            return 1
        return max(1 if name in COMBINED else 2, *self._counted(name), self._needed[name])

    def _counted(self, name: str) -> tuple[int, ...]:
        """Return the numbers that rules count the parts of a list by."""
        named = (one.value for one in self._named if one.fact == name and _is_number(one.value))
        return tuple(n for n in named if n <= LONGEST)

    @cached_property
    def _needed(self) -> Counter[str]:
        """How many different parts of a list rules need."""
        steps = [
            step
            for rule in self._rules
            if isinstance(rule.settings, Rule)
            for step in rule.settings.filled.steps
            if step.need
        ]
        found = {(name, repr(inner)) for step in steps for name, inner in _some_in(step.need)}
        return Counter({name: min(LONGEST, n) for name, n in Counter(name for name, _ in found).items()})

    def _plain(self, value: Any, kind: type[Any], name: str) -> Iterator[Any]:
        types = tuple(types_in(value))
        if closed := words_of(value):
            yield from closed
        elif bool in types:
            yield from (False, True)
        elif isinstance(value, type) and issubclass(value, Enum):
            yield from value
        else:
            self._is_open = True
            yield from self._tried(value, kind, name, types)

    def _tried(self, value: Any, kind: type[Any], name: str, types: tuple[type, ...]) -> Iterator[Any]:
        """Yield some values of what has no closed list."""
        if value == DayOrMonth:
            yield from (day.isoformat() for day in self._days)
        elif datetime in types or AwareDatetime in types or value is AwareDatetime:
            late = issubclass(kind, Dated)
            yield from (one for one in self._instants if one <= NOW or not late)
        elif date in types:
            yield from self._days
        elif int in types:
            yield from self._numbers(value, name)
        else:
            yield from self._words(value, name)

    def _numbers(self, value: Any, name: str) -> Iterator[int]:
        least = 1 if "ge=1" in repr(value) else 0
        most = 13 if "le=13" in repr(value) else 1_000_000
        named = [one.value for one in self._named if _is_number(one.value) and one.fact == name]
        found = {0, 1, *(n + by for n in named for by in (-1, 0, 1))}
        yield from sorted(n for n in found if least <= n <= most)

    def _words(self, value: Any, name: str) -> Iterator[str]:
        """Yield words as a fact of this kind takes them: whatever people call a network, it is one word."""
        named = [one.value for one in self._named if isinstance(one.value, str) and _alike(one.fact, name)]
        taken = TypeAdapter(value).validate_python
        yield from dict.fromkeys(map(taken, (*PEOPLE, *named, *([OTHER_WORD] if named else []))))

    @cached_property
    def _named(self) -> tuple[Named, ...]:
        """Everything that the rules compare facts with."""
        return tuple(dict.fromkeys(one for rule in self._rules for one in self._named_by(rule.settings)))

    def _named_by(self, settings: Any) -> Iterator[Named]:
        said = (settings.filled if isinstance(settings, Rule) else settings).model_dump()
        for name, value in _compared(said):
            fact = name.rpartition(".")[2]
            yield Named(fact, value)
            yield from (Named(inner, value) for inner in self._behind.get(fact, ()))

    @cached_property
    def _behind(self) -> Mapping[str, tuple[str, ...]]:
        """What the facts that are worked out read, by their names."""
        found: dict[str, tuple[str, ...]] = {}
        for model in _models(self.model, set()):
            for name, one in list(vars(model).items()):
                if not name.startswith("_") and hasattr(one, "ask"):
                    found[name] = (*found.get(name, ()), *_names_in(one.__code__))
        return found

    @cached_property
    def _spans(self) -> tuple[tuple[str, int], ...]:
        """Every span of time that the rules count by."""
        found = {
            (unit, one.value)
            for one in self._named
            for unit in UNITS
            if unit in one.fact and _is_number(one.value)
        }
        return tuple(sorted(found))

    @cached_property
    def _days(self) -> tuple[date, ...]:
        found = {TODAY, TODAY - WHOLE_DAY, TODAY + WHOLE_DAY}
        for unit, many in self._spans:
            end = _before(unit, many)
            found |= {end, end - WHOLE_DAY}
        for one in self._named:
            if isinstance(one.value, str) and is_a_time(one.value):
                found |= {first_day(one.value), last_day(one.value), last_day(one.value) + WHOLE_DAY}
        return tuple(sorted(found))

    @cached_property
    def _instants(self) -> tuple[datetime, ...]:
        found = {NOW, NOW - HOUR, NOW + HOUR}
        for unit, many in self._spans:
            end = NOW - many * HOUR if unit == "hours" else _at_ten(_before(unit, many))
            found |= {end, end - (MINUTE if unit == "hours" else WHOLE_DAY)}
        return tuple(sorted(found))


def _names_in(code: CodeType) -> Iterator[str]:
    """Yield the names that a function reads, those of the functions inside it too."""
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names_in(inner)


def _models(model: type[Part], seen: set[type[Part]]) -> Iterator[type[Part]]:
    """Yield a kind of facts and those of its parts."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        kind, _many = kind_of(field.annotation)
        if isinstance(kind, type) and issubclass(kind, Part):
            yield from _models(kind, seen)


def label_of(name: str, field: FieldInfo) -> str:
    """Return what a stored fact is called: by its own declaration, by its need, else by its name."""
    ask = next((one for one in field.metadata if isinstance(one, Ask)), None)
    of_need = NEEDS.get(ask.need, "") if ask is not None and ask.need.endswith(name) else ""
    return (ask.phrase if ask is not None else "") or field.description or of_need or name.replace("_", " ")


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _alike(named: str, name: str) -> bool:
    """Whether a word of one fact may be a word of another: every list of roles has the same."""
    if named == name:
        return True
    both = (named.rpartition("_")[2].removesuffix("s"), name.rpartition("_")[2].removesuffix("s"))
    return both == ("role", "role") or (both[1] == "role" and both[0] == "perhap")


def _compared(written: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every word and number with the name of the fact that it is compared with."""
    if isinstance(written, Mapping):
        for key, value in written.items():
            if str(key) in BESIDE and not is_a_time(str(value)):
                continue  # another fact
            plain = str(key) in COMPARISONS
            yield from _compared(value, name if plain else str(key))
    elif isinstance(written, list | tuple):
        for one in written:
            yield from _compared(one, name)
    else:
        yield from ((name, one) for one in literals(written))


def _some_in(written: Any) -> Iterator[tuple[str, Any]]:
    """Yield each list of which a condition needs a part, with what that part has to be."""
    if isinstance(written, Mapping):
        for name, value in written.items():
            if isinstance(value, Mapping) and "some" in value:
                yield str(name).rpartition(".")[2], value["some"]
            else:
                yield from _some_in(value)
    elif isinstance(written, list | tuple):
        for one in written:
            yield from _some_in(one)


_MONTHS = {"half_terms": 2, "terms": 4, "months": 1, "years": 12}
"""About how many months each is."""


def _before(unit: str, many: int) -> date:
    if unit in _MONTHS:
        return months_later(TODAY, -many * _MONTHS[unit])
    days = many // 24 if unit == "hours" else many * (7 if unit == "weeks" else 1)
    return TODAY - days * WHOLE_DAY


def _at_ten(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, NOW.hour, tzinfo=UTC)


def _days() -> Iterator[Days]:
    """Yield days of birth and of leaving: a grown person's and a child's, known and not quite known."""
    for years in (10, 17, 30):
        first = date(TODAY.year - years, 1, 1)
        yield Days(first=first, last=first)
        yield Days(first=first, last=date(TODAY.year - years + 2, 12, 31))
