"""Runs of the tests on another day: `scripts/suites.py SUITE@DAY`, and `make calendar` for all of them."""

from datetime import date

from schoolgate.core.clock import local_day, now


def today() -> date:
    """The day in London that a door sees now. For use inside a test: midnight may pass after the import."""
    return local_day(now())
