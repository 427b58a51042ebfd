"""First names by which a stranger calls their own child: *My daughter Mali was so happy*. Where the school
shows it, everyone reads whose child has that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening import Hit
from schoolgate.screening.people_words import (
    CHILD,
    SOMEONES_CHILD,
    WELSH_CHILD,
    WELSH_SOMEONES_CHILD,
    either,
)

_MINE = (
    rf"(?:my|our) (?:\w{{1,12}} ){{0,2}}?{either(CHILD, SOMEONES_CHILD)}"
    rf"|(?:fy|ein) {either(WELSH_CHILD, WELSH_SOMEONES_CHILD)}"
)
_BEFORE = lazy_pattern(rf"\b(?:(?:{_MINE}),? |(?:my|our|fy|ein) (?:\w{{1,8}} )?)(?:called )?$", re.IGNORECASE)
_AFTER = lazy_pattern(rf"^,? (?:(?:is|was|yw|ydi|ydy|oedd) )?(?:{_MINE})\b|^ (?:ni|fi|acw)\b", re.IGNORECASE)
FAR = 40


def called_own(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield those of these names that the writer says is their child's."""
    for hit in hits:
        before, after = text[max(0, hit.start - FAR) : hit.start], text[hit.end : hit.end + FAR]
        if _BEFORE.search(before) or _AFTER.search(after):
            yield hit
