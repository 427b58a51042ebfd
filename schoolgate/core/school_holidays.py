"""The holidays ahead, as the schools' calendars give them: runs of days off that hold a weekday."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schoolgate.core.calendars import SATURDAY, bank_holidays
from schoolgate.core.models.calendars import Term
from schoolgate.core.models.directory import School
from schoolgate.core.school_days import days_of_schools

DAY = timedelta(days=1)
BACK, AHEAD = timedelta(days=70), timedelta(days=300)
UNKNOWN = timedelta(days=13)
"""Where the next term is not entered, the two weeks after the last one are shown."""


@dataclass(frozen=True)
class Holiday:
    """Days off in a row, both included, and the schools that have them. `known`: False where it is not
    entered when the next term begins, so that `last` is only as far as we look."""

    first: date
    last: date
    schools: tuple[School, ...]
    known: bool = True

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]


def holidays_ahead(on: date) -> list[Holiday]:
    """Return the holidays of every school in scope that are not over on a day, soonest first.

    Schools with the same days share one entry. On INSET days the staff is at work, so they are not a holiday;
    neither is a weekend alone. One query.
    """
    found: dict[tuple[date, date, bool], list[School]] = defaultdict(list)
    for each in days_of_schools():
        for run in _runs(each.school, each.terms, each.added_holidays, on=on):
            found[run].append(each.school)
    return [
        Holiday(first, last, tuple(of), known)
        for (first, last, known), of in sorted(found.items(), key=lambda each: each[0])
    ]


def any_terms() -> bool:
    """Whether any school of the federation in scope has entered a term."""
    return Term.objects.exists()


def _runs(
    school: School, terms: Sequence[tuple[date, date]], added: Iterable[date], *, on: date
) -> list[tuple[date, date, bool]]:
    if not terms:
        return []
    end_of_terms = terms[-1][1]
    first, last = max(on - BACK, terms[0][0]), min(on + AHEAD, end_of_terms)
    found: list[tuple[date, date, bool]] = []
    if first <= last:
        off = {*bank_holidays(school.country, first, last), *added}
        run: list[date] = []
        for number in range((last - first).days + 1):
            day = first + number * DAY
            teaching = day.weekday() < SATURDAY and day not in off and any(a <= day <= b for a, b in terms)
            if not teaching:
                run.append(day)
                continue
            _keep(run, found, on)
            run = []
        _keep(run, found, on)
    if end_of_terms <= on + AHEAD and end_of_terms + DAY + UNKNOWN >= on:
        found.append((end_of_terms + DAY, end_of_terms + DAY + UNKNOWN, False))
    return found


def _keep(run: Sequence[date], found: list[tuple[date, date, bool]], on: date) -> None:
    if run and run[-1] >= on and any(day.weekday() < SATURDAY for day in run):
        found.append((run[0], run[-1], True))
