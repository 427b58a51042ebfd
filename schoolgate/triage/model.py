"""Small models of language: what a text is made of, and weights that were learned.

One orders comments by how abusive they are, and decides nothing. The other tells whether a sentence about one
child says more than the everyday, so that a person is asked. What they were learned from, how well they do
and what they can't do is in docs/triage-model.md.
"""

from __future__ import annotations

import base64
import json
import math
import re
import unicodedata
import zlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from schoolgate.screening.folding import fold

BITS = 18
"""Weights are kept for 2 to this power of places; each part of a comment has one."""
_MASK = (1 << BITS) - 1
_SHORTEST, _LONGEST = 2, 6
_READ = 4_000
_HALF = math.sqrt(0.5)
LISTED_WEIGHT = 0.3
"""How much a word of the lists counts beside the words and the letters of a comment."""
_LEET = str.maketrans("0134578@$!", "oieastbasi")
_MARKED = re.compile(r"https?://\S{1,300}|&#?\w{1,8};")
_NAMED = re.compile(r"@\w{1,100}")
_REPEATED = re.compile(r"(.)\1{2,}")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
_EMOJI = 0x2000


@dataclass(frozen=True, slots=True)
class Parts:
    """The places of the weights of a comment's words, of its letters in rows, and of what the lists know."""

    words: frozenset[int]
    letters: frozenset[int]
    listed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Model:
    """The weights, in whole numbers of `scale`; and what a comment without any counts for."""

    weights: array[int]
    scale: float
    bias: float

    def score(self, text: str) -> float:
        """Return how likely the model thinks it is, between 0 and 1. It is no probability that people may be
        shown."""
        parts = parts_of(text)
        total = self.bias
        for places, weight in valued(parts):
            total += weight * self.scale * sum(map(self.weights.__getitem__, places))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def valued(parts: Parts) -> list[tuple[frozenset[int], float]]:
    """Return places with the value of each: words together and letters together have the same length."""
    found = [(parts.listed, LISTED_WEIGHT)]
    for places in (parts.words, parts.letters):
        found += [(places, _HALF / math.sqrt(len(places)))] if places else []
    return found


def parts_of(text: str) -> Parts:
    """Return what a comment is made of. An emoji counts as the words of its name."""
    words = _words(text[:_READ])
    each: set[int] = set()
    listed: set[int] = set()
    for word in words:
        each.add(_place(f"1{word}"))
        if word.startswith("e:"):
            each.update(_place(f"1{part}") for part in word[2:].split("_"))
    row = f" {' '.join(word.removeprefix('e:').replace('_', ' ') for word in words)} "
    letters = _letters(row)
    known, number = bad_words(), 0
    for start in range(len(words)):
        for length in (1, 2, 3):
            if start + length <= len(words):
                found = known.get(" ".join(words[start : start + length]))
                if found:
                    number += 1
                    listed.update(_place(f"x{mark}") for mark in found)
    listed.add(_place(f"xn{min(number, 3)}"))
    return Parts(frozenset(each), frozenset(letters), frozenset(listed))


def _letters(row: str) -> set[int]:
    """Return the places of each two to six letters that follow each other."""
    if row.isascii():  # the same sums, each from the sum of the letters before
        letters = [bytes((letter,)) for letter in row.encode()]
        sums = [zlib.crc32(b"c")] * len(letters)
        found: set[int] = set()
        for length in range(1, _LONGEST + 1):
            sums = list(map(zlib.crc32, letters[length - 1 :], sums))
            if length >= _SHORTEST:
                found.update(sums)
        return {each & _MASK for each in found}
    return {
        _place(f"c{row[start : start + length]}")
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(row) - length + 1)
    }


def _place(part: str) -> int:
    return zlib.crc32(part.encode(errors="replace")) & _MASK


def _words(text: str) -> list[str]:
    plain = fold(_MARKED.sub(" ", text)).text.lower()
    plain = _REPEATED.sub(r"\1\1", _NAMED.sub(" ", plain))
    words = []
    for found in _TOKEN.finditer(plain):
        word = found.group()
        if word[0].isalnum():
            bare = word.replace("'", "")
            words.append(bare if bare.isalpha() or bare.isdigit() else bare.translate(_LEET))
        elif ord(word) > _EMOJI:
            name = _name(word)
            if name and "modifier" not in name:
                words.append(f"e:{name}")
        elif word in "!?":
            words.append(word)
    return words


@lru_cache(maxsize=4096)
def _name(sign: str) -> str:
    return unicodedata.name(sign, "").lower().replace(" ", "_")


@lru_cache(maxsize=1)
def bad_words() -> Mapping[str, tuple[str, ...]]:
    """Return words that people may find offensive, each with its marks: what it is about, and how strong."""
    lines = _file("lists", "words.tsv").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: tuple(marks.split(";")) for word, marks in rows}


def model() -> Model:
    """Return the model of abusive language."""
    return _kept("model.json")


def telling() -> Model:
    """Return the model of what a sentence about one child tells."""
    return _kept("telling.json")


@lru_cache(maxsize=2)
def _kept(name: str) -> Model:
    kept = json.loads(_file(name))
    weights = array("b")
    weights.frombytes(zlib.decompress(base64.b85decode(kept["weights"])))
    return Model(weights, float(kept["scale"]), float(kept["bias"]))


def packed(weights: array[int], scale: float, bias: float) -> str:
    """Return weights as the file of the model has them."""
    data = base64.b85encode(zlib.compress(weights.tobytes(), 9)).decode()
    return json.dumps({"bits": BITS, "scale": scale, "bias": bias, "weights": data}) + "\n"


def _file(*names: str) -> str:
    return resources.files(__package__).joinpath(*names).read_text(encoding="utf-8")
