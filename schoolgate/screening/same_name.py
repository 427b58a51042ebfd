"""Whether a name of the records may be that of a child who is known already: asked of the same index by which
names are found in texts, so that both know the same ways to write one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold
from schoolgate.screening.names import NameIndex

PART_OF_ONE = frozenset(
    {"first", "word", "last", "with_class", "family", "of_parent", "apart", "told_of", "sibling"}
)
"""The ways to write a name that say who is meant only beside other words."""
_NO_LETTER = re.compile(r"[\W\d_]+")


def may_be_same(firsts: Iterable[str], last: str, index: NameIndex) -> set[int]:
    """Return the pupils of an index whose name this may be: with a middle name, a title, another half of a
    surname, an initial, other letters, or first name and surname in the other's column."""
    found: set[int] = set()
    for text in {text for first in firsts for text in _written(first, last)}:
        for hit in find_names(fold(text), index):
            if hit.variant not in PART_OF_ONE:
                found.update(hit.of)
    return found


def _written(first: str, last: str) -> Iterator[str]:
    if not first.strip() or not last.strip():
        yield from (f"{first}{last}".strip(), f"{first}{last}".strip().title())
        return
    for one, other in ((first, last), (last, first)):
        yield f"{one} {other}"
        yield f"{one} {other}".title()
        plain = [_NO_LETTER.sub(" ", each).strip() for each in (one, other)]
        yield " ".join(plain).title()
        yield "".join(_NO_LETTER.sub("", each).capitalize() for each in (one, other))
