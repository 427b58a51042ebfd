"""First names alone: whether one stands in a text as an ordinary word ("in May", "Hope to see you", "Summer
fair"), and those of pupils who must not be published."""

from __future__ import annotations

import re
from typing import Final

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Hit

_BEFORE: Final = 24
_AFTER: Final = 24
_AS_MONTH = lazy_pattern(
    r"(?:\b(?:in|of|from|since|until|till|by|to|this|next|last|early|late|mid|and|before|after)|\d(?:st|nd"
    r"|rd|th)?|[-–/,])\s?$",
    re.IGNORECASE,
)
_OF_MONTH = lazy_pattern(r"^\s?(?:\d|half[- ]term|bank holiday|day\b|term\b)", re.IGNORECASE)
_TO_READER = lazy_pattern(
    r"^\s(?:you|your|we|our|us|i|it|this|that|the|these|to|be|all|anyone|everyone|any|they|there)\b",
    re.IGNORECASE,
)
_SEASON = lazy_pattern(
    r"^\s(?:terms?|fairs?|f[eê]tes?|holidays?|hols|reading|camps?|balls?|part(?:y|ies)|uniforms?|shows?"
    r"|concerts?|schools?"
    r"|breaks?|sun|days?|weather|clubs?|timetable|performances?|productions?|exams?|19|20)\b",
    re.IGNORECASE,
)
_PLACE_OR_DAY = lazy_pattern(
    r"^(?:(?:['’]s)?\s(?:street|road|lane|avenue|drive|close|park|hall|station|hospital|church|day|sunday"
    r"|class|team)"
    r"|\shouse|['’]s\s(?-i:House))\b",
    re.IGNORECASE,
)


def is_ordinary_word(text: str, hit: Hit) -> bool:
    """Return whether a first name alone is more likely a month, a season, a place or a word to the reader.

    It leaves out what the words beside it tell; a name that can be either is asked about.
    """
    return is_a_word_there(text, hit.start, hit.end, hit.plain)


def is_a_word_there(text: str, start: int, end: int, plain: str) -> bool:
    """Return the same of the characters from `start` to `end`."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    if plain == "may" and (_AS_MONTH.search(before) or _OF_MONTH.search(after)):
        return True
    if plain in ("will", "may", "mark", "hope", "joy") and _TO_READER.search(after):
        return True
    return bool((plain == "summer" and _SEASON.search(after)) or _PLACE_OR_DAY.search(after))
