"""Proposals of what to cover: names of other people that the program knows, and their contact data."""

from __future__ import annotations

from functools import cached_property

from schoolgate.core.disclosure import Piece, Sought
from schoolgate.core.searching import every_word
from schoolgate.listening.people_known import known_people
from schoolgate.rights.covering import Span, together
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold
from schoolgate.screening.names import Listed, NameIndex
from schoolgate.screening.personal import find_personal


class Others:
    """Everyone but the person whose data is sought. Names are read once, when the first text is looked at."""

    def __init__(self, sought: Sought) -> None:
        self._own = [frozenset(words) for words in sought.words]

    @cached_property
    def _known(self) -> NameIndex:
        return known_people()

    def proposals(self, piece: Piece) -> dict[str, list[Span]]:
        """Return which characters of each text could be covered, by part. None of it is covered yet."""
        named = [words for words in map(str.split, piece.others) if len(words) > 1]
        there = NameIndex([Listed(0, words[0], words[-1]) for words in named], known_to_be_there=True)
        found: dict[str, list[Span]] = {}
        for text in piece.texts:
            if text.said is not None:
                continue
            folded = fold(text.text)
            spans = [
                (hit.start, hit.end) for index in (self._known, there) for hit in find_names(folded, index)
            ]
            spans += [folded.span(seen.start, seen.end) for seen in find_personal(folded.text)]
            spans += _exactly(text.text, [one for one in piece.others if " " not in one])
            left = [span for span in spans if not self._is_own(text.text[span[0] : span[1]])]
            if left:
                found[text.part] = together(left, length=len(text.text))
        return found

    def _is_own(self, words: str) -> bool:
        said = set(every_word(words))
        return any(said <= own for own in self._own)


def _exactly(text: str, names: list[str]) -> list[Span]:
    """Return where one of these names, a username as a rule, is in a text letter by letter."""
    found, plain = [], text.lower()
    for name in names:
        begins = plain.find(name.lower()) if name else -1
        while begins >= 0:
            found.append((begins, begins + len(name)))
            begins = plain.find(name.lower(), begins + len(name))
    return found
