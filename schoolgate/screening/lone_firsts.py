"""First names alone where a child may be meant: "Amelia has the tickets"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from schoolgate.screening.first_names import is_ordinary_word
from schoolgate.screening.folding import fold
from schoolgate.screening.hits import FIRST_ALONE, Hit, Strength
from schoolgate.screening.text_words import text_of
from schoolgate.screening.walled_names import is_said_as_name


def lone_firsts(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the first names alone in a text that may be a pupil's, as hits that are asked about.

    One that is a word too (*Grace*) counts only where it's written as a name.
    """
    some = [each for each in hits if _may_be_one(each) and not is_ordinary_word(text, each)]
    if not some:
        return
    folded = fold(text)
    read = text_of(folded.text)
    places = {folded.span(read.words.starts[place], read.words.ends[place]): place for place in read.limits}
    for each in some:
        place = places.get((each.start, each.end))
        if place is None or is_said_as_name(read, place, each.plain):
            yield replace(each, strength=Strength.ASK)


def _may_be_one(hit: Hit) -> bool:
    return hit.variant == FIRST_ALONE and hit.strength is Strength.MENTION
