"""Separate mails, such as an invitation: what they are made of.

A letter carries a link, and some links open something: so it is made when the mail is sent, by the app that
knows about it, and never stored. That app declares the kind, its texts and the maker in one place, with
`notices.kinds.makes_letter`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise

from schoolgate.core.reached import origin

LINK = "{link}"


@dataclass(frozen=True)
class LetterText:
    """The text of a letter: its subject, and its paragraphs with places for the link and for names."""

    subject: Promise
    lines: tuple[Promise | str, ...]


@dataclass(frozen=True)
class LetterContent:
    """One letter: its text, its link, and the few names that the text has a place for."""

    text: LetterText
    link: str
    names: Mapping[str, str] = field(default_factory=dict)

    def said(self) -> tuple[str, list[str]]:
        """Return subject and paragraphs in the active language."""
        given = {"link": self.link, **self.names}
        return str(self.text.subject), [str(line).format(**given) for line in self.text.lines]


Maker = Callable[[int, datetime], LetterContent | None]
"""Called with the number of the subject and the instant, inside the scope, in the reader's language. None: it
is over, and nothing is sent."""


def address(name: str, *args: object, **kwargs: object) -> str:
    """Return the full address of a page, for a mail; without a public address, this machine's own."""
    return origin() + reverse(name, args=args or None, kwargs=kwargs or None)
