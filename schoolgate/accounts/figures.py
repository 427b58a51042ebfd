"""What the apps above know about an account: its posts, the comments on it. They register when the program
starts.

Posts and comments depend on this app, so it must not import them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from schoolgate.accounts.models import Account


@dataclass(frozen=True)
class Part:
    """One thing of an account for its archive. `kind`: "posts" or "comments"; `data`: as JSON has it.

    `pictures`: digest -> name of the file that it gets in the archive.
    """

    kind: str
    data: Mapping[str, Any]
    pictures: Mapping[str, str] = field(default_factory=dict)


class ActivityProvider(Protocol):
    """An app that knows something of accounts. What it does not know it leaves out."""

    def unanswered(self, accounts: Collection[int]) -> Mapping[int, int]:
        """Return how many comments wait for an answer, by account. One query."""
        ...

    def by_month(self, account: Account, since: date) -> Mapping[str, Mapping[date, int]]:
        """Return, for each thing that it counts, the number by first day of the month."""
        ...

    def posts_by(self, account: Account, since: date) -> Mapping[int, int]:
        """Return how many posts of the account each person wrote since then."""
        ...

    def count(self, account: Account) -> int:
        """Return how many things it has for the archive."""
        ...

    def parts(self, account: Account, *, after: int, limit: int) -> Sequence[tuple[int, Part]]:
        """Return the next things for the archive, each with its number; none at the end."""
        ...

    def withheld(self, account: Account, *, since: datetime) -> bool:
        """Return whether an archive begun at `since` may have something that was withheld later."""
        ...


_providers: list[ActivityProvider] = []


def register_activity_provider(provider: ActivityProvider) -> None:
    """Register, at the start of the program, an app that knows something of accounts."""
    _providers.append(provider)


def unanswered(accounts: Collection[int]) -> dict[int, int]:
    """Return how many comments wait for an answer, by account; 0 where none does."""
    found = dict.fromkeys(accounts, 0)
    for provider in _providers:
        for pk, number in provider.unanswered(accounts).items():
            found[pk] += number
    return found


def by_month(account: Account, since: date) -> dict[str, Mapping[date, int]]:
    """Return the monthly counts since a day: "posts" and "answers", as far as an app counts them."""
    found: dict[str, Mapping[date, int]] = {}
    for provider in _providers:
        found |= provider.by_month(account, since)
    return found


def posts_by(account: Account, since: date) -> dict[int, int]:
    """Return how many posts of the account each person wrote since a day."""
    found: dict[int, int] = {}
    for provider in _providers:
        found |= provider.posts_by(account, since)
    return found


def withheld(account: Account, *, since: datetime) -> bool:
    """Return whether an archive begun at `since` may have something that was withheld later."""
    return any(provider.withheld(account, since=since) for provider in _providers)


def providers() -> Iterator[ActivityProvider]:
    """Return all providers with something for an archive, in the order of the apps."""
    yield from _providers
