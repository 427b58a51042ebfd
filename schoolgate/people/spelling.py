"""Titles as they are meant: without the dots between letters, and with one wrong letter corrected."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.folding import fold
from schoolgate.screening.typing_errors import is_one_apart

_DOTS = lazy_pattern(r"\b([A-Za-z])\.\s?([A-Za-z])\.\s?([A-Za-z])\b\.?")
_WORD = lazy_pattern(r"\w{6,14}")
_IN_TITLES = (
    "safeguarding", "protection", "designated", "welfare", "pastoral", "officer", "diogelu", "amddiffyn",
    "dynodedig", "principal", "deputy", "governor", "governors", "moderator", "coordinator", "secretary",
    "headteacher", "headmaster", "headmistress", "pennaeth", "bennaeth", "prifathro", "brifathro",
    "prifathrawes", "brifathrawes",
)  # fmt: skip
_ADMINISTRATOR = lazy_pattern(r"\b(a)dmi?n\w{0,3}st\w{0,4}t[aeo]r\b", re.IGNORECASE)
_PRINCIPAL = lazy_pattern(
    r"\b(the|our|my) princip(?:le|el|il|ul)\b"
    r"(?! (?:of|that|is|was|behind|here|in|and|to|for|which|applies|itself)\b)",
    re.IGNORECASE,
)
"""Written as another word, which no count of letters tells."""


def as_meant(text: str) -> str:
    """Return a text in which the words of titles are as they are meant: "the D.S.L.", "child protecton", "the
    principle hit me"."""
    plain = _WORD.sub(_corrected, _DOTS.sub(r"\1\2\3", fold(text).text))
    return _PRINCIPAL.sub(r"\1 principal", _ADMINISTRATOR.sub(r"\1dministrator", plain))


def _corrected(found: re.Match[str]) -> str:
    word = found.group()
    small = word.casefold()
    if small in _IN_TITLES or (small.endswith("s") and small[:-1] in _IN_TITLES):
        return word
    return next((one for one in _IN_TITLES if is_one_apart(one, small)), word)
