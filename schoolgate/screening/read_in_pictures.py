"""What the words in a picture add, where no sentence is around them: a list of taxis, a name on a shirt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.common import ordinary
from schoolgate.screening.first_names import is_ordinary_word
from schoolgate.screening.folding import simple
from schoolgate.screening.hits import A_WORD, FIRST_ALONE, Hit, Kind, Strength
from schoolgate.screening.names import FEW_OF_A_NAME, NameIndex, all_of
from schoolgate.screening.walled_names import WORDS

_LINE = lazy_pattern(r"[^\n]+")
_NO_NAME = lazy_pattern(r"^[\W\d_]+|[\W\d_]+$")
"""The number on a shirt."""
_NUMBER = lazy_pattern(r"\d")
_WORD = lazy_pattern(r"(?<!mr )(?<!mrs )(?<!ms )(?<!miss )(?<!dr )\b[^\W\d_][^\W\d_'’-]{2,30}", re.IGNORECASE)


def names_read(text: str, hits: Iterable[Hit], index: NameIndex) -> Iterator[Hit]:
    """Yield what is asked about in the words read in a picture beside `hits`, which were found in them: of a
    child who must not be published the first name, whatever is beside it, and the surname where a line says
    nothing else; one that is a word too, where a number is beside it. Of every pupil the surname in a line
    with a number, as on a list of seats or times, unless it's a word or many have it."""
    walled, found = index.walled_people, [*hits]
    asked = [(hit.start, hit.end) for hit in found if hit.strength is not Strength.MENTION]
    for hit in found:
        is_first = hit.variant in (FIRST_ALONE, A_WORD) and hit.strength is Strength.MENTION
        if is_first and not walled.isdisjoint(hit.of) and not is_ordinary_word(text, hit):
            yield replace(hit, strength=Strength.ASK, variant=FIRST_ALONE)
    for line in _LINE.finditer(text):
        for hit in _in_a_list(line, index):
            if not any(start < hit.end and hit.start < end for start, end in asked):
                yield hit
        words = _NO_NAME.sub("", line.group())
        plain = simple(words)
        of = all_of(index.walled_lasts.get(plain, {}).values())
        if of and len(words.split()) == 1 and (plain not in ordinary() or words != line.group().strip()):
            start = line.start() + line.group().index(words)
            end = start + len(words)
            yield Hit(start, end, words, Kind.PUPIL, Strength.ASK, "last", plain, of)


def _in_a_list(line: re.Match[str], index: NameIndex) -> Iterator[Hit]:
    """Yield the surnames in a line with a number: "A1 LUND (reader)"."""
    if not _NUMBER.search(line.group()):
        return
    for word in _WORD.finditer(line.group()):
        plain = simple(word.group())
        of = all_of(index.by_last.get(plain, {}).values())
        if of and len(of) <= FEW_OF_A_NAME and plain not in ordinary() and plain not in WORDS:
            start = line.start() + word.start()
            end = start + len(word.group())
            yield Hit(start, end, word.group(), Kind.PUPIL, Strength.ASK, "last", plain, of)
