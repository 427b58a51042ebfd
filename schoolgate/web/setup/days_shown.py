"""Every school day that some terms and INSET days would make, month by month, before they are saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from schoolgate.core.calendars import SchoolCalendar, bank_holidays, days_of_pupils
from schoolgate.core.errors import Text

FRIDAY, AFTER_WEEKEND = 4, 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """One month. `days`: the school days as runs of numbers, of which weekends are no end; `off`: the other
    weekdays, by why pupils aren't in."""

    first: date
    number: int
    days: str
    off: Sequence[tuple[Text, str]]


def months_of(
    terms: Sequence[tuple[str, date, date]], inset: Iterable[date], added: Iterable[date], *, country: str
) -> list[Month]:
    """Return the months from the first day of the terms and INSET days to the last."""
    if not terms:
        return []
    training = set(inset)
    first, last = min(training | {each[1] for each in terms}), max(training | {each[2] for each in terms})
    free = set(bank_holidays(country, first, last)) | set(added)
    known = SchoolCalendar(
        country, first, last, tuple(sorted(free)), (), tuple(each[1:] for each in terms), tuple(training)
    )
    school = set(days_of_pupils(known))
    weekdays = [
        day
        for number in range((last - first).days + 1)
        if (day := first + ONE_DAY * number).weekday() <= FRIDAY
    ]
    found = []
    for month, each in groupby(weekdays, key=lambda day: day.replace(day=1)):
        days = list(each)
        there = [day for day in days if day in school]
        reasons = {
            _("Bank holidays"): [day for day in days if day in free],
            _("INSET"): [day for day in days if day in training and day not in free],
            _("Holidays"): [day for day in days if day not in school and day not in free | training],
        }
        off = [(why, _runs(away)) for why, away in reasons.items() if away]
        found.append(Month(month, len(there), _runs(there), off))
    return found


def _runs(days: Sequence[date]) -> str:
    """Return days as runs of numbers: 2–13, 16."""
    runs: list[list[date]] = []
    for day in days:
        before = runs[-1][-1] if runs else None
        apart = (day - before).days if before else 0
        if before and (apart == 1 or (apart == AFTER_WEEKEND and before.weekday() == FRIDAY)):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{run[0].day}–{run[-1].day}" if run[1:] else str(run[0].day) for run in runs)
