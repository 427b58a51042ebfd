"""What an email says inside of a wrapping: a signature in one piece (S/MIME), a signature around plain text
(PGP), and text with marks for its looks (text/enriched, RFC 1896). Signatures aren't checked: who sent an
email is no proof here in any case. Bounded: each byte is looked at a fixed number of times.
"""

from __future__ import annotations

import re
from typing import Final

_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_DATA: Final = bytes.fromhex("2a864886f70d010701")
_SEQUENCE, _SET, _NAME, _OCTETS, _PIECES, _GIVEN = 0x30, 0x31, 0x06, 0x04, 0x24, 0xA0
_MOST_PIECES: Final = 100_000
_SIGNED_TEXT: Final = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE: Final = "-----BEGIN PGP SIGNATURE-----"
_HIDDEN_TEXT: Final = "-----BEGIN PGP MESSAGE-----"
_MARK: Final = re.compile(r"<(/?)([A-Za-z0-9-]{1,60})>")


class _Ended(Exception):
    """The bytes aren't what they say."""


def in_signature(content: bytes) -> bytes | None:
    """Return the email that a signature in one piece (CMS signed-data) was put around; None where it is none,
    or where what it signs came apart from it."""
    try:
        return _Reads(content).signed()
    except (_Ended, IndexError):
        return None


class _Reads:
    """Walks through BER, whose lengths may be told or left open until two zero bytes."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def signed(self) -> bytes | None:
        self.into(_SEQUENCE)
        if self.value(_NAME) != _SIGNED_DATA:
            return None
        self.into(_GIVEN)
        self.into(_SEQUENCE)
        self.value(0x02)
        self.past(_SET)
        self.into(_SEQUENCE)
        if self.value(_NAME) != _DATA:
            return None
        self.into(_GIVEN)
        if self.content[self.at] != _PIECES:
            return self.value(_OCTETS)
        ends = self.into(_PIECES)
        pieces: list[bytes] = []
        while (self.at < ends) if ends is not None else (self.content[self.at] != 0):
            if len(pieces) >= _MOST_PIECES:
                raise _Ended
            pieces.append(self.value(_OCTETS))
        return b"".join(pieces)

    def into(self, tag: int) -> int | None:
        """Go into a piece; returns where it ends, None where that is left open."""
        length = self._length(tag)
        return None if length is None else self.at + length

    def value(self, tag: int) -> bytes:
        """Return a piece's bytes and go behind it."""
        length = self._length(tag)
        if length is None or self.at + length > len(self.content):
            raise _Ended
        self.at += length
        return self.content[self.at - length : self.at]

    def past(self, tag: int) -> None:
        """Go behind a piece, also one that is left open, which has small ones with told lengths alone."""
        length = self._length(tag)
        if length is not None:
            self.at += length
            return
        for _number in range(_MOST_PIECES):
            if self.content[self.at : self.at + 2] == b"\0\0":
                self.at += 2
                return
            inner = self._length(self.content[self.at])
            if inner is None:
                raise _Ended
            self.at += inner
        raise _Ended

    def _length(self, tag: int) -> int | None:
        if self.content[self.at] != tag:
            raise _Ended
        first = self.content[self.at + 1]
        self.at += 2
        if first < 0x80:
            return first
        if first == 0x80:
            return None
        size = first & 0x7F
        if size > 4:
            raise _Ended
        self.at += size
        return int.from_bytes(self.content[self.at - size : self.at], "big")


def without_armour(text: str) -> str | None:
    """Return a text without the signature of PGP around it; None for one that is encrypted."""
    begins = text.find(_SIGNED_TEXT)
    if begins < 0:
        return None if text.lstrip().startswith(_HIDDEN_TEXT) else text
    ends = text.find(_SIGNATURE, begins)
    _heads, blank, signed = text[begins : ends if ends >= 0 else None].partition("\n\n")
    if not blank:
        return text
    lines = (line.removeprefix("- ") for line in signed.split("\n"))  # a line that begins with a dash has it
    return (text[:begins] + "\n".join(lines)).strip("\n")


def without_marks(text: str) -> str:
    """Return the words of text/enriched: one new line is a space, each further one a line."""
    words: list[str] = []
    kept, unseen = 0, 0
    for found in _MARK.finditer(text.replace("<<", "\0")):
        before = found.string[kept : found.start()]
        words.append("" if unseen else before)
        kept = found.end()
        if found[2].lower() == "param":
            unseen = max(unseen + (-1 if found[1] else 1), 0)
    words.append(text.replace("<<", "\0")[kept:])
    joined = re.sub(r"\n+", lambda lines: "\n" * (len(lines[0]) - 1) or " ", "".join(words))
    return joined.replace("\0", "<").strip()
