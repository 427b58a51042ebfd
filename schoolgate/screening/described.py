"""Whether the description of a picture has children in it: *a girl in her swimming costume*. What is by or
for children, or a thing of theirs, has none."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.folding import fold
from schoolgate.screening.people_words import CHILD, CHILDREN, WELSH_CHILD, WELSH_CHILDREN, either

_CHILDREN = either(
    CHILD, CHILDREN, ("teenager", "teenagers", "toddler", "toddlers"), WELSH_CHILD, WELSH_CHILDREN
)
_IN_IT = lazy_pattern(rf"\b{_CHILDREN}\b(?!['’]|s['’]|-| of the \w)", re.IGNORECASE)
_NOT_IN_IT = lazy_pattern(
    r"\b(?:by|for|from|about|gan|i|ar gyfer|am|gwaith|llythyr\w*) (?:[\w'’-]{1,12} ){0,2}?"
    rf"{_CHILDREN}\b",
    re.IGNORECASE,
)


def has_children(description: str) -> bool:
    """Return whether a child is said to be in the picture."""
    words = fold(description).text
    return _IN_IT.search(_NOT_IN_IT.sub(" ", words)) is not None
