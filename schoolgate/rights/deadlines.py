"""When a request about data must be answered, by its own steps and the schools' calendars. The law's times
are arithmetic on days alone.

About a person's own data (UK GDPR Art. 12A, as the Data (Use and Access) Act 2025 has it): one month from
the day it came in, or from the day on which identity was shown; two more where it is extended. Days on
which the school waits for an explanation don't count. The month ends on the day of the same number, on the
last day of a shorter month, and on the next working day where that is none.

Freedom of information (FOIA 2000 s.10; SI 2004/3364 reg. 3 for maintained schools, SI 2010/2768 for
academies): the twentieth school day after the day it came in, at the latest the sixtieth working day;
counted from the day of the explanation where one was needed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schoolgate.core.calendars import (
    SATURDAY,
    SchoolDays,
    bank_holidays,
    bank_holidays_of_uk,
    days_of_schools,
)
from schoolgate.core.models import Country
from schoolgate.rights.models import Kind, Request, StepKind, Waits

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


FURTHEST = timedelta(days=366 * 5)
"""As far ahead as bank holidays are looked up: further than any wait can reach."""


@dataclass(frozen=True)
class Deadline:
    """The last day in time. None: the clock waits. `guessed_from`: see `Request`."""

    on: date | None
    guessed_from: date | None = None


def deadline_of(request: Request) -> Deadline:
    """Return when a request is due now. Few queries."""
    waits, waiting = waits_of(request)
    if waiting is not None:
        return Deadline(None)
    days = days_of_schools()
    own = [one for one in days if one.school.pk == request.school_id] or days
    start = begins(request.received_on, waits)
    if request.kind != Kind.INFORMATION:
        works = _works(own, start)
        return Deadline(answer_to_person(request.received_on, waits, extended=request.extended, works=works))
    off = set(bank_holidays_of_uk(start, start + FURTHEST))
    works = _not_off(off)
    due = answer_to_public(request.received_on, waits, works=works, teaches=lambda day: _teaches(own, day))
    counted = (start + timedelta(days=n + 1) for n in range((due - start).days))
    return Deadline(due, next((day for day in counted if works(day) and not _known(own, day)), None))


def waits_of(request: Request) -> tuple[list[Wait], Waits | None]:
    """Return the waits of a request that are over, and what it waits for now."""
    found: list[Wait] = []
    since: tuple[date, Waits] | None = None
    rows = request.steps.filter(kind__in=[StepKind.WAITS, StepKind.RUNS]).order_by("pk")
    for kind, on, code in rows.values_list("kind", "on", "code"):
        if kind == StepKind.WAITS:
            since = (on, Waits(code))
        elif since is not None:
            restarts = since[1] == Waits.IDENTITY or request.kind == Kind.INFORMATION
            found.append(Wait(since[0], on, restarts))
            since = None
    return found, since[1] if since else None


def waits_since(request: Request) -> date | None:
    """Return the day from which a request waits; None where its clock runs."""
    newest = request.steps.filter(kind__in=[StepKind.WAITS, StepKind.RUNS]).order_by("-pk").first()
    return newest.on if newest is not None and newest.kind == StepKind.WAITS else None


def _works(days: list[SchoolDays], start: date) -> Callable[[date], bool]:
    """Return what tells a working day: for several schools, a day off has to be one for all of them."""
    countries = {one.school.country for one in days} or {Country.ENGLAND}
    off = set.intersection(*(set(bank_holidays(each, start, start + FURTHEST)) for each in countries))
    added = set.intersection(*(one.added_holidays for one in days)) if days else set()
    return _not_off(off | added)


def _not_off(off: set[date]) -> Callable[[date], bool]:
    return lambda day: day.weekday() < SATURDAY and day not in off


def _known(days: list[SchoolDays], day: date) -> bool:
    return bool(days) and all(one.terms and one.terms[0][0] <= day <= one.terms[-1][1] for one in days)


def _teaches(days: list[SchoolDays], day: date) -> bool:
    """Return whether pupils of any of these schools are in; True where it is not known of one, so that no
    deadline is missed."""
    return not _known(days, day) or any(
        day not in one.special and any(first <= day <= last for first, last in one.terms) for one in days
    )
