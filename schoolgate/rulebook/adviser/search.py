"""Finds the question that fits a person's plain words: a few, or a whole story.

A question is found by its title, by words, and by phrases as schools say them (`said`). What a story says
besides takes nothing away. Of the phrases the one counts of which most is in the story, rare words more than
frequent ones.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from schoolgate.rulebook.adviser.speech import DIRECTIONS, Slips, stems

TITLE, WORDS, SAID = 3.0, 1.0, 4.0
SHORTEST_BEGINNING = 4
"""The number of letters from which the beginning of a word counts as the word."""
LONGEST = 1000
"""The number of typed letters that are searched."""


@dataclass(frozen=True)
class Document:
    """What an entry is found by: its title in the reader's language, further words in any, and phrases."""

    key: str
    title: str
    words: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """Documents, ready to be searched. Reuse it: it is built once for each language."""

    documents: tuple[Document, ...]

    @cached_property
    def _phrases(self) -> Mapping[str, Sequence[frozenset[str]]]:
        return {
            each.key: tuple(frozenset(stems(one)) for one in (each.title, *each.said))
            for each in self.documents
        }

    @cached_property
    def _weights(self) -> Mapping[str, Mapping[str, float]]:
        found = {}
        for each in self.documents:
            said = [stem for phrase in self._phrases[each.key] for stem in phrase]
            weights = dict.fromkeys([*stems(each.words), *said], WORDS)
            found[each.key] = weights | dict.fromkeys(stems(each.title), TITLE)
        return found

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        seen = Counter(stem for weights in self._weights.values() for stem in weights)
        return {stem: math.log(1 + len(self.documents) / count) for stem, count in seen.items()}

    @cached_property
    def _slips(self) -> Slips:
        return Slips(text for each in self.documents for text in (each.title, each.words, *each.said))

    def find(self, typed: str, *, among: Iterable[str] | None = None, limit: int = 8) -> list[str]:
        """Return the keys that match the typed words, best first; empty where none does."""
        wanted = stems(typed[:LONGEST], mended=self._slips)
        if not set(wanted) - set(DIRECTIONS):
            return []
        open_to = None if among is None else set(among)
        keys = [key for key in self._weights if open_to is None or key in open_to]
        scored = [(self._score(wanted, key), place, key) for place, key in enumerate(keys)]
        best = sorted((-score, place, key) for score, place, key in scored if score > 0)
        return [key for _score, _place, key in best[:limit]]

    def _score(self, wanted: Sequence[str], key: str) -> float:
        weights = self._weights[key]
        score = 0.0
        for stem in wanted:
            found = weights.get(stem, 0.0) * self._rarity.get(stem, 0.0)
            if not found and len(stem) >= SHORTEST_BEGINNING and stem not in self._rarity:
                found = 0.5 * max(
                    (weights[each] * self._rarity[each] for each in weights if each.startswith(stem)),
                    default=0.0,
                )
            score += found
        # Of two that fit alike, the one that says less besides.
        bare = score / (1 + 0.02 * len(weights)) if score else 0.0
        return bare + SAID * max(self._held(frozenset(wanted), phrase) for phrase in self._phrases[key])

    def _held(self, wanted: frozenset[str], phrase: frozenset[str]) -> float:
        """Return what the words of a phrase count that are in the story, less where others of it aren't."""
        whole = sum(self._rarity[stem] for stem in phrase)
        there = sum(self._rarity[stem] for stem in phrase & wanted)
        return there * there / whole if whole else 0.0
