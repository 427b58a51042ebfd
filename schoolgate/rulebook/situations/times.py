"""Days as a school’s calendar has them, and times that a federation chose where its policy gives none."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, Self, TypeVar, get_args

from pydantic import Field, StrictInt, model_validator

from schoolgate.rulebook.facts import Ask, Day, Facts, Name, Part, Whole, derived
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.working_time import (
    Calendar,
    DaysThatCount,
    MissingCalendar,
    after_working_days,
    in_utc,
    is_past,
    local_day,
)

# A day as a school's calendar has it: a weekday, a day off, a day of the holidays.


Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
WEEK: tuple[Weekday, ...] = get_args(Weekday)


EVENING, MORNING = 1800, 700
"""From when it is evening, and until when it is night: what a policy means that says no hour."""


def is_evening(time_of_day: int | None) -> bool | None:
    """Whether a time, 730 for half past seven in the morning, is in the evening or at night."""
    return None if time_of_day is None else not MORNING <= time_of_day < EVENING


def is_in_holidays(at_weekend: bool | None, on_school_day: bool | None) -> bool | None:
    """Whether a day is a weekday without pupils."""
    if at_weekend is True or on_school_day is True:
        return False
    return None if at_weekend is None or on_school_day is None else True


def weekday_of(day: date) -> Weekday:
    """Return which day of the week it is."""
    return WEEK[day.weekday()]


class CalendarDay(Part, asked_of="office"):
    """One day."""

    on: Day = Field(description=_("the day"))
    weekday: Weekday = Field(description=_("the day of the week"))

    @classmethod
    def of(cls, day: date, **more: Any) -> Self:
        """This day."""
        return cls(on=day, weekday=weekday_of(day), **more)

    @derived("calendar")
    def day_off(self, facts: Facts) -> bool | Ask:
        """Whether it is a weekend, a bank holiday or in the school holidays. An INSET day is none of them."""
        return by_calendar(facts, lambda calendar: calendar.is_day_off(self.on))

    @derived("calendar")
    def school_holiday(self, facts: Facts) -> bool | Ask:
        """Whether it is outside all terms. A weekend within a term is not, nor is an INSET day."""
        return by_calendar(facts, lambda calendar: calendar.is_school_holiday(self.on))


Told = TypeVar("Told")


def by_calendar(facts: Any, tell: Callable[[Calendar], Told]) -> Told | Ask:
    """What the school's calendar tells, or the part of it that is missing."""
    if facts.calendar is None:
        return Ask("calendar", "office")
    try:
        return tell(facts.calendar)
    except MissingCalendar as missing:
        return Ask(missing.what, "office")


# A time that the federation chose where its policy gives none: a number of minutes, hours or days.


AtLeastOne = Annotated[StrictInt, Field(ge=1, le=100_000)]


class DaysChosen(Part):
    """How many days the federation chose, who chose, and from when its choice counts (None: always)."""

    days: Whole = Field(description=_("how many days"))
    by: Name = Field(description=_("who chose it"))
    from_day: Day | None = Field(None, description=_("its first day"))

    def counts_on(self, day: date | None) -> bool | None:
        """Whether the choice counts on this day; None where that can't be told without the day."""
        if self.from_day is None:
            return True
        return self.from_day <= day if day is not None else None


class ChosenTime(Part, asked_of="office"):
    """Exactly one of minutes, hours and days. `what` names the time that the policy leaves open; `counting`:
    which days count, None where every day does. `from_day`: from when it counts (None: always)."""

    what: Name = Field(description=_("what the time is for"))
    minutes: AtLeastOne | None = Field(None, description=_("how many minutes"))
    hours: AtLeastOne | None = Field(None, description=_("how many hours"))
    days: AtLeastOne | None = Field(None, description=_("how many days"))
    counting: DaysThatCount | None = Field(None, description=_("which days count"))
    by: Name = Field(description=_("who chose it"))
    from_day: Day | None = Field(None, description=_("its first day"))

    @derived("day")
    def in_force(self, facts: Facts) -> bool | None:
        """Whether it counts on the day judged."""
        if self.from_day is None:
            return True
        return None if facts.day is None else self.from_day <= facts.day

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(one is not None for one in (self.minutes, self.hours, self.days)) != 1:
            raise ValueError("one of minutes, hours and days")
        return self

    def due_after(self, start: datetime, calendar: Calendar | None) -> Due | None:
        """Return when this time has passed since `start`; None where only a calendar could tell.

        Raises MissingCalendar where the calendar does not reach so far."""
        if self.days is None:
            return Due(instant=in_utc(start) + timedelta(minutes=self.minutes or 0, hours=self.hours or 0))
        if self.counting is None:
            return Due(day=local_day(start) + timedelta(days=self.days))
        if calendar is None:
            return None
        return Due(day=after_working_days(start, self.days, calendar, self.counting))


def chosen_for(choices: Iterable[ChosenTime], what: str, on: date | None) -> ChosenTime | None:
    """Return the choice for this time that counts on the day judged: the one made last; None where there is
    none."""
    in_force = [
        one
        for one in choices
        if one.what == what and (one.from_day is None or (on is not None and one.from_day <= on))
    ]
    return max(in_force, key=lambda one: one.from_day or date.min, default=None)


def due_by_choice(
    choices: Iterable[ChosenTime],
    what: str,
    start: datetime | None,
    on: date | None,
    calendar: Calendar | None,
    *,
    otherwise: Due | None = None,
) -> Due | None:
    """By when, where the federation chose a time for this; `otherwise` where it chose none, or where it is
    not known since when: no time promised, unless the policy's words are a time by themselves ("at once").
    None where only a calendar could tell that does not reach so far."""
    choice = chosen_for(choices, what, on)
    if choice is None or start is None:
        return otherwise or Due.none_promised()
    try:
        return choice.due_after(start, calendar)
    except MissingCalendar:
        return None


def is_over(due: Due | None, start: datetime | None, now: datetime | None) -> bool | None:
    """Whether it is overdue and still not done; None where the current time is not known.

    Thirty minutes have run out as the thirtieth ends; what is due at once has run out as soon as any time
    has passed."""
    if due == Due.none_promised():
        return False
    if due is None or now is None:
        return None
    if due.instant is not None:
        return in_utc(now) >= in_utc(due.instant) and in_utc(now) > in_utc(start or due.instant)
    return due.day is not None and is_past(due.day, now)
