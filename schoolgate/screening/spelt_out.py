"""Names that the first letters of lines or sentences spell, downwards or upwards: *Read down!*"""

from __future__ import annotations

from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.folding import Folded
from schoolgate.screening.hits import Hit, Kind, Strength
from schoolgate.screening.names import NameIndex
from schoolgate.screening.personal import SENTENCE

SHORTEST, SHORTEST_FIRST = 6, 5
"""Letters of a whole name, and of the first name of a child who must not be published."""
LONGEST = 40
_LINE = lazy_pattern(r"[^\n]+")
_LETTER = lazy_pattern(r"[^\W\d_]")


def find_spelt_out(folded: Folded, index: NameIndex) -> Iterator[Hit]:
    """Yield each pupil's name that is spelt so, at the first of the letters that spell it."""
    done: set[tuple[int, ...]] = set()
    for shape in (_LINE, SENTENCE):
        found = (
            _LETTER.search(folded.text, each.start(), each.end()) for each in shape.finditer(folded.text)
        )
        places = [each.start() for each in found if each]
        letters = "".join(folded.text[place].lower() for place in places)
        if len(letters) < SHORTEST_FIRST or len(letters) != len(places):
            continue
        for way in (1, -1):
            for first, name, of in _names_in(letters[::way], index):
                if of not in done:
                    done.add(of)
                    start, end = folded.span(places[::way][first], places[::way][first] + 1)
                    words = " ".join(name.upper())
                    yield Hit(start, end, words, Kind.PUPIL, Strength.ASK, "handle", name, of)


def _names_in(letters: str, index: NameIndex) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    for first in range(len(letters) - SHORTEST_FIRST + 1):
        for end in range(min(len(letters), first + LONGEST), first + SHORTEST_FIRST - 1, -1):
            name = letters[first:end]
            of = index.joined.get(name, ()) if len(name) >= SHORTEST else ()
            if of := of or index.walled.get(name, ()):
                yield first, name, of
                break
