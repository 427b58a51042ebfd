"""Whether two words are the same but for a typing error, or but for how each language writes a sound."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

SHORTEST_MISTYPED = 4
"""Letters of a word in which a typing error is looked for: shorter ones become another word."""
SHORTEST_SOUND = 3
"""Signs of a name's sound, below which too many words have the same."""
LONGEST_SOUND = 40
_TWICE = re.compile(r"(.)\1+")
_SOUNDS = (
    ("x", "ks"), ("ch", "k"), ("ck", "k"), ("q", "k"), ("c", "k"), ("ph", "f"), ("v", "f"), ("sh", "si"),
    ("rh", "r"), ("z", "s"), ("ee", "i"), ("ie", "i"), ("y", "i"), ("w", "u"), ("oo", "u"), ("ou", "u"),
    ("ae", "e"),
)  # fmt: skip
"""What is written for a sound in one language -> what is compared."""
_LONG_E = re.compile(r"[ae][iy]")
_LONG_O = re.compile(r"aw|au|oa")
_SOFT = re.compile(r"c(?=[eiy])")


@lru_cache(maxsize=32_768)
def sounds(word: str) -> frozenset[str]:
    """Return how a word sounds, roughly, as Welsh or as English: "Ffreia" and "Freya" have one in common. A c
    before e, i and y is s in one and k in the other."""
    if not SHORTEST_MISTYPED <= len(word) <= LONGEST_SOUND:
        return frozenset()
    found = set()
    for way in {word, _SOFT.sub("s", word)}:
        said = way
        for one, other in _SOUNDS:
            said = said.replace(one, other)
        plain = _TWICE.sub(r"\1", said).removesuffix("h").removesuffix("e")
        if len(plain) >= SHORTEST_SOUND:
            found.add(plain)
    return frozenset(found)


def by_ear(word: str) -> str:
    """Return a word as one who only hears it may have meant it: a letter drawn out is one, an "uh" an a,
    "ay", "ei" and "ey" are the same, so are "aw", "au", "oa" and an o, and a "gh" at the end is silent."""
    once = _LONG_E.sub("ey", "".join(letter for letter, _same in groupby(word)))
    once = _LONG_O.sub("o", once).removesuffix("gh")
    return f"{once[:-2]}a" if once.endswith("uh") else once


def first_sound(word: str) -> str:
    """Return the sound that a word begins with, roughly."""
    return min(sounds(f"{word[:2]}ann"), default=word)[0]


def sounds_alike(one: str, other: str) -> bool:
    """Return whether two words may be the same name as two languages write it."""
    return not sounds(one).isdisjoint(sounds(other))


def without_a_letter(word: str) -> set[str]:
    """Return a word, and what it is without each of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def is_one_apart(one: str, other: str) -> bool:
    """Return whether one typing error makes one word the other: a letter too many or too few, a wrong one, or
    two swapped."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < SHORTEST_MISTYPED - 1:
        return False
    start = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        start += 1
    one, other = one[start:], other[start:]
    if len(one) == len(other):
        swapped = len(one) > 1 and one[0] == other[1] and one[1] == other[0] and one[2:] == other[2:]
        return one[1:] == other[1:] or swapped
    return one[1:] == other if len(one) > len(other) else one == other[1:]


def is_two_apart(one: str, other: str) -> bool:
    """Return whether two typing errors, none of them in the first letter, make one word the other."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 2:
        return False
    before_that: list[int] = []
    before = list(range(len(other) + 1))
    for n, a in enumerate(one, start=1):
        row = [n]
        for m, b in enumerate(other, start=1):
            cost = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (a != b))
            if before_that and m > 1 and a == other[m - 2] and b == one[n - 2]:
                cost = min(cost, before_that[m - 2] + 1)
            row.append(cost)
        if min(row) > 2:
            return False
        before_that, before = before, row
    return before[-1] <= 2
