"""A comment as its words are compared: folded, without markup, in usual spellings, each with its place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schoolgate.screening.folding import Folded, fold

LONGEST = 20_000
"""Characters that are read of a comment, from its beginning. Of a longer one its end is read too."""
_END = 4_000
_TAG = re.compile(r"<[/!]?[a-zA-Z][^<>]{0,300}>")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_UNEVEN = re.compile(r"^\s|\s\s|[^\S ]")
"""Spaces that aren't as a comment is compared."""
_TOKEN = re.compile(r"[^\W_]+(?:['@$!*]+[^\W_]+)*|[.?!;]+")
_INSIDE = re.compile(r"[^\W_]+")
_LEET = str.maketrans("013457@$!8", "oieastasib")
_REPEATED = re.compile(r"(.)\1{2,}")
_DROPPED_END = re.compile(r"'(?:n|r|i|u|w|ch)$")
_NOT = re.compile(r"^(o|e|fo|fe|hi|ni|chi|nhw|ti|di|dydi|dydy|dio|mae|oedd|sy)'m$")
"""In spoken Welsh *'m* is *ddim*: "bod o'm yn cael bwyd", "hi'm isio bod yma". "Him" is none of them."""
_KEEPS_S = frozenset({"he", "she", "it", "that", "there", "what", "who", "here", "where", "let", "everyone"})
_LONG_WORD = 40
KEPT = 5_000
"""Words of which the meant spelling is kept in mind: most comments use the same ones."""
BREAK = "."
"""The word that stands for the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and its characters in the folded text."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read:
    """A comment that is ready to be compared. `folded` has single spaces and no markup."""

    folded: Folded
    words: tuple[Word, ...]
    whole: bool


def read(text: str, spelling: Spelling) -> Read:
    """Return a comment as it is compared."""
    whole = len(text) <= LONGEST + _END
    folded = _folded(text) if whole else _folded(text[:LONGEST])
    if not whole:
        folded = _joined(text, folded, _folded(text[-_END:]), len(text) - _END)
    return Read(folded, tuple(_words(folded.text, spelling)), whole)


class Spelling:
    """Usual spellings: of words as they are texted, and of words of the lists with a typing error."""

    def __init__(
        self,
        texted: Mapping[str, tuple[str, ...]],
        known: frozenset[str],
        left: frozenset[str],
        forms: frozenset[str] = frozenset(),
    ) -> None:
        self.texted, self.known, self.left, self.forms = texted, known | forms, left, forms
        self._near: dict[str, list[str]] = {}
        for word in sorted(known):  # so that every process mends a word alike
            if len(word) > 4:
                for each in dict.fromkeys((word, *_without_one(word))):
                    self._near.setdefault(each, []).append(word)
        self.of = lru_cache(maxsize=KEPT)(self._of)

    def _of(self, word: str) -> tuple[str, ...]:
        """Return the words that a written word stands for; none for a filler."""
        if word in self.texted:
            return self.texted[word]
        if word in self.known or word in self.left or not word.isalpha():
            return (word,)
        single = _REPEATED.sub(r"\1", word)
        for each in (single, _REPEATED.sub(r"\1\1", word)):
            if each in self.texted:
                return self.texted[each]
            if each in self.known:
                return (each,)
        if word.endswith("in") and f"{word}g" in self.known:
            return (f"{word}g",)
        if 4 < len(single) <= _LONG_WORD:
            return (self._mended(single) or single,)
        return (word,)

    def has(self, word: str) -> bool:
        """Return whether a word is of the lists, or one as it is texted."""
        return word in self.known or word in self.texted

    def _mended(self, word: str) -> str:
        """Return the word of the lists with the same first letter that is one typing error away."""
        for key in (word, *_without_one(word)):
            for each in self._near.get(key, ()):
                if each[0] == word[0] and abs(len(each) - len(word)) < 2 and _is_near(each, word):
                    return each
        return ""

    def hidden(self, word: str) -> str:
        """Return the word of the lists with one letter for each star."""
        if len(word) > _LONG_WORD:
            return ""
        shape = re.compile(re.escape(word).replace(r"\*", "[a-z]"))
        return next((each for each in sorted(self.known) if shape.fullmatch(each)), "")


def _without_one(word: str) -> Iterable[str]:
    """Return the word without each of its letters but the first, in one order for every process."""
    return dict.fromkeys(word[:place] + word[place + 1 :] for place in range(1, len(word)))


def _is_near(one: str, other: str) -> bool:
    """Return whether a letter too many, too few or wrong, or two swapped, make one word the other."""
    if len(one) == len(other):
        wrong = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(wrong) < 2:
            return True
        a, b = wrong[0], wrong[-1]
        return len(wrong) == 2 and b == a + 1 and one[a] == other[b] and one[b] == other[a]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _folded(text: str) -> Folded:
    """Return a text folded, its markup as spaces, and one space for several."""
    plain = text
    places: list[int] | None = None
    if "<" in text or "&" in text:
        plain, places = _unmarked(text)
    folded = fold(plain)
    if places is None and folded.at is None and not _UNEVEN.search(folded.text):
        return folded
    letters, at, last = [], [], " "
    for place, written in enumerate(folded.text):
        letter = " " if written.isspace() else written
        if letter == last == " ":
            continue
        letters.append(letter)
        typed = place if folded.at is None else folded.at[place]
        at.append(typed if places is None else places[typed])
        last = letter
    return Folded(text, "".join(letters), at)


def _unmarked(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    at: list[int] = []
    done = 0
    for found in re.finditer(f"{_TAG.pattern}|{_ENTITY.pattern}", text):
        letters.append(text[done : found.start()])
        at += range(done, found.start())
        meant = " " if found.group().startswith("<") else html.unescape(found.group())[:2]
        letters.append(meant)
        at += [found.start()] * len(meant)
        done = found.end()
    letters.append(text[done:])
    at += range(done, len(text))
    return "".join(letters), at


def _joined(text: str, first: Folded, last: Folded, shift: int) -> Folded:
    at = [*_places(first), len(first.typed), *(place + shift for place in _places(last))]
    return Folded(text, f"{first.text} {last.text}", at)


def _places(folded: Folded) -> Sequence[int]:
    return range(len(folded.text)) if folded.at is None else folded.at


def _words(text: str, spelling: Spelling) -> Iterator[Word]:
    single: list[Word] = []
    for found in _TOKEN.finditer(text):
        raw = found.group().lower()
        if raw[0] in ".?!;":
            if not single:
                yield Word(BREAK, found.start(), found.end())
            continue
        if len(raw) == 1 and raw.isalpha():
            single.append(Word(raw, found.start(), found.end()))
            continue
        yield from _letters(single, spelling)
        single = []
        yield from _spelt(raw, found.start(), found.end(), spelling)
    yield from _letters(single, spelling)


def _letters(single: list[Word], spelling: Spelling) -> Iterator[Word]:
    """Yield letters that stand alone, as one word where they spell one of the lists."""
    joined = "".join(word.plain for word in single)
    if 2 < len(joined) <= _LONG_WORD and joined in spelling.known:
        yield Word(joined, single[0].start, single[-1].end)
        return
    for word in single:
        for each in spelling.of(word.plain):
            yield Word(each, word.start, word.end)


def _spelt(raw: str, start: int, end: int, spelling: Spelling) -> Iterator[Word]:
    if "*" in raw:
        found = spelling.hidden(raw)
        if found:
            yield Word(found, start, end)
            return
    if any(sign in raw for sign in "@$!*"):
        plain = raw.translate(_LEET).replace("*", "").replace("'", "")
        if spelling.has(plain):
            yield from (Word(each, start, end) for each in spelling.of(plain))
            return
        for part in _INSIDE.finditer(raw):
            yield from _spelt(part.group(), start + part.start(), start + part.end(), spelling)
        return
    refused = _NOT.match(raw)
    if refused:
        for each in (*spelling.of(refused[1]), "ddim"):
            yield Word(each, start, end)
        return
    plain = _bare(raw)
    if not plain.isalpha() and not plain.isdigit() and not spelling.has(plain):
        leet = plain.translate(_LEET)
        if spelling.has(leet):
            plain = leet
    for each in spelling.of(plain):
        yield Word(each, start, end)


def _bare(raw: str) -> str:
    """Return a word without apostrophes, the endings of Welsh that they join on, and a possessive."""
    if "'" not in raw:
        return raw
    raw = _DROPPED_END.sub("", raw)
    if raw.endswith("'s") and raw[:-2] not in _KEEPS_S:
        raw = raw[:-2]
    return raw.replace("'", "")
