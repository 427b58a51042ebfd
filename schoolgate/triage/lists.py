"""The phrases of each lane, as they are packaged and as a federation has edited them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from schoolgate.screening.common import ENGLISH, ordinary
from schoolgate.triage.lanes import Lane
from schoolgate.triage.mutations import mutated, mutated_alike
from schoolgate.triage.phrases import Phrase, Phrases, Ways, joined, phrases_of, plain_phrases
from schoolgate.triage.reading import Spelling
from schoolgate.triage.signs import Signs, signs_of

Tongue = Literal["en", "cy"]
Edits = Mapping[tuple[Lane, Tongue], Collection[str]]
"""Plain words or short phrases, by lane and language."""
TONGUES: tuple[Tongue, ...] = ("en", "cy")
LISTED = (
    Lane.DANGER,
    Lane.THREAT,
    Lane.ABUSE,
    Lane.COMPLAINT,
    Lane.QUESTION,
    Lane.JOURNALIST,
    Lane.PRAISE,
    Lane.SPAM,
)
"""Lanes with phrases. The others are known by names and by personal data."""
OWN = "own"
"""The kind of a phrase that a federation has added."""
NO_PICTURE, HIDING = "no_picture", "hiding"
"""The kinds of what says no to a picture, which is no danger, and of what a family says that hides."""
JUST = "just"
_JUST = (JUST, "jus", "jst", "jyst", "jest")
ONLY_THESE = frozenset("""
you u ur us we me him her them two for between ti chi fi ni mi hi fe fo ef dau dwy
""".split())  # fmt: skip  # noqa: SIM905
"""What follows *just* where it means that no one else comes."""
_WORD = re.compile(r"[a-z0-9]+")
_WRITTEN = re.compile(r"(?<!')\b[^\W_]+\b(?!')")
MOST = 2_000
"""Phrases that a federation may add or leave out, in all."""


@dataclass(frozen=True)
class Lists:
    """Every lane's phrases, the signs of harm, and the spellings in which a comment is compared with them."""

    phrases: Mapping[Lane, Phrases]
    signs: tuple[Signs, ...]
    spelling: Spelling


@lru_cache(maxsize=1)
def packaged() -> Lists:
    """Return the lists as they are packaged."""
    return lists_with()


def lists_with(*, added: Edits | None = None, removed: Edits | None = None) -> Lists:
    """Return the packaged lists as a federation has edited them. A phrase of the packaged lists that overlaps
    a removed one in a comment doesn't count. It takes most of a second: keep what it returns.

    Raises:
        ValueError: a phrase has no words or is too long, there are too many, or the lane has no lists.

    """
    added, removed = added or {}, removed or {}
    if sum(map(len, (*added.values(), *removed.values()))) > MOST:
        raise ValueError(f"more than {MOST} phrases")
    for lane, _tongue in (*added, *removed):
        if lane not in LISTED:
            raise ValueError(f"{lane} has no lists")
    phrases = {}
    for lane in LISTED:
        base = _packaged(lane)
        more: list[Phrase] = []
        for tongue in TONGUES:
            more += plain_phrases("any", removed.get((lane, tongue), ()), _ways(tongue), veto=True)
            more += plain_phrases(OWN, added.get((lane, tongue), ()), _ways(tongue))
        words = {head for phrase in more for head in phrase.heads}
        phrases[lane] = joined(base, more, words)
    left_out = [
        each
        for tongue in TONGUES
        for each in plain_phrases("any", removed.get((Lane.DANGER, tongue), ()), _ways(tongue), veto=True)
    ]
    signs = tuple(Signs(joined(each.parts, left_out, ()), each.every) for each in _signs())
    parts = [each.parts for each in (*signs, *ways())]
    every = (*phrases.values(), *parts, approaching())
    known = frozenset().union(*(each.words for each in every))
    forms = frozenset().union(*(each.forms for each in every))
    return Lists(phrases, signs, Spelling(_texted(), known, ordinary(), forms))


@lru_cache(maxsize=1)
def _signs() -> tuple[Signs, ...]:
    """Return the signs of harm, of a question after one child, and of a family that hides or says no to a
    picture, of each language. A comment is compared with all: many mix them."""
    return tuple(
        signs_of(_lines(f"{name}.{tongue}.txt"), _ways(tongue))
        for name in ("signs", "asking", "hiding")
        for tongue in TONGUES
    )


def lane_of_sign(kind: str) -> Lane:
    """Return the lane into which a kind of sign puts a comment."""
    return Lane.PERSONAL_DATA if kind == NO_PICTURE else Lane.DANGER


@lru_cache(maxsize=1)
def approaching() -> Phrases:
    """Return the words with which an adult might draw a child aside. They are no lane: they are looked for in
    what the school itself sends and publishes."""
    return _both("approach", _ways_aside)


@lru_cache(maxsize=1)
def ways() -> tuple[Signs, ...]:
    """Return what together leads to one adult by a way that others don't see, or promises secrecy, in each
    language. Looked for where `approaching` is."""
    return tuple(signs_of(_lines(f"ways.{tongue}.txt"), _ways_aside(tongue)) for tongue in TONGUES)


@lru_cache(maxsize=1)
def spelling_aside() -> Spelling:
    """Return the packaged spellings with *just* as a word: elsewhere it's left out, as it says nothing of
    danger."""
    usual = packaged().spelling
    return Spelling(_texted_aside(), usual.known, usual.left, usual.forms)


def _texted_aside() -> Mapping[str, tuple[str, ...]]:
    return {**_texted(), **dict.fromkeys(_JUST, (JUST,))}


@lru_cache(maxsize=16)
def _packaged(lane: Lane) -> Phrases:
    return _both(lane, _ways)


def _both(name: str, ways_in: Callable[[Tongue], Ways]) -> Phrases:
    """Return the phrases of a list in both languages."""
    both = [phrases_of(_lines(f"{name}.{tongue}.txt"), ways_in(tongue)) for tongue in TONGUES]
    return Phrases(
        tuple(each for one in both for each in one.every),
        both[0].words | both[1].words,
        both[0].forms | both[1].forms,
    )


def _ways(tongue: Tongue) -> Ways:
    """Return what says how a word of a list stands in a comment: spelt as a comment is read, so that a list
    may have it in any spelling, and in Welsh with its mutations."""
    spelt = _texted()

    @cache
    def ways_of(word: str) -> tuple[str, ...]:
        forms = [word]
        if tongue == "cy" and word not in _english():
            forms += [each for each in mutated(word) if each not in _english()]
        found = [spelt.get(each, (each,)) for each in forms]
        return tuple(dict.fromkeys(" ".join(each) for each in found if each))

    return ways_of


def _ways_aside(_tongue: Tongue) -> Ways:
    """Return the same for what an adult writes: "cadw cyfrinach" draws a child aside, "gadw cyfrinach" asks
    whether one can."""
    spelt = _texted_aside()
    return lambda word: tuple(" ".join(each) for each in (spelt.get(word, (word,)),) if each)


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    """Return the words of the English lists, and the usual ones: no Welsh word is meant by them."""
    names = ("signs", "asking", "approach", "ways", *LISTED)
    return ENGLISH.union(*(_WORD.findall(line) for name in names for line in _lines(f"{name}.en.txt")))


def kinds() -> Mapping[Lane, frozenset[str]]:
    """Return the kinds of reason of each lane, so that a page has words for every one."""
    found = {lane: frozenset(each.kind for each in _packaged(lane).every) | {OWN} for lane in LISTED}
    found[Lane.DANGER] |= {"unread_language", "learned", "at_hand"} | {
        kind for kind, _signs_of in emoji_signs()
    }
    for sign in (sign for each in _signs() for sign in each.every if sign.mark == "="):
        found[lane_of_sign(sign.kind)] = found.get(lane_of_sign(sign.kind), frozenset()) | {sign.kind}
    found[Lane.ABUSE] |= {"word", "model"}
    found[Lane.JOURNALIST] |= {"known"}
    return found


@lru_cache(maxsize=1)
def _texted() -> Mapping[str, tuple[str, ...]]:
    """Return what words as they are texted stand for, Welsh ones with `~` before them in their mutated forms,
    too: "trwsus" is *trowsus*, so "nhrwsus" is *nhrowsus*."""
    rows = [line.partition(":") for line in _lines("spellings.txt") if ":" in line and line[0] != "#"]
    found = {word.strip("~ "): tuple(meant.split()) for word, _colon, meant in rows}
    for word in (word.strip("~ ") for word, *_ in rows if word[0] == "~"):
        for form, meant in mutated_alike(word, *found[word]):
            if form not in _english():
                found.setdefault(form, (meant,))
    return found


def usually_spelt(folded: str) -> str:
    """Return a folded text with each word that is texted as it's usually spelt, and all else as it stands:
    for readers of sentences that don't use these lists."""
    return _WRITTEN.sub(_as_usual, folded)


def _as_usual(word: re.Match[str]) -> str:
    usual = " ".join(_texted().get(word[0].lower(), ()))
    return (usual.capitalize() if word[0][0].isupper() else usual) or word[0]


@lru_cache(maxsize=1)
def other_languages() -> Mapping[str, frozenset[str]]:
    """Return small words of other languages, by language."""
    rows = (line.partition(":") for line in _lines("languages.txt") if not line.startswith("#"))
    return {name: frozenset(words.split()) for name, _colon, words in rows}


@lru_cache(maxsize=1)
def emoji_signs() -> tuple[tuple[str, tuple[frozenset[str], ...]], ...]:
    """Return the signs in emoji: each a kind, and the sets of which one each has to be there."""
    rows = (line.partition(":") for line in _lines("emoji.txt") if ":" in line and not line.startswith("#"))
    return tuple(
        (kind, tuple(frozenset(part.split()) for part in signs.split("+"))) for kind, _colon, signs in rows
    )


def _lines(name: str) -> list[str]:
    return resources.files(__package__).joinpath("lists", name).read_text(encoding="utf-8").splitlines()
