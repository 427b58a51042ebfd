"""Leave out of a document what only lists its sections: the lines of its contents, with or without numbers of
pages, in a table or with dots."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.sentences import Piece
from schoolgate.policy.importing.wording import CUES
from schoolgate.rulebook.clauses import plain

LONGEST_LINE = 200
LONGEST = 14
"""Words of a line of the contents."""
ALIKE = 0.75
"""How many of its words a line has in common with a heading below it, of all that either has."""
TOGETHER = 3
"""So many headings in one paragraph are the contents, whose lines were joined."""
_LISTS = lazy_pattern(r"^(?:table of )?contents(?: page)?:?$|^cynnwys:?$", re.IGNORECASE)
_NUMBER = lazy_pattern(
    r"^(?:(?:section|appendix|adran|atodiad) )?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+", re.IGNORECASE
)
_PAGE = lazy_pattern(r"(?:[\s.·…_|]|page|tudalen){1,100}\d{1,3}$", re.IGNORECASE)
_Words = frozenset[str]


def without_contents(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces without the contents of the document: lines that are, or nearly are, a heading
    further down, and short lines below *Contents*."""
    there = list(pieces)
    titles = [_title(one.text) for one in there]
    last = {title: place for place, title in enumerate(titles) if there[place].heading and title}
    kept: list[Piece] = []
    listing = False
    for place, one in enumerate(there):
        title = titles[place]
        if one.heading:
            listing = bool(_LISTS.match(one.text.strip()))
            if not listing:
                kept.append(one)
            continue
        below = [of for of, at in last.items() if at > place]
        if (listing and _is_short(one.text)) or _is_listed(one.text, title, below):
            continue
        kept.append(one)
    return _without_empty(kept)


def _title(text: str) -> _Words:
    """Return the words of a line, without its number and its page; none of a longer text."""
    if len(text) > LONGEST_LINE:
        return frozenset()
    return frozenset(plain(_PAGE.sub("", _NUMBER.sub("", text.strip()))).split())


def _is_short(text: str) -> bool:
    return len(text.split()) <= LONGEST and not text.rstrip().endswith((".", ";")) and not CUES.search(text)


def _is_listed(text: str, title: _Words, below: Sequence[_Words]) -> bool:
    if _is_short(text):
        return any(len(title & one) >= ALIKE * len(title | one) for one in below)
    words = frozenset(plain(text).split())
    said = {one for one in below if len(one) > 1 and one <= words}
    return not text.rstrip().endswith((".", ":")) and not CUES.search(text) and len(said) >= TOGETHER


def _without_empty(pieces: list[Piece]) -> list[Piece]:
    """Leave out the headings of contents: those with nothing below that come again further down."""
    last = {_title(one.text): place for place, one in enumerate(pieces) if one.heading}
    empty = {
        place
        for place, (one, after) in enumerate(pairwise(pieces))
        if one.heading and after.heading and last[_title(one.text)] > place
    }
    return [one for place, one in enumerate(pieces) if place not in empty]
