"""Finds a name over two texts that people read together, such as a post and the description of its picture:
"Grace" ends one and "Young" begins another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold
from schoolgate.screening.hits import Hit, Strength
from schoolgate.screening.names import NameIndex

EDGE = 160
"""Characters of each text that are looked at."""
MOST = 10
"""Texts of which each is looked at with each after it; further ones with the next alone."""


def names_over(texts: Sequence[str], index: NameIndex) -> Iterator[tuple[Hit, tuple[int, int]]]:
    """Yield names that neither of two texts has by itself, each with the places of the two."""
    if not index.number:
        return
    for place in combinations(range(len(texts)), 2):
        if place[1] > MOST and place[1] - place[0] > 1:
            continue
        end, begin = _end(texts[place[0]]), _begin(texts[place[1]])
        if not end or not begin:
            continue
        alone = {hit.key for each in (end, begin) for hit in _asked(each, index)}
        for hit in _asked(f"{end}\n{begin}", index):
            if hit.key not in alone:
                yield hit, place


def _asked(text: str, index: NameIndex) -> Iterator[Hit]:
    return (hit for hit in find_names(fold(text), index) if hit.strength is not Strength.MENTION)


def _end(text: str) -> str:
    text = text.rstrip()
    return text if len(text) <= EDGE else text[-EDGE:].partition(" ")[2]


def _begin(text: str) -> str:
    text = text.lstrip()
    return text if len(text) <= EDGE else text[:EDGE].rpartition(" ")[0]
