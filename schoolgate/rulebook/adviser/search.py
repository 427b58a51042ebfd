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
MOST, FEW, CLOSE, FAINT, SEVERAL = 8, 3, 0.45, 15.0, 3
"""The most that are shown, and so many where they fit at all: more only if they come to this part of what the
best does, and none where the best itself comes to less than this. From so many words on a question counts as
longer."""
LEADING = 0.6
"""The part of what the best comes to, from which another may be what is meant as well."""


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
    def rarity(self) -> Mapping[str, float]:
        """Return how rare each stem is: the more, the fewer documents have it."""
        seen = Counter(stem for weights in self._weights.values() for stem in weights)
        return {stem: math.log(1 + len(self.documents) / count) for stem, count in seen.items()}

    @cached_property
    def _having(self) -> Mapping[str, Mapping[str, float]]:
        """Stem -> the documents that have it, with what it counts in each."""
        found: dict[str, dict[str, float]] = {}
        for key, weights in self._weights.items():
            for stem, weight in weights.items():
                found.setdefault(stem, {})[key] = weight * self.rarity[stem]
        return found

    @cached_property
    def _wholes(self) -> Sequence[tuple[str, float]]:
        """Each phrase in turn: whose it is, and what all its words count."""
        return [
            (key, sum(self.rarity[stem] for stem in phrase))
            for key, phrases in self._phrases.items()
            for phrase in phrases
        ]

    @cached_property
    def _saying(self) -> Mapping[str, Sequence[int]]:
        """Stem -> the places of the phrases that have it."""
        found: dict[str, list[int]] = {}
        phrases = (phrase for those in self._phrases.values() for phrase in those)
        for place, phrase in enumerate(phrases):
            for stem in phrase:
                found.setdefault(stem, []).append(place)
        return found

    @cached_property
    def _slips(self) -> Slips:
        return Slips(text for each in self.documents for text in (each.title, each.words, *each.said))

    def find(self, typed: str, *, limit: int = 8) -> list[str]:
        """Return the keys that match the typed words, best first; empty where none does."""
        return self._best(self._scores(self._wanted(typed)), None)[:limit]

    def closest(self, typed: str, *, among: Iterable[str] | None = None) -> list[str]:
        """Return the keys that fit about as well as the best: few where none fits well, and to a longer
        question none that has a single word of it where the best has more."""
        wanted = self._wanted(typed)
        scored = self._scores(wanted)
        found = self._best(scored, None if among is None else set(among))[:MOST]
        if not found:
            return []
        told = set(wanted).difference(DIRECTIONS)
        shared = Counter(key for stem in told for key in self._worth_of(stem))
        fits = shared[found[0]] > 1
        alone = 1 if fits and len(told) >= SEVERAL else 0
        several = [key for key in found if shared[key] > alone]
        if not fits or scored[found[0]] < FAINT:
            return several[:FEW]
        close = (key for key in several[FEW:] if scored[key] >= CLOSE * scored[found[0]])
        return [*several[:FEW], *close]

    def leading(self, typed: str) -> list[str]:
        """Return the keys of the first few that come near to the best, however few words they share."""
        scored = self._scores(self._wanted(typed))
        found = self._best(scored, None)[:FEW]
        return [key for key in found if scored[key] >= LEADING * scored[found[0]]]

    def _wanted(self, typed: str) -> Sequence[str]:
        """Return the stems of what is typed; none where they only say who begins."""
        wanted = stems(typed[:LONGEST], mended=self._slips)
        return wanted if set(wanted).difference(DIRECTIONS) else ()

    def _best(self, scored: Mapping[str, float], among: set[str] | None) -> list[str]:
        places = {key: place for place, key in enumerate(self._weights) if among is None or key in among}
        best = sorted((-scored[key], place, key) for key, place in places.items() if key in scored)
        return [key for _score, _place, key in best]

    def _scores(self, wanted: Sequence[str]) -> Mapping[str, float]:
        """Return what each document comes to that has any of these stems."""
        found: dict[str, float] = {}
        for stem in wanted:
            for key, worth in self._worth_of(stem).items():
                found[key] = found.get(key, 0.0) + worth
        # Of two that fit alike, the one that says less besides.
        bare = {key: score / (1 + 0.02 * len(self._weights[key])) for key, score in found.items()}
        for key, held in self._held(wanted).items():
            bare[key] = bare.get(key, 0.0) + SAID * held
        return bare

    def _worth_of(self, stem: str) -> Mapping[str, float]:
        """Return what a stem counts in the documents that have it, or a word that begins with it."""
        if stem in self._having:
            return self._having[stem]
        best: dict[str, float] = {}
        if len(stem) >= SHORTEST_BEGINNING:
            for longer in (each for each in self._having if each.startswith(stem)):
                for key, worth in self._having[longer].items():
                    best[key] = max(best.get(key, 0.0), 0.5 * worth)
        return best

    def _held(self, wanted: Sequence[str]) -> Mapping[str, float]:
        """Return for each document what the words of one of its phrases count that are in the story, less
        where others of it aren't: of its phrases the one counts of which most is there."""
        there: dict[int, float] = {}
        for stem in wanted:
            for place in self._saying.get(stem, ()):
                there[place] = there.get(place, 0.0) + self.rarity[stem]
        best: dict[str, float] = {}
        for place, part in there.items():
            key, whole = self._wholes[place]
            best[key] = max(best.get(key, 0.0), part * part / whole)
        return best
