"""How long after, how long ago, and the numbers that a federation chooses.

A rule lists the numbers that its policy leaves open, and says `{number: its name}` where one counts:

    numbers: {removal_deadline_hours: null}     as in the clause's parameters; null: the federation chooses
    oblige: {..., due: {after: told_at, hours: {number: removal_deadline_hours}}}

Until one is chosen, a step that compares with it says nothing, and a duty that is due by it has no time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, Field, model_validator

from schoolgate.rulebook.controls.base import NoSettings
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.named_times import months_later
from schoolgate.rulebook.rules.fact_at import BadCondition, FactAt, types_in
from schoolgate.rulebook.working_time import after_hours, is_past, local_day

MOST = 100_000
AtLeastOne = Annotated[int, Field(ge=1, le=MOST, strict=True)]
MONTHS_OF_A_YEAR = 12


class Number(NoSettings):
    """A number by its name in the rule's `numbers`."""

    number: str


class Span(NoSettings):
    """So many hours, days, months or years: exactly one of them."""

    hours: AtLeastOne | Number | None = None
    days: AtLeastOne | Number | None = None
    months: AtLeastOne | Number | None = None
    years: AtLeastOne | Number | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if sum(one is not None for one in (self.hours, self.days, self.months, self.years)) != 1:
            raise ValueError("a number of hours, days, months or years, one of them")
        return self

    def end(self, since: Any) -> datetime | date:
        """When it is over: an instant where hours are counted, else the last day. A time counts from its day
        in London."""
        if self.hours is not None:
            return after_hours(since, _plain(self.hours))
        day = local_day(since) if isinstance(since, datetime) else since
        if self.days is not None:
            return day + timedelta(days=_plain(self.days))
        if self.months is not None:
            return months_later(day, _plain(self.months))
        return months_later(day, MONTHS_OF_A_YEAR * _plain(self.years))

    def check(self, fact: FactAt, name: str, way: tuple[str | int, ...]) -> None:
        """Raises BadCondition where so long can't be counted from this fact."""
        wanted = (AwareDatetime,) if self.hours is not None else (AwareDatetime, date)
        if fact.many or not any(one in types_in(fact.kind) for one in wanted):
            raise BadCondition(way, f"{name} is no {'time' if self.hours is not None else 'day'}")


def is_over(span: Span) -> Callable[[Facts, Any], bool | None]:
    """A function that tells whether more than so long has passed; None where nobody says when it is."""

    def over(facts: Facts, since: Any) -> bool | None:
        if span.hours is not None:
            return is_past(span.end(since), facts.now) if facts.now is not None else None
        return facts.day > span.end(since) if facts.day is not None else None

    return over


def _plain(number: Any) -> int:
    if isinstance(number, int):
        return number
    raise TypeError(f"{number} is still to be put in")


# --- Numbers by name -----------------------------------------------------------------------------------


class _NotChosen:
    """Stands where a number is that nobody has chosen."""


NOT_CHOSEN = _NotChosen()


def numbers_in(written: Any) -> Iterator[str]:
    """The names of the numbers that a rule, or a part of it, speaks of."""
    if isinstance(written, Mapping):
        if set(written) == {"number"} and isinstance(written["number"], str):
            yield written["number"]
        else:
            for value in written.values():
                yield from numbers_in(value)
    elif isinstance(written, Sequence) and not isinstance(written, str):
        for value in written:
            yield from numbers_in(value)


def with_numbers(written: Any, numbers: Mapping[str, int | None]) -> Any:
    """The same with the numbers in place of their names, NOT_CHOSEN where there is none."""
    if isinstance(written, Mapping):
        if set(written) == {"number"} and written["number"] in numbers:
            chosen = numbers[written["number"]]
            return NOT_CHOSEN if chosen is None else chosen
        return {name: with_numbers(value, numbers) for name, value in written.items()}
    if isinstance(written, list | tuple):
        return [with_numbers(value, numbers) for value in written]
    return written


def waits_for_a_number(written: Any) -> bool:
    """Whether a number is missing in it."""
    if isinstance(written, Mapping):
        return any(waits_for_a_number(value) for value in written.values())
    if isinstance(written, list | tuple):
        return any(waits_for_a_number(value) for value in written)
    return written is NOT_CHOSEN
