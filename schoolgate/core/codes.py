"""Codes that people read from paper and type."""

from __future__ import annotations

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter that is taken for another when it is written down."""


def letters_of(number: bytes, length: int) -> str:
    """Return a code of this length made from random or keyed bytes, of which there must be enough."""
    rest, letters = int.from_bytes(number), []
    for _ in range(length):
        rest, letter = divmod(rest, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def plain(code: str) -> str:
    """Return a code as it was made: without blanks and hyphens, ignoring case."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)
