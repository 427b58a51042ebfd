"""Which of a list of names a word may be, with typing errors or by its sound: looked up, never compared with
each name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from schoolgate.screening.common import ordinary
from schoolgate.screening.typing_errors import (
    is_one_apart,
    is_two_apart,
    sounds,
    sounds_alike,
    without_a_letter,
)

SHORTEST_NAME, SHORTEST_WORD = 4, 3
"""Letters of a name, and of a word, in which an error is looked for."""
KEPT = 5_000
"""Words of which the names are kept in mind: most texts use the same ones."""


class NearNames:
    """Names that can be asked for by a word."""

    __slots__ = ("_begins", "_kept", "_letter_out", "_names", "_sound")

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._begins: dict[str, list[str]] = defaultdict(list)
        self._letter_out: dict[str, list[str]] = defaultdict(list)
        self._sound: dict[str, list[str]] = defaultdict(list)
        self._kept: dict[str, Mapping[str, int]] = {}
        for name in sorted(self._names):
            if len(name) < SHORTEST_NAME:
                continue
            self._begins[name[0]].append(name)
            for word in without_a_letter(name):
                self._letter_out[word].append(name)
            for sound in sounds(name):
                self._sound[sound].append(name)

    def errors(self, word: str) -> Mapping[str, int]:
        """Return the names that a word is at most two typing errors from, each with how many. By its sound
        counts as one; two only where the first letter is right. An ordinary word is none but itself."""
        if (known := self._kept.get(word)) is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            known = self._kept[word] = self._errors(word)
        return known

    def _errors(self, word: str) -> Mapping[str, int]:
        itself = {word: 0} if word in self._names else {}
        if word in ordinary() or len(word) < SHORTEST_WORD:
            return itself
        found = {name: 2 for name in self._begins.get(word[0], ()) if is_two_apart(name, word)}
        for each in without_a_letter(word):
            found |= {name: 1 for name in self._letter_out.get(each, ()) if is_one_apart(name, word)}
        for sound in sounds(word):
            found |= {name: 1 for name in self._sound.get(sound, ()) if sounds_alike(name, word)}
        return found | itself
