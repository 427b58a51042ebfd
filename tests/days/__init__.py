"""Runs of the tests on another day: `scripts/suites.py SUITE@DAY`, and `make calendar` for all of them."""

from datetime import date, datetime
from functools import lru_cache

from schoolgate.core.clock import local_day, now


def today() -> date:
    """The day in London that a door sees now. For use inside a test: midnight may pass after the import."""
    return local_day(now())


def first_seen_today() -> datetime:
    """An instant of today, the same in all tests of that day. For use inside a test."""
    return _first_seen(today())


@lru_cache
def _first_seen(_day: date) -> datetime:
    return now()
