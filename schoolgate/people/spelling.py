"""Titles as they are meant: without the dots between letters, and with one wrong letter corrected."""

from __future__ import annotations

import re

from schoolgate.screening.folding import fold
from schoolgate.screening.typing_errors import is_one_apart

_DOTS = re.compile(r"\b([A-Za-z])\.\s?([A-Za-z])\.\s?([A-Za-z])\b\.?")
_WORD = re.compile(r"\w{6,14}")
_IN_TITLES = (
    "safeguarding", "protection", "designated", "welfare", "pastoral", "officer", "diogelu", "amddiffyn",
    "dynodedig",
)  # fmt: skip


def as_meant(text: str) -> str:
    """Return a text in which the words of titles are as they are meant: "the D.S.L.", "child protecton"."""
    return _WORD.sub(_corrected, _DOTS.sub(r"\1\2\3", fold(text).text))


def _corrected(found: re.Match[str]) -> str:
    word = found.group()
    small = word.casefold()
    return next((one for one in _IN_TITLES if small != one and is_one_apart(one, small)), word)
