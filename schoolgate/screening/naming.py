"""Whether a text names a pupil who is known to be in what it goes with, such as its picture."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from schoolgate.screening.common import ordinary
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold, words_of
from schoolgate.screening.hits import Hit
from schoolgate.screening.names import Listed, NameIndex


class Naming(StrEnum):
    """How a text names a pupil: with the full name, or with a part of it. `NOT_FOUND` proves nothing."""

    FULL = "full"
    FIRST = "first"
    NOT_FOUND = ""


def naming(text: str, pupil: Listed) -> Naming:
    """Return how a text names a pupil who is known to be there: in any way in which people write names, and
    with one of their names alone. Such a name counts with its capital, so that the word "grace" names no one;
    a short form that is an ordinary word too ("Will") doesn't count alone."""
    index, own = _ready(pupil)
    folded = fold(text)
    as_listed = _as_listed(text, pupil)
    if as_listed is Naming.FULL:
        return as_listed
    hits = [hit for hit in find_names(folded, index) if not _is_a_word(hit, own)]
    if any(hit.in_full for hit in hits):
        return Naming.FULL
    return Naming.FIRST if hits else as_listed


@lru_cache(maxsize=256)
def _ready(pupil: Listed) -> tuple[NameIndex, frozenset[str]]:
    """Return the index of one pupil, and their names as the list has them."""
    own = (" ".join(words_of(fold(each).text).plain) for each in (pupil.first, pupil.known_as, pupil.last))
    return NameIndex([pupil], known_to_be_there=True), frozenset(own)


def _is_a_word(hit: Hit, own: frozenset[str]) -> bool:
    """Return whether a part of a name, alone, is an ordinary word and not a name as the list has it."""
    return hit.variant in ("first", "word", "last") and hit.plain not in own and hit.plain in ordinary()


def _as_listed(text: str, pupil: Listed) -> Naming:
    """Return how a text names a pupil by exactly what the list has, whatever signs are around it."""
    parts = {name for name in (pupil.first, pupil.known_as, pupil.last) if name.strip()}
    for name in {pupil.first, pupil.known_as} & parts:
        if _has(f"{name} {pupil.last}", text, re.IGNORECASE):
            return Naming.FULL
    alone = any(_has(name, text) or _has(name.upper(), text) for name in parts)
    return Naming.FIRST if alone else Naming.NOT_FOUND


def _has(name: str, text: str, flags: re.RegexFlag = re.NOFLAG) -> bool:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.search(rf"(?<!\w){words}(?!\w)", text, flags) is not None
