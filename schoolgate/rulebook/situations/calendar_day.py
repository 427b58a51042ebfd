"""A day as a school's calendar has it: a weekday, a day off, a day of the holidays."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal, Self, TypeVar, get_args

from pydantic import Field

from schoolgate.rulebook.facts import Ask, Day, Facts, Part, derived
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.working_time import Calendar, MissingCalendar

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
