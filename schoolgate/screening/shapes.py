"""Sentences by words that stand near each other in them: what they must all have, and what beside it means
that no one child is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.personal import LONGEST_SENTENCE, SENTENCE, Seen


class Shape(NamedTuple):
    """A sentence that has all of some words and none of others. The first are what it's asked about for."""

    kind: Kind
    having: tuple[re.Pattern[str], ...]
    without: re.Pattern[str] | None = None


def find_shapes(text: str, shapes: Iterable[Shape]) -> Iterator[Seen]:
    """Yield where sentences of a folded text have such shapes."""
    there = [each for each in shapes if all(one.search(text) for one in each.having)]
    for sentence in SENTENCE.finditer(text) if there else ():
        words = sentence.group()[:LONGEST_SENTENCE]
        for shape in there:
            found = [one.search(words) for one in shape.having]
            first = found[0]
            if first and all(found) and not (shape.without and shape.without.search(words)):
                begin = sentence.start()
                yield Seen(begin + first.start(), begin + first.end(), shape.kind, Strength.ASK)
