"""The words of a text with what is around them: where a sentence ends, what may be one name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.common import ordinary
from schoolgate.screening.folding import Words, fold, words_of
from schoolgate.screening.hits import Strength

TITLES = frozenset([
    "mr", "mrs", "ms", "miss", "mx", "madam", "dr", "prof", "professor", "rev", "sir", "syr", "dame", "lord",
    "lady", "cllr", "pc", "pcso", "athro", "athrawes", "parch", "st", "saint", "sant", "santes", "king",
    "queen", "prince", "princess", "author", "coach",
])  # fmt: skip
"""Before a name they say that it is an adult's, or no one's here."""
_BREAK = frozenset(".!?:;,\n()[]{}|/&+")
_SENTENCE = frozenset(".!?\n:")
_CAMEL = lazy_pattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SEVERAL = lazy_pattern(r"[a-z][A-Z]|[A-Z][A-Z][a-z]|[A-Za-z]\d{1,2}[A-Z]")
_INSTEAD = str.maketrans("013457", "oieast")
"""Digits that are written for letters."""
_ELL = str.maketrans("013457", "oleast")
"""The same, with a one for an l: "E11ie"."""
_TOKENS = r"[@#]\w[\w.+-]*|\b(?:https?://|www\.)\S+|(?<![\w+-])[\w+-]{1,80}\.(?:jpe?g|png|gif|heic|webp|pdf|docx?|pptx?|mp4|mov)\b"
_TOKEN = lazy_pattern(_TOKENS, re.IGNORECASE)
_WITHOUT_SIGN = lazy_pattern(r"[a-z](?:[._][a-z0-9]|[0-9])")
"""What a handle may have in it though no sign is before it: "mali.rees", "freyalund5a"."""
_TOKEN_OR_BARE = lazy_pattern(
    rf"{_TOKENS}|(?<![\w.@#/])(?-i:[a-z][a-z0-9]{{0,39}}(?:[._][a-z0-9]{{1,40}}){{1,9}}|[a-z]{{3,40}}\d{{1,6}}[a-z]{{0,2}})(?![\w@])",
    re.IGNORECASE,
)
_EACH_SECOND = lazy_pattern(r"[^\W\d_](?:[013457][^\W\d_]|[013457]{2}[^\W\d_])")
"""Half a short word in digits: "r33s"."""
_TIME_OR_PLACE = lazy_pattern(r"\d{1,2}(?:am|pm|st|nd|rd|th|yb|yp|ain|fed|ydd)", re.IGNORECASE)
"""A number that no letter hides in: "9am", "3rd"."""
_DRAWN_OUT = lazy_pattern(r"([A-Za-z])\1{2,}", re.IGNORECASE)
"""One letter many times: "Freyaaa"."""
_ROW_BEGINS, _ROW_ENDS = lazy_pattern(r"[\n;:]"), lazy_pattern(r"[\n;]")
_PLACE = lazy_pattern(r"\d{0,3}(?:st|nd|rd|th|af|il|ail|ydd|edd)?")
_PLACES = frozenset([
    "heol", "ffordd", "stryd", "lon", "maes", "bryn", "rhes", "clos", "cae", "llys", "rhodfa", "trem", "pont",
    "gerddi", "parc", "ty", "tyddyn", "plas", "hafod", "fferm", "felin", "melin", "rhiw", "allt", "glan",
    "cwm", "llwyn", "tanrallt", "penrallt", "aber", "croes", "pentre", "pentref", "ystad",
])  # fmt: skip
"""How a street, farm or place begins in Welsh; none is a surname that is often met."""
_STREETS = frozenset([
    "Street", "St", "Road", "Rd", "Avenue", "Ave", "Lane", "Close", "Drive", "Crescent", "Terrace", "Gardens",
    "Grove", "Way", "Court", "Row", "Rise", "Mews", "Cottage", "Cottages", "Farm", "Flats",
])  # fmt: skip
"""How one ends in English."""
_TIME_BEFORE = lazy_pattern(
    r"(?:^|[\n/;|,:] ?)(?<!\d)\d{1,2}[.:]\d{2} ?(?:[ap]\.?m\.?)?[ \t:,-]{1,3}$", re.IGNORECASE
)
_HOUSE_NUMBER = lazy_pattern(r"\d{1,3}[a-d]?")
_LONGEST_INITIALS = 3
_LONGEST_GAP = 12
_MARGIN = 40
"""Characters before and after a name that are looked at for the rest of its line."""
_FEWEST_LETTERS = 4
"""Letters one by one that are read as a word."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words from one to and with another, by their numbers."""

    first: int
    last: int
    strength: Strength
    variant: str
    of: tuple[int, ...]


class Text:
    """The words of a text with what surrounds them."""

    def __init__(self, text: str, words: Words) -> None:
        self.text, self.words = text, words
        self.count = len(words.plain)
        self.limits = range(self.count)
        self.one_case = text == text.upper() or text == text.lower()

    @cached_property
    def in_titles(self) -> bool:
        """Return whether most words have a capital, as in a heading: then it says little."""
        begun = sum(raw[0].isupper() for raw in self.words.raw)
        return self.one_case or begun * 10 >= self.count * 7

    def gap(self, place: int) -> str:
        """Return what is between a word and the next one."""
        return self.text[self.words.ends[place] : self.words.starts[place + 1]]

    def close(self, place: int) -> bool:
        """Return whether a word and the next one may be one name: no end of a sentence or a list between."""
        gap = self.gap(place)
        if gap in (" ", "-", "_", ".", "'", "' ", ""):
            return True
        if len(gap) > _LONGEST_GAP:
            return False
        return not _BREAK.intersection(gap) or (gap in ("+", "&") and self.in_handle(place, place + 1))

    def over_lines(self, place: int) -> bool:
        """Return whether only the end of a line or of a paragraph is between a word and the next. Three
        dots go on."""
        gap = self.gap(place)
        if "\n" not in gap or gap.strip(" \t\r\n-–#•*.\"'"):
            return False
        return "." not in gap or ".." in gap

    def ends(self, place: int) -> bool:
        """Return whether a sentence ends after a word; the dot of an initial or a short title doesn't end
        one."""
        gap = self.gap(place)
        if any(each in gap for each in ("!", "?", "\n\n")):
            return True
        return "." in gap and len(self.words.raw[place]) > 1 and self.words.plain[place] not in _DOTTED

    def begins(self, place: int) -> bool:
        """Return whether a word is the first of a sentence or of a line."""
        return place == 0 or not _SENTENCE.isdisjoint(self.gap(place - 1))

    def is_capital(self, place: int) -> bool:
        """Return whether the word begins as a name does."""
        return self.words.raw[place][0].isupper() or self.one_case or self.in_handle(place, place)

    def may_be_name(self, place: int) -> bool:
        """Return whether a word may be part of a name though nothing beside it says so: it has a capital; in
        a text without capitals it's no ordinary word."""
        if self.one_case:
            return self.words.plain[place] not in ordinary()
        return self.words.raw[place][0].isupper()

    def has_title(self, place: int) -> bool:
        """Return whether a title is right before a word."""
        return place > 0 and self.words.plain[place - 1] in TITLES and self.gap(place - 1) in (" ", ". ", ".")

    def goes_on(self, place: int) -> bool:
        """Return whether a word with a capital follows right after, so someone else's name or a thing's
        may begin here: "Grace Darling"."""
        if place + 1 >= self.count or self.in_titles or self.gap(place) not in (" ", "-"):
            return False
        raw, plain = self.words.raw[place + 1], self.words.plain[place + 1]
        short = len(raw) < 2 or (len(raw) <= _LONGEST_INITIALS and raw.isupper())
        return raw[0].isupper() and not short and plain not in ordinary() and not self.is_place(place + 1)

    def is_place(self, place: int) -> bool:
        """Return whether a word begins or is the name of a street or place: "Heol Gwern", "Gwern Lane"."""
        if self.words.plain[place] in _PLACES:
            return True
        return place + 1 < self.count and self.gap(place) == " " and self.words.raw[place + 1] in _STREETS

    def stands_at_time(self, place: int) -> bool:
        """Return whether a word begins a row of a list with its time, or a house number comes after the word
        beside it: "8.05 Freya Gwern", "Freya Gwern 7"."""
        start = self.words.starts[place]
        if _TIME_BEFORE.search(self.text[max(0, start - _MARGIN) : start]):
            return True
        if place + 2 >= self.count or self.gap(place + 1) != " ":
            return False
        return _HOUSE_NUMBER.fullmatch(self.words.plain[place + 2]) is not None

    @cached_property
    def _tokens(self) -> list[tuple[int, int]]:
        pattern = _TOKEN_OR_BARE if _WITHOUT_SIGN.search(self.text) else _TOKEN
        return [found.span() for found in pattern.finditer(self.text)]

    @property
    def has_handles(self) -> bool:
        """Return whether the text has a handle, a hashtag, an address of the web or the name of a file."""
        return bool(self._tokens)

    def in_handle(self, first: int, last: int) -> bool:
        """Return whether these words are in one handle, hashtag, address of the web or name of a file: there
        names have no capitals."""
        if not self._tokens:
            return False
        start, end = self.words.starts[first], self.words.ends[last]
        token = bisect_right(self._tokens, (start, len(self.text))) - 1
        return token >= 0 and end <= self._tokens[token][1]

    def after(self, place: int) -> str:
        """Return the character after a word."""
        end = self.words.ends[place]
        return self.text[end : end + 1]

    def owns(self, place: int) -> bool:
        """Return whether something is said to be a word's own: "Lund's", "Jones'"."""
        return self.after(place) == "'"

    def stands_as_row(self, first: int, last: int) -> bool:
        """Return whether these words are a row of a list: nothing but a number before or after them on their
        line, or between two semicolons."""
        start, end = self.words.starts[first], self.words.ends[last]
        before = _ROW_BEGINS.split(self.text[max(0, start - _MARGIN) : start])[-1]
        after = _ROW_ENDS.split(self.text[end : end + _MARGIN])[0]
        return _PLACE.fullmatch(before.strip(" \t*•.()-")) is not None and not after.strip(" \t.()0123456789")


_DOTTED = frozenset(["mr", "mrs", "ms", "dr", "st", "yr", "bl", "prof", "rev", "parch"])


def other_readings(text: Text) -> Iterator[tuple[Text, Strength]]:
    """Yield a text as its words can be read otherwise, where they can, with the most that a name found so is
    worth: words joined by capitals apart, letters that stand one by one as a word, digits as the letters that
    they look like, letters that are written three times and more once or twice."""
    words = text.words
    if any(_SEVERAL.search(raw) for raw in words.raw):
        yield Text(text.text, _apart(words)), Strength.ASK
    if "1" * _FEWEST_LETTERS in "".join("1" if len(raw) == 1 else " " for raw in words.raw):
        together = _letters_together(text)
        if len(together.plain) < text.count:
            yield Text(text.text, together), Strength.STOP
    if _DRAWN_OUT.search(text.text):
        for kept in (r"\1", r"\1\1"):
            plain = [_DRAWN_OUT.sub(kept, each) for each in words.plain]
            yield Text(text.text, Words(plain, words.raw, words.starts, words.ends)), Strength.ASK
    odd = [raw for raw in words.raw if not raw.isalpha() and _has_letters(raw)]
    for instead in (_INSTEAD, _ELL) if any("1" in raw for raw in odd) else (_INSTEAD,) if odd else ():
        plain = [each.translate(instead) if _has_letters(each) else each for each in words.plain]
        yield Text(text.text, Words(plain, words.raw, words.starts, words.ends)), Strength.ASK


def _has_letters(word: str) -> bool:
    """Return whether a word is letters for the most part: "gr4ce", and not "4b"."""
    if _TIME_OR_PLACE.fullmatch(word):
        return False
    letters = sum(each.isalpha() for each in word)
    return letters >= 2 and (letters * 2 > len(word) or _EACH_SECOND.fullmatch(word) is not None)


def _apart(words: Words) -> Words:
    found = Words([], [], [], [])
    for plain, raw, start, end in zip(words.plain, words.raw, words.starts, words.ends, strict=True):
        several = _SEVERAL.search(raw) and not (raw[-1] == "s" and raw[:-1].isupper())
        parts = list(_CAMEL.finditer(raw))[:40] if several else []
        if len(parts) < 2:
            add(found, plain, raw, start, end)
        for part in parts if len(parts) > 1 else ():
            add(found, part.group().lower(), part.group(), start + part.start(), start + part.end())
    return found


def _letters_together(text: Text) -> Words:
    """Return the words with letters one by one as words; two blanks end such a word."""
    words, found, place = text.words, Words([], [], [], []), 0
    while place < text.count:
        last = place
        while last + 1 < text.count and _one_by_one(text, last):
            last += 1
        if last - place + 1 < _FEWEST_LETTERS:
            last = place
        raw = "".join(words.raw[place : last + 1])
        end = words.ends[last]
        if last > place and text.gap(place) == "." and text.after(last) == ".":
            end += 1  # the dot of the last letter, which ends no sentence
        add(found, "".join(words.plain[place : last + 1]), raw, words.starts[place], end)
        place = last + 1
    return found


def _one_by_one(text: Text, place: int) -> bool:
    raw = text.words.raw
    return len(raw[place]) == len(raw[place + 1]) == 1 and text.gap(place) in (" ", ".", "-", "_", "*")


def add(words: Words, plain: str, raw: str, start: int, end: int) -> None:
    """Put a word after those that are there."""
    words.plain.append(plain)
    words.raw.append(raw)
    words.starts.append(start)
    words.ends.append(end)


def text_of(folded: str) -> Text:
    """Return the words of a folded text."""
    return Text(folded, words_of(folded))


_FOR_LETTERS = lazy_pattern(r"(?<![^\W_])[@$](?=[^\W\d_]{2})|(?<=[^\W_])[@$](?=[^\W\d_])")
_MEANT_BY = {"@": "a", "$": "s"}


def readings_of(text: str) -> list[str]:
    """Return a text folded, and once more in every other way in which its words can be read: as written, and
    with @ and $ for letters inside a word."""
    folded = fold(text).text
    begun = list(dict.fromkeys([folded, _FOR_LETTERS.sub(lambda one: _MEANT_BY[one.group()], folded)]))
    found = dict.fromkeys(begun)
    for one in begun:
        for other, _strength in other_readings(text_of(one)):
            found[_written(other)] = None
    return list(found)


def _written(text: Text) -> str:
    """Return a text with its words as they are read here, and everything between them as it was."""
    parts, done = [], 0
    words = text.words
    for plain, raw, start, end in zip(words.plain, words.raw, words.starts, words.ends, strict=True):
        between = text.text[done:start] or (" " if done and start == done else "")
        parts += [between, plain.capitalize() if raw[:1].isupper() else plain]
        done = end
    return "".join([*parts, text.text[done:]])
