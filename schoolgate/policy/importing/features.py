"""A sentence as weighted features: its words in plain form, pairs of them, and what they speak of."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from schoolgate.policy.importing.vocabulary import CONCEPTS, IDLE, SAME

Features = dict[str, float]
PAIR, CONCEPT, SECTION_WORD, SECTION_CONCEPT, ACTOR, MODALITY = 0.4, 1.0, 0.4, 0.6, 0.5, 1.0
"""How much each kind of feature counts compared with a word of the sentence. Chosen on the five policies by
`python -m bench importing`; within half and twice these values the figures move by about one in a hundred."""
_WORD = re.compile(r"[a-z][a-z'-]+|\d+")
_IDLE = frozenset(IDLE.split())
_ENDINGS = ("ations", "ation", "ings", "ing", "ment", "ments", "ies", "ed", "es", "s", "ly", "er", "ers")
_LONGEST_TEXT = 2_000


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


_MEANS = {word: line.split()[0] for line in _lines(SAME) for word in line.split()}


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """Return a word without its ending, and the same for words that mean the same."""
    if word in _MEANS:
        return _MEANS[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)] + ("y" if ending == "ies" else "")
            return _MEANS.get(root) or _MEANS.get(root + "e") or root.rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def _spoken_of() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _lines(CONCEPTS):
        concept, words = line.split(":")
        for word in words.split():
            found.setdefault(plain(word), set()).add(concept)
    return {word: frozenset(concepts) for word, concepts in found.items()}


_CONCEPTS_OF = _spoken_of()


def words(text: str) -> list[str]:
    """Return the words that tell something, in plain form."""
    text = text[:_LONGEST_TEXT].lower().replace("’", "'")
    return [plain(word) for word in _WORD.findall(text) if word not in _IDLE]


def features(text: str, section: str = "", actor: str = "", modality: str = "") -> Features:
    """Return the features of a sentence and how much each counts."""
    found: Features = {}
    said = words(text)
    for word in said:
        found[word] = 1.0
    for pair in itertools.pairwise(said):
        found["_".join(pair)] = PAIR
    for concept, times in Counter(_concepts(set(said))).items():
        found[f"^{concept}"] = CONCEPT * math.sqrt(times)
    for word in set(words(section)):
        found[f"§{word}"] = SECTION_WORD
        concepts = _CONCEPTS_OF.get(word, frozenset())
        for concept in concepts:
            found[f"^{concept}"] = found.get(f"^{concept}", 0.0) + SECTION_CONCEPT / len(concepts)
    for word in words(actor):
        found[f"@{word}"] = ACTOR
    if modality:
        found[f"~{modality}"] = MODALITY
    return found


def _concepts(said: Iterable[str]) -> Iterable[str]:
    return (concept for word in sorted(said) for concept in sorted(_CONCEPTS_OF.get(word, ())))
