"""What is sought for a request, and what a place answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import begins
from schoolgate.core.disclosure.saying import ROOMS
from schoolgate.core.searching import every_word


class Why(TextChoices):
    """Why something was found; the first that applies."""

    ABOUT = "about", _("It is about them")
    WROTE = "wrote", _("They wrote it, or did it")
    NAMED = "named", _("It contains a name or word you entered")


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Whose data is sought. `lines`: names, usernames, email addresses, and words for freedom of information,
    as they were entered; a text fits where it has all words of one of them, in any order.

    `person`, `pupil`: the numbers of their rows, if the office picked one. `since`, `until`: days, included.
    """

    lines: tuple[str, ...] = ()
    person: int | None = None
    pupil: int | None = None
    user: int | None = None
    """The sign-in of that person; filled in where the gathering runs."""
    since: date | None = None
    until: date | None = None
    business: bool = False
    """Whether texts about the school's own business, which are about no one, are sought and read too: for
    freedom of information."""

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words of each line as they are looked for: lower case, without accents."""
        found = (tuple(every_word(line)) for line in self.lines)
        return tuple(dict.fromkeys(words for words in found if words))

    @property
    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """The first instant of the days sought, and the first after them; None: open on that side."""
        return (
            begins(self.since) if self.since else None,
            begins(self.until + timedelta(days=1)) if self.until else None,
        )

    def within(self, column: str) -> Q:
        """Return the condition that the instant in this column is in the days sought."""
        since, until = self.bounds
        found = Q(**{f"{column}__gte": since}) if since else Q()
        return found & Q(**{f"{column}__lt": until}) if until else found

    def fits(self, texts: Iterable[str]) -> bool:
        """Return whether these texts, taken together, have all words of one of the lines."""
        there = set(every_word(" ".join(texts)))
        return any(there.issuperset(words) for words in self.words)


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that was found, by its number in its place."""

    number: int
    why: Why


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a thing. `part`: names it among the texts of this thing, always the same.

    `said`: what was chosen from a list, in the reader's language; `text` has the same in English. Such a text
    is covered as a whole or not at all.
    """

    part: str
    label: str | Promise
    text: str
    said: Promise | None = None

    @property
    def shown(self) -> str:
        """The text in the language that is active."""
        return self.text if self.said is None else str(self.said)


@dataclass(frozen=True, slots=True)
class File:
    """A file in `core.files`."""

    digest: str
    label: str | Promise


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing as it is read: what the answer would have. `others`: names of people in it, as far as rows
    say, for the covering of names."""

    number: int
    title: str | Promise
    at: datetime | None = None
    texts: Sequence[Text] = ()
    files: Sequence[File] = ()
    others: Sequence[str] = field(default_factory=tuple)


class Place(ABC):
    """Where things are found. `code`: in the row of what was found; the table's label in lower case, so
    `code:number` is the thing's name in the record. `room`: its area, by which pages group places."""

    code: str
    room: str
    own_words: Promise | str = ""
    """Where the leads write themselves what the answer says about a thing: what that text is called."""
    business_only: bool = False
    """Whether it has only the school's own business: nothing is found there for a person's data."""

    @property
    def name(self) -> Promise:
        """What its area is called."""
        return ROOMS[self.room]

    @property
    @abstractmethod
    def tables(self) -> frozenset[str]:
        """The labels of the tables that it covers, as the data map has them."""

    @abstractmethod
    def find(self, sought: Sought, *, after: int, limit: int) -> list[Match]:
        """Return the first things with a number above `after`, by number; at most `limit`. Fewer: these are
        all. In the scope of the federation, without a person."""

    @abstractmethod
    def read(self, numbers: Collection[int], sought: Sought) -> list[Piece]:
        """Return these things, by number; what is gone, or was destroyed, is left out."""

    def for_lead(self, numbers: Collection[int]) -> set[int]:
        """Return those of these things that only the safeguarding leads may read and decide on."""
        return set()

    def lead_may_read(self, person: Any, number: int, *, on: date) -> bool:
        """Return whether this safeguarding lead may read a thing that is kept to the leads."""
        return True

    def instead_of_leads(self, number: int, *, on: date) -> frozenset[int]:
        """Return the ids of the people who decide on a thing that may be about each safeguarding lead."""
        return frozenset()

    def find_as_lead(self, person: Any, sought: Sought, *, on: date) -> list[Match]:
        """Return what only this lead's own eyes can find, in their scope; nothing where there is no such
        thing."""
        return []
