"""The account leads of an example federation do the daily check on most days."""

from collections.abc import Sequence

from schoolgate.accounts.access import leads
from schoolgate.accounts.care import look_in
from schoolgate.accounts.models import Account
from schoolgate.cli.demo.stage import Stage
from schoolgate.cli.demo.words import POSTS
from schoolgate.core.clock import local_day

SKIPPED = 4
"""Every this many days the check is missed: a story in which nothing is ever missed teaches nothing."""


def looks_in(stage: Stage, accounts: Sequence[Account]) -> None:
    """The weekdays between the opening of the accounts and the first post."""
    for days_ago in range(24, max(told.days_ago for told in POSTS), -1):
        stage.go_on(days_ago=days_ago)
        if local_day(stage.clock).isoweekday() < 6 and days_ago % SKIPPED:
            _look(stage, accounts)


def looks_in_once_more(stage: Stage, accounts: Sequence[Account]) -> None:
    """After the last post: what was written below it is read."""
    _look(stage, accounts)


def _look(stage: Stage, accounts: Sequence[Account]) -> None:
    for account in accounts:
        by = next(iter(leads(account)), stage.who("opener"))
        look_in(account=account, by=by, at=stage.later(3))
