"""A paragraph as its sentences."""

import re
from itertools import pairwise

from schoolgate.patterns import lazy_pattern

_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|(?<=;)\s+(?=[A-Z])")
_SHORT = lazy_pattern(
    r"(?:\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|st|no|nos|vs|cf|approx|para|sect|fig|p|pp|inc|rev)"
    r"|(?<!appendix )(?<!annex )\b[A-Z])\.$",
    re.IGNORECASE,
)
_SAYS = lazy_pattern(
    r"\b(?:must|shall|should|will|may|can|cannot|is|are|was|were|be|has|have|do|does|not|never|no|rhaid|dylai\w*"
    r"|dylid|mae|ni|na|peidi\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
"""A word that a sentence has and a name doesn't."""
IN_NO_CASE = (
    r"(?:under|in) no (?:circumstances?|cases?|situations?)|on no (?:account|occasion)"
    r"|at no (?:times?|point|stage)"
)
"""How a sentence forbids without a *not*: *under no circumstances will a member of staff*."""
_LONGEST = 1_000
"""What is longer is no sentence that ends with "e.g."."""


def split(text: str) -> list[str]:
    """Return the sentences of a paragraph, with every word of it. "e.g." and "Mr." end none."""
    parts: list[str] = []
    ends = [0, *(end.end() for end in _END.finditer(text)), len(text)]
    for part in (text[begin:end].strip() for begin, end in pairwise(ends)):
        lists_on = parts and parts[-1].endswith(";") and (not _SAYS.search(part) or _goes_on(parts[-1], part))
        if lists_on or (parts and len(parts[-1]) <= _LONGEST and _SHORT.search(parts[-1])):
            parts[-1] = f"{parts[-1]} {part}"
        elif part:
            parts.append(part)
    return parts


def _goes_on(before: str, part: str) -> bool:
    """Whether a bracket is open before these words that they close."""
    return before.count("(") > before.count(")") and ")" in part
