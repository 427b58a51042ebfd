"""Finds the entry that matches a person's plain words: folded, stemmed, with synonyms."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from schoolgate.rulebook.yaml_text import plain

TITLE, WORDS = 3.0, 1.0
SHORTEST_BEGINNING = 4
"""The number of letters from which the beginning of a word counts as the word."""
LONGEST = 300
"""The number of typed letters that are searched."""
_DIRECTIONS = {
    "towards me": re.compile(r"\b(\w+ (me|i mi|ataf)|wants|fy nilyn)\b"),
    "from me": re.compile(r"\b((can|may|could|should) i|i (want|would|d))\b"),
}
"""Words for who begins: "a pupil wants to follow me" is another question than "may I follow a pupil"."""
_WORD = re.compile(r"[a-z0-9]+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss"})
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "s", "y", "e")
STEM = 3
_WRITTEN = plain(Path(__file__).with_name("alike.yaml").read_bytes(), "alike.yaml")
ALIKE: Mapping[str, str] = {
    **{phrase: meant for meant, phrases in _WRITTEN["phrases"].items() for phrase in phrases},
    **{word.replace("-", " "): meant for meant, words in _WRITTEN["words"].items() for word in words.split()},
}
"""a word or phrase -> its meaning"""
SMALL_WORDS = frozenset(_WRITTEN["small"].split())


@dataclass(frozen=True)
class Document:
    """What an entry is found by: its title in the reader's language, and further words in any."""

    key: str
    title: str
    words: str


@dataclass(frozen=True)
class Shelf:
    """Documents, ready to be searched. Reuse it: it is built once for each language."""

    documents: tuple[Document, ...]

    @cached_property
    def _weights(self) -> Mapping[str, Mapping[str, float]]:
        found = {}
        for each in self.documents:
            weights = dict.fromkeys(stems(each.words), WORDS)
            weights |= dict.fromkeys(stems(each.title), TITLE)
            found[each.key] = weights
        return found

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        seen = Counter(stem for weights in self._weights.values() for stem in weights)
        return {stem: math.log(1 + len(self.documents) / count) for stem, count in seen.items()}

    def find(self, typed: str, *, among: Iterable[str] | None = None, limit: int = 8) -> list[str]:
        """Return the keys that match the typed words, best first; empty where none does."""
        wanted = stems(typed[:LONGEST])
        if not set(wanted) - set(_DIRECTIONS):
            return []
        keys = list(self._weights) if among is None else [key for key in self._weights if key in set(among)]
        scored = [(self._score(wanted, self._weights[key]), place, key) for place, key in enumerate(keys)]
        best = sorted((-score, place, key) for score, place, key in scored if score > 0)
        return [key for _score, _place, key in best[:limit]]

    def _score(self, wanted: Sequence[str], weights: Mapping[str, float]) -> float:
        score = 0.0
        for stem in wanted:
            found = weights.get(stem, 0.0) * self._rarity.get(stem, 0.0)
            if not found and len(stem) >= SHORTEST_BEGINNING:
                found = 0.5 * max(
                    (weights[each] * self._rarity[each] for each in weights if each.startswith(stem)),
                    default=0.0,
                )
            score += found
        # Of two that fit alike, the one that says less besides.
        return score / (1 + 0.02 * len(weights)) if score else 0.0


def stems(text: str) -> list[str]:
    """Return the words of a text as they are compared: each once, in order, without stop words."""
    folded = fold(text)
    for phrase, word in ALIKE.items():
        if " " in phrase:
            folded = re.sub(rf"\b{phrase}\b", word, folded)
    found = [mark for mark, pattern in _DIRECTIONS.items() if pattern.search(folded)]
    for word in _WORD.findall(folded):
        if word in SMALL_WORDS:
            continue
        stem = ALIKE.get(word) or _STEMS_ALIKE.get(_stem(word)) or word
        found.append(_stem(stem))
    return list(dict.fromkeys(found))


def fold(text: str) -> str:
    """Return a text in lower case, without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.replace("'", "").replace("’", "").replace("-", " ")


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            stem = word[: -len(ending)]
            return stem[:-1] if len(stem) > STEM and stem[-1] == stem[-2] else stem
    return word


_STEMS_ALIKE = {_stem(word): meant for word, meant in ALIKE.items() if " " not in word}
