"""One point of what still stops the first post from going out, and what several points use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict

from django.utils.functional import Promise

from schoolgate.core.models import School
from schoolgate.rulebook import Book

MOST_NAMED = 3

Text = str | Promise


class Whom(TypedDict, total=False):
    """Who to ask: names of people or, where there is no one yet, the roles whose holders could."""

    who: tuple[str, ...]
    role: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """One thing that has to be done before a post can go out.

    `who`: names of the people who can clear it; where no one can yet, `role`: the roles whose holders
    could. `to`: name of the page to go to, with its arguments; `done`: it is cleared.
    """

    key: str
    title: Text
    done: bool
    says: Text
    who: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    to: str = "set-up"
    to_args: tuple[int | str, ...] = ()
    by_machine: bool = False
    """The operator of the machine clears it, with a command."""
    next_for: str = ""
    """The capacity of those who do the next step and have no task that tells them so."""


@dataclass
class Home:
    """What several points read, asked once."""

    at: datetime
    book: Book
    schools: list[School]
    held: dict[str, list[str]] = field(default_factory=dict)

    def who(self, capacity: str) -> Whom:
        """Return who to ask for what a capacity allows: names, or the roles where there is no one yet."""
        names = tuple(self.held.get(capacity, ()))
        roles = tuple(role.name for role in self.book.pack.roles_with(capacity))
        return {"who": names} if names else {"role": roles}


def some(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} (+{len(names) - MOST_NAMED})" if len(names) > MOST_NAMED else shown
