"""Due times: hours, working hours, working days and days without an hour, judged in Europe/London.

Pure arithmetic. Nothing here knows a policy, a database or today's date: the instant of receipt and the
school's calendar are passed in. Two rules carry everything:

* Elapsed hours are counted in UTC. Twenty-four hours across a change of clocks are twenty-four hours, not the
  same wall time on the next day.
* Which day an instant falls on is read off a clock in London, whatever zone the instant came in.

A calendar that is missing, or that does not reach the day asked about, is an error that says what is missing.
It is never taken for "every day is a working day".
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5
ONE_DAY = timedelta(days=1)
LONGEST_SEARCH = timedelta(days=400)


class NaiveInstant(ValueError):
    """An instant without a zone. It could be any of several instants, so nothing is counted from it."""


class MissingCalendar(LookupError):
    """The calendar does not say what was asked: `.what` names the part, `.day` the first day it lacks."""

    def __init__(self, what: Literal["calendar", "bank_holidays", "terms"], day: date) -> None:
        super().__init__(f"the school's calendar has no {what.replace('_', ' ')} for {day.isoformat()}")
        self.what = what
        self.day = day


class DaysThatCount(StrEnum):
    """What a "working day" is. A policy that does not say leaves this open; no value here is a default."""

    WEEKDAYS = "weekdays"  # Monday to Friday without bank holidays, school holidays included
    STAFF_DAYS = "staff_days"  # days on which the school's staff are in: school days and INSET days
    SCHOOL_DAYS = "school_days"  # days on which pupils are in


EVERY_DAY: Literal["every_day"] = "every_day"
MONDAY_TO_FRIDAY: Literal["monday_to_friday"] = "monday_to_friday"
HoursCount = Literal["every_day", "monday_to_friday", "weekdays", "staff_days", "school_days"]
"""On which days the hours of a deadline pass: on every day; from Monday to Friday, bank holidays included; or
on working days in one of the senses of DaysThatCount."""


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """Every day from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"days that end ({self.last}) before they begin ({self.first})")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of one school's days.

    `bank_holidays` are the days off with substitutes (not the Saturday that was substituted), known for
    every day of `bank_holidays_known`. `added_days` are further days off, proclaimed after that list was
    made. `terms` are the unbroken runs of teaching (a half-term break ends one); every day of `terms_known`
    outside them is holiday. `terms_known` is None where term dates have not been entered yet. `inset_days`
    are for staff, not for pupils.
    """

    country: Literal["england", "wales"]
    bank_holidays_known: Days
    bank_holidays: tuple[date, ...]
    added_days: tuple[date, ...] = ()
    terms_known: Days | None = None
    terms: tuple[Days, ...] = ()
    inset_days: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        # Sorted and without repeats, so that equal calendars are equal values and give equal digests.
        for name in ("bank_holidays", "added_days", "terms", "inset_days"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))

    def counts(self, day: date, counting: DaysThatCount) -> bool:
        """Whether `day` is a working day in the sense of `counting`. Raises MissingCalendar."""
        if day not in self.bank_holidays_known:
            raise MissingCalendar("bank_holidays", day)
        if counting is not DaysThatCount.WEEKDAYS and (
            self.terms_known is None or day not in self.terms_known
        ):
            raise MissingCalendar("terms", day)
        if day.weekday() >= SATURDAY or self.is_bank_holiday(day):
            return False
        if counting is DaysThatCount.WEEKDAYS:
            return True
        if day in self.inset_days:
            return counting is DaysThatCount.STAFF_DAYS
        return any(day in term for term in self.terms)

    def is_bank_holiday(self, day: date) -> bool:
        """Whether `day` is a day off for the whole country. Raises MissingCalendar."""
        if day not in self.bank_holidays_known:
            raise MissingCalendar("bank_holidays", day)
        return day in self.bank_holidays or day in self.added_days

    def is_day_off(self, day: date) -> bool:
        """Whether `day` is a weekend, a bank holiday or a weekday of the school holidays; an INSET day is
        none of them. Raises MissingCalendar."""
        return not (self.counts(day, DaysThatCount.WEEKDAYS) and self.counts(day, DaysThatCount.STAFF_DAYS))

    def is_school_holiday(self, day: date) -> bool:
        """Whether `day` is outside all terms. A weekend within a term is no school holiday, nor is an INSET
        day. Raises MissingCalendar."""
        if self.terms_known is None or day not in self.terms_known:
            raise MissingCalendar("terms", day)
        return day not in self.inset_days and not any(day in term for term in self.terms)

    def first_counting_day(self, start: date, counting: DaysThatCount) -> date:
        """Return the first working day on or after `start`. Raises MissingCalendar where it is not
        covered."""
        day = start
        while not self.counts(day, counting):
            if day - start > LONGEST_SEARCH:  # a calendar without one term in a year is not a calendar
                raise MissingCalendar("terms", start)
            day += ONE_DAY
        return day


def in_utc(instant: datetime) -> datetime:
    """`instant` in UTC. Raises NaiveInstant where it carries no zone."""
    if instant.utcoffset() is None:
        raise NaiveInstant(f"{instant.isoformat()} carries no time zone")
    return instant.astimezone(UTC)


def local_day(instant: datetime) -> date:
    """Return the day that `instant` falls on in London. Raises NaiveInstant."""
    return in_utc(instant).astimezone(LONDON).date()


def day_ends(day: date) -> datetime:
    """Return the first UTC instant after `day` in London. What is due on a day is late from here on."""
    return datetime.combine(day + ONE_DAY, time.min, LONDON).astimezone(UTC)


def is_past(due: datetime | date, at: datetime) -> bool:
    """Whether `at` is later than `due`, an instant or a whole day. Raises NaiveInstant."""
    if isinstance(due, datetime):
        return in_utc(at) > in_utc(due)
    return in_utc(at) >= day_ends(due)


def after_hours(received: datetime, hours: int) -> datetime:
    """Return the UTC instant `hours` elapsed hours after `received`, weekends and changes of clock
    included."""
    return in_utc(received) + timedelta(hours=_at_least_one(hours))


def next_working_day(received: datetime, calendar: Calendar, counting: DaysThatCount) -> date:
    """Return the first working day after the day of receipt. Raises MissingCalendar, NaiveInstant."""
    return after_working_days(received, 1, calendar, counting)


def after_working_days(
    received: datetime | date, days: int, calendar: Calendar, counting: DaysThatCount
) -> date:
    """Return the `days`-th working day after the day of receipt, which itself is not counted.

    Raises MissingCalendar where the calendar ends before that day, NaiveInstant.
    """
    day = local_day(received) if isinstance(received, datetime) else received
    for _ in range(_at_least_one(days)):
        day = calendar.first_counting_day(day + ONE_DAY, counting)
    return day


def after_hours_on(
    received: datetime, hours: int, counting: HoursCount, calendar: Calendar | None = None
) -> datetime:
    """Return the UTC instant at which `hours` hours have passed, counting only the days that count.

    For an item that comes in on another day, the time starts at the beginning of the next day that counts.
    Raises MissingCalendar and NaiveInstant."""
    if counting == EVERY_DAY:
        return after_hours(received, hours)
    left = timedelta(hours=_at_least_one(hours))
    start, day = in_utc(received), local_day(received)
    while True:
        day = first_day_of_hours(day, counting, calendar)
        begins, ends = max(start, day_ends(day - ONE_DAY)), day_ends(day)
        if left <= ends - begins:
            return begins + left
        left -= ends - begins
        day += ONE_DAY


def first_day_of_hours(start: date, counting: HoursCount, calendar: Calendar | None) -> date:
    """Return the first day, on or after `start`, with hours that count. Raises MissingCalendar."""
    if counting == EVERY_DAY:
        return start
    if counting == MONDAY_TO_FRIDAY:
        return next(day for n in range(3) if (day := start + n * ONE_DAY).weekday() < SATURDAY)
    if calendar is None:
        raise MissingCalendar("calendar", start)
    return calendar.first_counting_day(start, DaysThatCount(counting))


def _at_least_one(number: int) -> int:
    if number < 1:
        raise ValueError(f"a due time lies at least one hour or day ahead, not {number}")
    return number
