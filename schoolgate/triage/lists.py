"""The phrases of each lane, as they are packaged and as a federation has edited them.

How a Welsh word of a list may be spoken and written: with its beginning mutated, and with the endings of
the north and the south. *Trowsus* is *fy nhrowsus*, *pethau* is *petha* and *pethe*.

Signs of harm: parts that say little by themselves and much together, as children write of it.

A line `part: words` of a list names what a part is, in the language of `phrases`. A line `= kind: a + b + c`
is a sign: these parts near each other, in any order; `..8` at its end says how many words apart the first and
the last may begin (12 where nothing is said). `! kind: a + b` says where the sign may be meant otherwise: it
is a hint then (`HINT`), which a lead reads and no one is woken for. A word beside it clears nothing: who does
harm has a dog too, and a child who tells of it writes *lol*. `!! kind: a + b` says that it isn't meant at
all, where the words say whose or what it is: the writer's own child, a cake knife, a form to sign.
`~ kind: a + b / x y` says where a phrase of the other lists isn't meant: the words near it are of sport or a
lost coat, and the comment has none of the parts behind the stroke.

One pass over the words of a comment: each match is compared with the latest one of every other part of its
signs, so twice the words take twice the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Literal

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.common import ENGLISH, ordinary
from schoolgate.triage.lanes import Lane
from schoolgate.triage.phrases import (
    Line,
    Match,
    Phrase,
    Phrases,
    Ways,
    as_written,
    joined,
    phrases_of,
    plain_phrases,
)
from schoolgate.triage.reading import BREAK, Spelling

_BEGINNINGS = (
    ("ll", ("l",)), ("rh", ("r",)), ("ch", ()), ("th", ()), ("ph", ()), ("dd", ()), ("ff", ()), ("ng", ()),
    ("mh", ()), ("nh", ()), ("p", ("b", "mh", "ph")), ("t", ("d", "nh", "th")), ("c", ("g", "ngh", "ch")),
    ("b", ("f", "m")), ("d", ("dd", "n")), ("g", ("", "ng")), ("m", ("f",)),
    *((vowel, (f"h{vowel}",)) for vowel in "aeiouwy"),
)  # fmt: skip
"""What a word begins with, and what it begins with when it's mutated; the longer ones first."""
_ENDINGS = (("au", ("a", "e")), ("odd", ("ws", "ath")), ("io", ("o",)))
_SHORTEST = 4
"""Letters of a form. Shorter ones are too many words' forms: *fan*, *dan*, *fam*."""


def mutated(word: str) -> Iterator[str]:
    """Yield the other forms of a Welsh word: each beginning with each ending."""
    old, new = _begins(word)
    ended = next(((old, new) for old, new in _ENDINGS if word.endswith(old)), ("", ()))
    rest = word[len(old) : len(word) - len(ended[0])]
    for first in (old, *new):
        for last in (ended[0], *ended[1]):
            form = first + rest + last
            if form != word and len(form) >= _SHORTEST:
                yield form


def mutated_alike(word: str, meant: str) -> Iterator[tuple[str, str]]:
    """Yield the mutated forms of a word as it's texted, each with that of the word that it stands for: as it
    is, where that begins with another letter or its form would be too short."""
    old, new = _begins(word)
    for first in new:
        form = first + word[len(old) :]
        other = first + meant[len(old) :] if _begins(meant)[0] == old else meant
        if len(form) >= _SHORTEST:
            yield form, other if len(other) >= _SHORTEST else meant


def _begins(word: str) -> tuple[str, tuple[str, ...]]:
    return next(((old, new) for old, new in _BEGINNINGS if word.startswith(old)), ("", ()))


NEAR = 12
"""Words within which the parts of a sign begin, where its line doesn't say."""
HINT = "learned"
"""The kind of what may be a sign of danger and may not: as what the model finds."""
_SENTENCE = 4
"""How many words the end of a sentence counts for: children seldom write one."""
_SIGN = lazy_pattern(
    r"^(=|!!?|~) ([a-z_]+): ([a-z_]+(?: \+ [a-z_]+){0,5})(?: \.\.(\d{1,2}))?"
    r"(?: / ([a-z_]+(?: [a-z_]+){0,20}))?$"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Parts that together are a kind of sign (`=`), or say that it may be meant otherwise (`!`), isn't meant
    (`!!`), nor a phrase of that kind (`~`) unless the comment has one of the parts `unless`."""

    mark: str
    kind: str
    parts: tuple[str, ...]
    near: int
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The signs that a comment has, and the kinds of which its phrases aren't meant."""

    signs: tuple[Match, ...]
    calmed: frozenset[str]


@dataclass(frozen=True)
class Signs:
    """The signs of a list, and its parts as phrases."""

    parts: Phrases
    every: tuple[Sign, ...]

    @cached_property
    def _with(self) -> dict[str, list[Sign]]:
        found: dict[str, list[Sign]] = {}
        for sign in self.every:
            for part in sign.parts:
                found.setdefault(part, []).append(sign)
        return found

    def matches(self, line: Line) -> Found:
        """Return the signs that a comment has, each kind where it first stands, without those not meant;
        those that may be meant otherwise as a hint."""
        places = _places(line)
        met: dict[tuple[str, str], Match] = {}
        latest: dict[str, Match] = {}
        calmed: list[Sign] = []
        for match in sorted(self.parts.matches(line), key=lambda each: (each.first, each.last)):
            latest[match.kind] = match
            for sign in self._with.get(match.kind, ()):
                if sign.mark != "~" and (sign.mark, sign.kind) in met:
                    continue
                seen = [latest[part] for part in sign.parts if part in latest]
                first = min(each.first for each in seen)
                if len(seen) < len(sign.parts) or places[match.first] - places[first] > sign.near:
                    continue
                met[sign.mark, sign.kind] = Match(sign.kind, first, max(each.last for each in seen))
                if sign.mark == "~":
                    calmed.append(sign)
        signs = [
            replace(each, kind=HINT) if ("!", kind) in met else each
            for (mark, kind), each in met.items()
            if mark == "=" and ("!!", kind) not in met
        ]
        calm = {sign.kind for sign in calmed if sign.unless.isdisjoint(latest)}
        return Found(tuple(signs), frozenset(calm))


def _places(line: Line) -> list[int]:
    """Return where each word stands, the end of a sentence counted as several words."""
    places, at = [], 0
    for word in line.words:
        places.append(at)
        at += _SENTENCE if word == BREAK else 1
    return places


def signs_of(lines: Iterable[str], ways: Ways = as_written) -> Signs:
    """Return the signs of a list.

    Raises:
        ValueError: a line isn't written as a list is, or a sign has a part that the list doesn't name.

    """
    parts, every = [], []
    for raw in lines:
        line = raw.strip()
        if not line.startswith(("=", "!", "~")):
            parts.append(line)
            continue
        got = _SIGN.match(line)
        if not got:
            raise ValueError(f"not a sign: {line}")
        near = int(got[4] or NEAR)
        unless = frozenset((got[5] or "").split())
        every.append(Sign(got[1], got[2], tuple(got[3].split(" + ")), near, unless))
    known = phrases_of(parts, ways)
    unknown = {part for sign in every for part in (*sign.parts, *sign.unless)} - {
        each.kind for each in known.every
    }
    if unknown:
        raise ValueError(f"parts that the list doesn't name: {sorted(unknown)}")
    return Signs(known, tuple(every))


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
