"""The one place where the program asks what time it is.

Only the doors (web, api, cli, jobs) call `now`; every action takes its instant as `at`, so that a test, a
replay and the example federation can live on any day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
"""The zone in which every school of the five policies judges its days."""


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def check_aware(at: datetime) -> datetime:
    """Return `at` in UTC; raise ValueError when it does not say which instant it means."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)


def local_day(at: datetime) -> date:
    """The day in London on which the instant `at` falls; raises ValueError for an instant without a zone."""
    return check_aware(at).astimezone(LONDON).date()


def begins(day: date) -> datetime:
    """The instant in UTC at which a day begins in London."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
