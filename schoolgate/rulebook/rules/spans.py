"""How long after, how long ago, and the numbers and times that a federation chooses.

A rule lists the numbers that its policy leaves open, and says `{number: its name}` where one counts:

    numbers: {removal_deadline_hours: null}     as in the clause's parameters; null: the federation chooses
    oblige: {..., due: {after: told_at, hours: {number: removal_deadline_hours}}}

Until one is chosen, a step that compares with it says nothing, and a duty that is due by it has no time.
`{number: its name}` alone is a condition: that there is one. A time given among the facts (`choices`) is
`chosen: its name` in place of `hours: 2`; where there is none, nothing is over."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AwareDatetime, BaseModel, Field, ValidationError, model_validator

from schoolgate.rulebook.controls.base import NoSettings
from schoolgate.rulebook.facts import DayOrMonth, Facts
from schoolgate.rulebook.named_times import (
    half_terms_after,
    last_day,
    months_after,
    months_later,
    terms_after,
)
from schoolgate.rulebook.rules.reading import BadCondition, FactAt, Missing, Scope, fact_reader, types_in
from schoolgate.rulebook.situations.times import chosen_for
from schoolgate.rulebook.working_time import (
    EVERY_DAY,
    Calendar,
    DaysThatCount,
    HoursCount,
    MissingCalendar,
    after_hours_on,
    after_working_days,
    is_past,
    local_day,
)

MOST = 100_000
AtLeastOne = Annotated[int, Field(ge=1, le=MOST, strict=True)]
MONTHS_OF_A_YEAR = 12
DAYS_OF_A_WEEK = 7


UNITS = ("hours", "days", "weeks", "working_days", "half_terms", "terms", "months", "years")
"""In what a span of time is counted."""
PLAIN = frozenset({str, bool, int, float, type(None)})
"""What has no parts."""


class Number(NoSettings):
    """A number by its name in the rule's `numbers`."""

    number: str


class Span(NoSettings):
    """A number of one of `UNITS`, the end of the same day, or the time of this name that the federation
    chose: exactly one of them.
    Terms end with the months that a term can reach over (`named_times`). `counting`: on which days hours
    pass, or what a working day is."""

    hours: AtLeastOne | Number | None = None
    days: AtLeastOne | Number | None = None
    weeks: AtLeastOne | Number | None = None
    months: AtLeastOne | Number | None = None
    years: AtLeastOne | Number | None = None
    terms: AtLeastOne | Number | None = None
    half_terms: AtLeastOne | Number | None = None
    working_days: AtLeastOne | Number | None = None
    same_day: Literal[True] | None = None
    chosen: str | None = None
    counting: HoursCount | Number | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if sum(getattr(self, one) is not None for one in (*UNITS, "same_day", "chosen")) != 1:
            raise ValueError(f"a number of one of {', '.join(UNITS)}, or same_day, or chosen")
        if self.counting is not None and self.hours is None and self.working_days is None:
            raise ValueError("counting goes with hours or working_days")
        working = isinstance(self.counting, Number) or self.counting in [*DaysThatCount]
        if self.working_days is not None and not working:
            raise ValueError(f"working days are counted as {', '.join(DaysThatCount)}: counting")
        return self

    def end(self, since: Any, facts: Any) -> datetime | date | Missing | None:
        """Return when it is over: an instant where hours are counted, else the last day. A time counts from
        its day in London, a month from its last day. None where the federation chose no such time."""
        if self.chosen is not None:
            return _chosen_end(self.chosen, since, facts)
        if self.hours is not None or self.working_days is not None:
            return self._by_calendar(since, getattr(facts, "calendar", None))
        day = local_day(since) if isinstance(since, datetime) else since
        if self.same_day:
            return last_day(day) if isinstance(day, str) else day
        if self.days is not None or self.weeks is not None:
            days = _plain(self.days) if self.days is not None else DAYS_OF_A_WEEK * _plain(self.weeks)
            return (last_day(day) if isinstance(day, str) else day) + timedelta(days=days)
        for number, after in ((self.terms, terms_after), (self.half_terms, half_terms_after)):
            if number is not None:
                return after(day if isinstance(day, str) else day.isoformat(), _plain(number))
        months = _plain(self.months) if self.months is not None else MONTHS_OF_A_YEAR * _plain(self.years)
        return months_after(day, months) if isinstance(day, str) else months_later(day, months)

    def _by_calendar(self, since: Any, calendar: Calendar | None) -> datetime | date | Missing:
        counting: Any = self.counting or EVERY_DAY
        try:
            if self.hours is not None:
                return after_hours_on(since, _plain(self.hours), counting, calendar)
            if calendar is None:
                return Missing("calendar", "office")
            return after_working_days(since, _plain(self.working_days), calendar, DaysThatCount(counting))
        except MissingCalendar as missing:
            return Missing(missing.what, "office")

    def check(self, fact: FactAt, name: str, way: tuple[str | int, ...], scope: Scope) -> None:
        """Raise BadCondition where the span can't be counted from this fact."""
        hours = self.hours is not None or self.chosen is not None
        wanted = (AwareDatetime, datetime) if hours else (AwareDatetime, datetime, date)
        known = not (hours or self.working_days) and DayOrMonth in (*get_args(fact.kind), fact.kind)
        if fact.many or not (known or any(one in types_in(fact.kind) for one in wanted)):
            raise BadCondition(way, f"{name} is no {'time' if hours else 'day'}")
        if self.chosen is not None and "choices" not in scope.root.model_fields:
            raise BadCondition(way, "the federation chooses no times here")
        if self.counting is not None and "calendar" not in scope.root.model_fields:
            raise BadCondition(way, "no calendar is known here")


class After(Span):
    """A span after the day or time that a fact gives."""

    after: str


def _chosen_end(name: str, since: datetime, facts: Any) -> datetime | date | Missing | None:
    """Return the end of the time that the federation chose, or what is missing for that; None where it
    chose none."""
    choice = chosen_for(facts.choices, name, facts.day)
    if choice is None:
        return None
    try:
        due = choice.due_after(since, facts.calendar)
    except MissingCalendar as missing:
        return Missing(missing.what, "office")
    return (due.instant or due.day) if due is not None else Missing("calendar", "office")


def after_of(written: Mapping[str, Any], way: tuple[str | int, ...]) -> After:
    """Return a written time after a fact. Raises BadCondition."""
    try:
        return After.model_validate(written)
    except ValidationError as error:
        raise BadCondition(way, "so long after a fact, such as {after: told_at, days: 2}") from error


def so_long_after(due: After, scope: Scope, way: tuple[str | int, ...]) -> Callable[[Any, Any], Any]:
    """Return a function that gives when so much time is over; nothing where the start or the length is not
    known."""
    due.check(scope.fact(due.after, way, unasked="also"), due.after, way, scope)
    read = fact_reader(due.after, scope, way)

    def over(facts: Any, part: Any) -> Any:
        since = read(facts, part)
        if isinstance(since, Missing) or since == "":
            return since
        end = due.end(since, facts)
        return "" if end is None else end

    return over


def is_over(span: Span) -> Callable[[Facts, Any], bool | Missing | None]:
    """Return a function that tells whether more than so long has passed; None where the time is not known."""

    def over(facts: Facts, since: Any) -> bool | Missing | None:
        end = span.end(since, facts)
        if end is None or isinstance(end, Missing):
            return end or False
        if isinstance(end, datetime):
            return is_past(end, facts.now) if facts.now is not None else None
        return facts.day > end if facts.day is not None else None

    return over


def _plain(number: Any) -> int:
    if isinstance(number, int):
        return number
    raise TypeError(f"{number} is still to be put in")


# --- Numbers by name -----------------------------------------------------------------------------------


class Chosen(int):
    """A number filled in by its name."""


class ChosenWord(str):
    """The same of a word: what a working day is."""

    __slots__ = ()


class _NotChosen:
    """A placeholder for a number not chosen yet."""


NOT_CHOSEN = _NotChosen()


def _name_in(written: dict[str, Any]) -> str | None:
    """Return the name in `{number: its name}`; None of anything else."""
    name = written.get("number") if len(written) == 1 else None
    return name if isinstance(name, str) else None


def numbers_in(written: Any) -> Iterator[str]:
    """Yield the names of the numbers that a rule, or a part of it, speaks of."""
    if isinstance(written, BaseModel):
        written = vars(written)
    if isinstance(written, dict):
        if (name := _name_in(written)) is not None:
            yield name
            return
        written = written.values()
    elif not isinstance(written, list | tuple):
        return
    for value in written:
        if value.__class__ not in PLAIN:
            yield from numbers_in(value)


def counted_in(written: Any) -> Iterator[str]:
    """Return the names of chosen numbers in a rule or a part of it."""
    if isinstance(written, dict):
        if written.get("counting") is not None:
            yield from numbers_in(written["counting"])
        for value in written.values():
            yield from counted_in(value)
    elif isinstance(written, list | tuple):
        for value in written:
            yield from counted_in(value)


def with_numbers(written: Any, numbers: Mapping[str, int | str | None]) -> Any:
    """Return the same with the numbers in place of their names, NOT_CHOSEN where there is none."""
    if isinstance(written, dict):
        named = _name_in(written)
        if named is not None and named in numbers:
            chosen = numbers[named]
            if chosen is None:
                return NOT_CHOSEN
            return Chosen(chosen) if isinstance(chosen, int) else ChosenWord(chosen)
        return {name: with_numbers(value, numbers) for name, value in written.items()}
    if isinstance(written, list | tuple):
        return [with_numbers(value, numbers) for value in written]
    return written


def waits_for_a_number(written: Any) -> bool:
    """Whether a number is missing in it."""
    if isinstance(written, dict):
        return any(waits_for_a_number(value) for value in written.values())
    if isinstance(written, list | tuple):
        return any(waits_for_a_number(value) for value in written)
    return written is NOT_CHOSEN
