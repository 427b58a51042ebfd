"""When a request about data must be answered. Pure arithmetic on days: no rows, no calendar of its own.

About a person's own data (UK GDPR Art. 12A, as the Data (Use and Access) Act 2025 has it): one month from the
day it came in, or from the day on which identity was shown; two more where it is extended. Days on which the
school waits for an explanation don't count. The month ends on the day of the same number, on the last day of
a shorter month, and on the next working day where that is none.

Freedom of information (FOIA 2000 s.10; SI 2004/3364 reg. 3 for maintained schools, SI 2010/2768 for
academies): the twentieth school day after the day it came in, at the latest the sixtieth working day; counted
from the day of the explanation where one was needed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS, MONTHS_EXTENDED = 1, 3
SCHOOL_DAYS, WORKING_DAYS = 20, 60
DAY = timedelta(days=1)
IsDay = Callable[[date], bool]
"""Whether a day is one that counts."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Days on which the school waited for the person, from when it asked to when it had the answer, both
    included. `restarts`: the time begins with the answer; otherwise these days are left out."""

    first: date
    last: date
    restarts: bool

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a wait that ends ({self.last}) before it begins ({self.first})")


def months_after(day: date, months: int) -> date:
    """Return the day of the same number that many months later; the last day of a month without it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def begins(received: date, waits: Iterable[Wait]) -> date:
    """Return the day from which the time counts."""
    return max([received, *(one.last for one in waits if one.restarts)])


def answer_to_person(received: date, waits: Iterable[Wait], *, extended: bool, works: IsDay) -> date:
    """Return the last day on which a person's request about their own data is answered in time."""
    known = list(waits)
    start = begins(received, known)
    left_out = {
        one.first + n * DAY
        for one in known
        if not one.restarts
        for n in range((one.last - one.first).days + 1)
        if one.first + n * DAY > start
    }
    day = months_after(start, MONTHS_EXTENDED if extended else MONTHS) + len(left_out) * DAY
    while not works(day):
        day += DAY
    return day


def answer_to_public(received: date, waits: Iterable[Wait], *, works: IsDay, teaches: IsDay) -> date:
    """Return the last day on which a freedom of information request is answered in time.

    `works`: a working day in all of the UK; `teaches`: a day on which pupils are in, which counts only where
    it is a working day too.
    """
    day, working, school = begins(received, waits), 0, 0
    while working < WORKING_DAYS and school < SCHOOL_DAYS:
        day += DAY
        if works(day):
            working += 1
            school += teaches(day)
    return day
