"""From which day on a record is due. Pure arithmetic on days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from schoolgate.core.clock import begins
from schoolgate.rulebook.named_times import months_later


def due_on(day: date, months: int) -> date:
    """Return the day on which something is due whose period counts from `day`: the same day of a later month,
    or its last."""
    return months_later(day, months)


def over_before(on: date, months: int) -> datetime:
    """Return the instant before which a period must have begun, to be over on a day.

    The first days of the year 1 have no day before them: a period reaches back at most to that year.
    """
    day = months_later(on, -months)
    while due_on(day + timedelta(days=1), months) <= on:  # the 29th, 30th and 31st are due with the 28th
        day += timedelta(days=1)
    return begins(day + timedelta(days=1))
