"""First names alone where a child may be meant: "Amelia has the tickets"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from schoolgate.screening.first_names import is_ordinary_word
from schoolgate.screening.folding import fold
from schoolgate.screening.hits import A_WORD, FIRST_ALONE, Hit, Strength
from schoolgate.screening.text_words import Text, text_of
from schoolgate.screening.walled_names import does_something, is_said_as_name

WORKS = tuple(
    tuple(line.split())
    for line in """
alice in wonderland
alice adventures in wonderland
alice through the looking glass
anne of green gables
bill new frock
billy elliot
bugsy malone
charlie and the chocolate factory
charlie and the great glass elevator
charlotte web
christopher robin
danny the champion of the world
george marvellous medicine
goodnight mister tom
gwyl dewi
harry potter and
hansel and gretel
jack and the beanstalk
james and the giant peach
luned bengoch
mary poppins
oliver twist
peter and jane
peter pan
peter and the wolf
romeo and juliet
sali mali
tom midnight garden
tomos caradog
""".strip().splitlines()
)
"""Titles of books, films and plays with a first name, as `Words.plain` has them. None is a name by itself:
*Matilda* may be a child."""


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
        if place is None:
            alone = each.variant == FIRST_ALONE
        elif each.variant == FIRST_ALONE:
            alone = is_said_as_name(read, place, each.plain) and not _is_in_a_title(read, place)
        else:
            alone = does_something(read, place) and not read.has_title(place)
        if alone:
            yield replace(each, strength=Strength.ASK, variant=FIRST_ALONE)


def _may_be_one(hit: Hit) -> bool:
    """Return whether a hit is a first name alone, or a word that may be one."""
    return hit.variant in (FIRST_ALONE, A_WORD) and hit.strength is Strength.MENTION


def _is_in_a_title(text: Text, place: int) -> bool:
    """Return whether a word with its capital belongs to the title of a work."""
    plain, word = text.words.plain, text.words.plain[place]
    return text.words.raw[place][0].isupper() and any(
        tuple(plain[begins : begins + len(work)]) == work
        for work in WORKS
        for at, part in enumerate(work)
        if part == word and (begins := place - at) >= 0
    )
