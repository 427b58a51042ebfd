"""The card of a link: what a network shows below a text with a web address. Pure.

Some networks take the card with the post, others read the page themselves (`Capabilities.link_card`).
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from typing import Self

from schoolgate.core.web_address import parts_of

LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 300
LONGEST_ADDRESS = 2_000
MOST_LETTERS = 20_000
"""Of a stranger's text, before it is tidied."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT = frozenset("\u200c\u200d")
"""Joiners: without them some scripts and emoji fall apart."""


def one_line(text: str, longest: int) -> str:
    """Return a stranger's text as one line without anything hidden (what turns the writing direction, too),
    cut at `longest` characters."""
    said = unicodedata.normalize("NFC", text[:MOST_LETTERS])
    plain = "".join(
        sign if sign in _KEPT or unicodedata.category(sign) not in _HIDDEN else " " if sign.isspace() else ""
        for sign in said
    )
    line = " ".join(plain.split()).strip("".join(_KEPT))
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _tidy(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())


def site_of(address: str) -> str:
    """Return the host of an address; empty where it is none."""
    return parts_of(address).netloc


@dataclass(frozen=True, slots=True)
class NormalCard:
    """A card as it is compared. `picture`: SHA-256 of the bytes; empty for none."""

    address: str
    title: str
    description: str
    picture: str = ""

    @classmethod
    def of(cls, address: str, title: str, description: str, picture: str = "") -> Self:
        """Bring into normal form."""
        return cls(address, _tidy(title), _tidy(description), picture)


@dataclass(frozen=True, slots=True)
class OutgoingCard:
    """The card of one link, as a network will receive it. Without a picture `data` is empty."""

    address: str
    title: str
    description: str = ""
    data: bytes = field(default=b"", repr=False)
    media_type: str = ""
    width: int = 0
    height: int = 0

    @property
    def digest(self) -> str:
        """SHA-256 of the picture's bytes, in hexadecimal; empty without one."""
        return hashlib.sha256(self.data).hexdigest() if self.data else ""

    def normal(self) -> NormalCard:
        """Return what reading it back should give."""
        return NormalCard.of(self.address, self.title, self.description, self.digest)
