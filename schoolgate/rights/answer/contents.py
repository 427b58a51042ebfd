"""What an answer is made of. Whatever was covered or left out isn't in here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class GivenText:
    """One text of a piece. `words`: as they are given, covered where they were covered."""

    label: str
    words: str


@dataclass(frozen=True)
class GivenFile:
    """A file of a piece. `name`: in the answer; `read`: its content, a piece at a time; raises Gone."""

    name: str
    label: str
    read: Callable[[], Iterator[bytes]]


class Gone(Exception):
    """The file was lost or destroyed since it was found."""


@dataclass(frozen=True)
class GivenPiece:
    """One thing that is given. `number`: in the answer, from 1; `place`: where it was found."""

    number: int
    place: str
    title: str
    at: datetime | None
    texts: tuple[GivenText, ...]
    files: tuple[GivenFile, ...] = ()
    covered: bool = False


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What an answer is written from. `pieces`: reads them again each time, in order, a few at once.

    `letter`: its text, as the office left it; `title`, `about`: what the PDF says first, in lines.
    `language`: en or cy.
    """

    number: int
    language: str
    federation: str
    title: str
    about: tuple[tuple[str, str], ...]
    received_on: date
    made_at: datetime
    letter: str
    pieces: Callable[[], Iterator[GivenPiece]]
