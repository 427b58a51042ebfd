"""Finds the names of an index in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from schoolgate.screening.common import ordinary
from schoolgate.screening.folding import Folded, Words, words_of
from schoolgate.screening.hits import Hit, Kind, Strength
from schoolgate.screening.names import LONGEST, PARTICLES, NameIndex
from schoolgate.screening.written_otherwise import BEFORE, OF

SHORTEST_MISTYPED = 4
"""Letters of a word in which a typing error is looked for: shorter ones become another word."""
SHORTEST_TWICE_MISTYPED = 8
"""Letters of a word in which two are looked for."""
NEAR = 5
"""Words between a part of a name and a class, at most."""
_BREAK = frozenset(".!?:;,\n()[]{}|/&+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z][A-Z][a-z]")
_ORDER = {Strength.STOP: 0, Strength.ASK: 1, Strength.MENTION: 2}
_DIGITS = "0123456789"
_CLASS = re.compile(r"(?:[1-9]|1[0-3])[a-z]{1,3}|[a-z]{1,3}(?:[1-9]|1[0-3])")
_YEAR = frozenset(["year", "yr", "blwyddyn", "bl"])
_BEGIN = frozenset(["will", "may", "mark", "hope", "joy", "summer"])
"""Ordinary words that are first names, too, and often begin a sentence about a class."""
_FAMILY = frozenset([
    "family", "families", "twins", "twin", "brothers", "sisters", "siblings", "boys", "girls", "children",
])  # fmt: skip
_WELSH_FAMILY = frozenset(["teulu", "efeilliaid", "plant", "brodyr", "chwiorydd"])
_MARGIN = 40
"""Characters before and after a name that are looked at for the rest of its line."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Words from one to before another, by their numbers or (`chars`) by their characters."""

    first: int
    last: int
    strength: Strength
    variant: str
    of: tuple[int, ...]


def find_names(folded: Folded, index: NameIndex) -> list[Hit]:
    """Return every pupil's name in the text, no words twice: a stronger or a longer hit counts. First names
    alone come as mentions."""
    if not index.number:
        return []
    text = _Text(folded.text, words_of(folded.text))
    found = [*_exact(text, index), *_with_initials(text, index), *_in_one_word(text, index)]
    taken = {place for each in found for place in range(each.first, each.last + 1)}
    found += _as_welsh_writes(text, index)
    found += _nearly(text, index, taken)
    found += _with_class(text, index, taken)
    found += _families(text, index, taken)
    found += [_with_middle(each, found) for each in _middles(text, index)]
    best = _each_word_once(found)
    taken = {place for each in best for place in range(each.first, each.last + 1)}
    best += _first_names(text, index, taken)
    best += _surnames(text, index, taken)
    return [_hit(folded, text, each) for each in best]


class _Text:
    """The words of a text with what surrounds them."""

    def __init__(self, text: str, words: Words) -> None:
        self.text, self.words = text, words
        self.count = len(words.plain)
        self.one_case = text == text.upper() or text == text.lower()

    def gap(self, place: int) -> str:
        """Return what is between a word and the next one."""
        return self.text[self.words.ends[place] : self.words.starts[place + 1]]

    def close(self, place: int) -> bool:
        """Return whether a word and the next one may be one name: no end of a sentence or a list between."""
        gap = self.gap(place)
        return gap in (" ", "-", "_", ".", "'", "' ", "") or (len(gap) <= 4 and not _BREAK.intersection(gap))

    def over_lines(self, place: int) -> bool:
        """Return whether nothing but the end of a line or of a paragraph is between a word and the next."""
        gap = self.gap(place)
        return "\n" in gap and not gap.strip(" \t\r\n-–#•*")

    def is_capital(self, place: int) -> bool:
        """Return whether the word begins as a name does."""
        raw = self.words.raw[place]
        return raw[0].isupper() or self.one_case

    def in_handle(self, first: int, last: int) -> bool:
        """Return whether these words are one handle or hashtag."""
        start = self.words.starts[first]
        if start == 0 or self.text[start - 1] not in "@#":
            return False
        return not any(each.isspace() for each in self.text[start : self.words.ends[last]])

    def after(self, place: int) -> str:
        """Return the character after a word."""
        end = self.words.ends[place]
        return self.text[end : end + 1]

    def stands_as_row(self, first: int, last: int) -> bool:
        """Return whether these words are a row of a list: nothing before or after them on their line."""
        start, end = self.words.starts[first], self.words.ends[last]
        before = self.text[max(0, start - _MARGIN) : start].rpartition("\n")[2]
        after = self.text[end : end + _MARGIN].partition("\n")[0]
        return not before.strip(" \t-*•.0123456789)") and not after.strip(" \t.;()0123456789")

    @cached_property
    def limits(self) -> range:
        """Return the numbers of its words."""
        return range(self.count)


def _exact(text: _Text, index: NameIndex) -> Iterator[_Found]:
    plain, heads = text.words.plain, index.heads
    for first in text.limits:
        if plain[first] not in heads:
            continue
        words = plain[first]
        for last in range(first + 1, min(first + LONGEST, text.count)):
            comma = text.gap(last - 1).strip() == ","
            apart = text.over_lines(last - 1)
            if not comma and not apart and not text.close(last - 1):
                break
            words = f"{words} {plain[last]}"
            if apart:
                yield from _over_lines_at(text, index, first, last, words)
            else:
                yield from _exact_at(text, index, first, last, words, comma=comma)
            if comma or apart:
                break


def _over_lines_at(text: _Text, index: NameIndex, first: int, last: int, words: str) -> Iterator[_Found]:
    found = index.whole.get(words)
    if found is not None and _capitals(text, first, last):
        yield _Found(first, last, Strength.ASK, "over_lines", found[1])


def _exact_at(
    text: _Text, index: NameIndex, first: int, last: int, words: str, *, comma: bool
) -> Iterator[_Found]:
    capitals = _capitals(text, first, last)
    if not comma and words in index.whole:
        variant, of = index.whole[words]
        strength = Strength.STOP if capitals else Strength.ASK
        yield _Found(first, last, strength, variant if capitals else "small", of)
    elif words in index.turned and capitals:
        row = comma and text.stands_as_row(first, last)
        handle = text.in_handle(first, last)
        strength = Strength.STOP if row or handle else Strength.ASK
        yield _Found(first, last, strength, "surname_first", index.turned[words])


def _capitals(text: _Text, first: int, last: int) -> bool:
    """Return whether every word of a name has a capital, or need not have one."""
    if text.in_handle(first, last):
        return True
    words = text.words.plain
    return all(text.is_capital(each) or words[each] in PARTICLES for each in range(first, last + 1))


def _with_initials(text: _Text, index: NameIndex) -> Iterator[_Found]:
    """Yield "Grace Y." and "G. Young". Both parts need capitals, or each "a school" would be one."""
    raw, plain = text.words.raw, text.words.plain
    for place in text.limits:
        if len(raw[place]) != 1 or not raw[place].isupper():
            continue
        dot = text.after(place) == "."
        if place and text.gap(place - 1) in (" ", "") and text.is_capital(place - 1):
            of = index.shortened.get((plain[place - 1], plain[place]))
            if of and (dot or plain[place] not in "aio"):
                yield _Found(place - 1, place, Strength.STOP if dot else Strength.ASK, "initial_last", of)
        if not dot and plain[place] in "aio":
            continue
        yield from _initial_first(text, index, place)


def _initial_first(text: _Text, index: NameIndex, place: int) -> Iterator[_Found]:
    if place + 1 >= text.count or text.gap(place) not in (" ", ". ", "."):
        return
    words = ""
    for last in range(place + 1, min(place + 4, text.count)):
        words = f"{words} {text.words.plain[last]}".strip()
        of = index.initials.get((text.words.plain[place], words))
        if of and text.words.raw[last][0].isupper():
            yield _Found(place, last, Strength.ASK, "initial_first", of)
            return
        if last + 1 < text.count and not text.close(last):
            return


def _in_one_word(text: _Text, index: NameIndex) -> Iterator[_Found]:
    """Yield names in one word: handles, hashtags, words joined by capitals."""
    for place in text.limits:
        raw, plain = text.words.raw[place], text.words.plain[place].strip(_DIGITS)
        marked = text.in_handle(place, place)
        of = index.joined.get(plain)
        camel = _MIXED.search(raw) is not None
        if of:
            yield _Found(place, place, Strength.STOP if marked or camel else Strength.ASK, "joined", of)
        elif marked and len(plain) > SHORTEST_MISTYPED and plain in index.handles:
            yield _Found(place, place, Strength.ASK, "handle", index.handles[plain])
        elif camel:
            yield from _in_camel(index, place, [part.lower() for part in _CAMEL.findall(raw)[:40]])


def _in_camel(index: NameIndex, place: int, parts: list[str]) -> Iterator[_Found]:
    for first in range(len(parts)):
        for last in range(first + 1, min(first + 4, len(parts))):
            of = index.joined.get("".join(parts[first : last + 1]))
            if of:
                yield _Found(place, place, Strength.STOP, "joined", of)
                return


def _nearly(text: _Text, index: NameIndex, taken: Collection[int]) -> Iterator[_Found]:
    """Yield names with one typing error in one part. Both parts have capitals; a word may be between them."""
    plain = text.words.plain
    capital = [text.words.raw[place][0].isupper() for place in text.limits]
    for first in text.limits:
        if not capital[first] or first in taken:
            continue
        for last in (first + 1, first + 2):
            if last >= text.count or not text.close(last - 1):
                break
            if last in taken or not capital[last]:
                continue
            one, other = plain[first], plain[last]
            if last > first + 1 and not capital[first + 1]:
                continue
            of = _like(index.by_first.get(one), other) or _like(index.by_last.get(other), one)
            of = of or _like(index.by_last.get(one), other)
            if of:
                yield _Found(first, last, Strength.ASK, "mistyped", of)
                break


def _middles(text: _Text, index: NameIndex) -> Iterator[_Found]:
    """Yield names with a word with a capital between their parts."""
    words = text.words
    for first in range(text.count - 2):
        others = index.by_first.get(words.plain[first])
        of = others.get(words.plain[first + 2]) if others else None
        capitals = all(words.raw[place][0].isupper() for place in (first, first + 1, first + 2))
        if of and capitals and text.close(first) and text.close(first + 1):
            yield _Found(first, first + 2, Strength.ASK, "middle", of)


def _with_middle(found: _Found, others: Sequence[_Found]) -> _Found:
    """Return a name with a middle name with the pupils of a shorter name in it, of which it then has the
    strength: neither may hide the other."""
    inside = [each for each in others if found.first <= each.first and each.last <= found.last]
    if not inside:
        return found
    of = tuple(sorted({*found.of, *(pk for each in inside for pk in each.of)}))
    strength = min((found.strength, *(each.strength for each in inside)), key=lambda each: _ORDER[each])
    return _Found(found.first, found.last, strength, found.variant, of)


def _as_welsh_writes(text: _Text, index: NameIndex) -> Iterator[_Found]:
    """Yield names whose first letter is changed by the word before, and names with "son of" or "daughter of"
    where the list has none, or another."""
    plain = text.words.plain
    for first in text.limits:
        listed = index.mutated.get(plain[first], ())
        if listed and first and plain[first - 1] in BEFORE and plain[first] not in ordinary():
            yield from _mutated_at(text, index, first, listed)
        others = index.by_first.get(plain[first])
        of_parent = others and first + 2 < text.count and plain[first + 1] in OF
        of = others.get(plain[first + 2]) if others and of_parent else None
        if of and text.is_capital(first) and text.is_capital(first + 2):
            yield _Found(first, first + 2, Strength.ASK, "of_parent", of)


def _mutated_at(text: _Text, index: NameIndex, first: int, listed: tuple[str, ...]) -> Iterator[_Found]:
    if not text.words.raw[first][0].isupper():
        return
    plain = text.words.plain
    for name in listed:
        words = name
        for last in range(first + 1, min(first + LONGEST, text.count)):
            if not text.close(last - 1):
                break
            words = f"{words} {plain[last]}"
            found = index.whole.get(words)
            if found is not None and _capitals(text, first, last):
                yield _Found(first, last, Strength.ASK, "mutated", found[1])


def _with_class(text: _Text, index: NameIndex, taken: Collection[int]) -> Iterator[_Found]:
    """Yield a first name, a surname or initials beside the class of that pupil, in one sentence."""
    if not index.classes:
        return
    for first, last, group in _classes_in(text, index):
        here = index.classes[group]
        for step in (-1, 1):
            place = first if step < 0 else last
            for _near in range(NEAR):
                place += step
                if not 0 <= place < text.count or _ends(text, min(place, place - step)):
                    break
                of = next((here[each] for each in _said(text, index, place) if each in here), None)
                if of and place not in taken:
                    yield _Found(place, place, Strength.ASK, "with_class", of)


def _said(text: _Text, index: NameIndex, place: int) -> Iterator[str]:
    """Yield the parts of names that a word with a capital may be: itself, as it is without its Welsh change,
    or two initials."""
    raw, plain = text.words.raw[place], text.words.plain[place]
    if not raw[0].isupper():
        return
    if len(raw) == 2 and raw.isupper():
        yield f"{plain[0]}.{plain[1]}"
    elif len(raw) == 1 and place + 1 < text.count and text.gap(place) in (".", ". ", " "):
        other = text.words.raw[place + 1]
        if len(other) == 1 and other.isupper():
            yield f"{plain}.{other.lower()}"
    elif plain not in ordinary() or (plain in index.firsts and plain not in _BEGIN):
        yield plain
        if place and text.words.plain[place - 1] in BEFORE:
            yield from index.mutated.get(plain, ())


def _classes_in(text: _Text, index: NameIndex) -> Iterator[tuple[int, int, str]]:
    """Yield where the text has a class or year group of the index, from one word to another, and which."""
    plain = text.words.plain
    for place in text.limits:
        if plain[place] in index.classes and (_CLASS.fullmatch(plain[place]) or text.is_capital(place)):
            yield place, place, plain[place]
        elif place + 1 < text.count and plain[place] in _YEAR and f"year{plain[place + 1]}" in index.classes:
            yield place, place + 1, f"year{plain[place + 1]}"


def _ends(text: _Text, place: int) -> bool:
    """Return whether a sentence ends after a word; the dot of an initial doesn't end one."""
    gap = text.gap(place)
    return any(each in gap for each in ("!", "?", "\n\n")) or ("." in gap and len(text.words.raw[place]) > 1)


def _families(text: _Text, index: NameIndex, taken: Collection[int]) -> Iterator[_Found]:
    """Yield "the Youngs", "the Young twins" and "teulu Young"."""
    plain, raw = text.words.plain, text.words.raw
    for place in text.limits:
        if place in taken or not raw[place][0].isupper() or plain[place] in ordinary():
            continue
        before = plain[place - 1] if place else ""
        after = plain[place + 1] if place + 1 < text.count and text.close(place) else ""
        single = plain[place].removesuffix("s").removesuffix("e")
        several = before in ("the", "y", "yr") and plain[place].endswith("s")
        name = next(
            (
                each
                for each in (plain[place], *((plain[place][:-1], single) if several else ()))
                if each in index.by_last
            ),
            "",
        )
        told = several and name != plain[place]
        if name and (told or (before in ("the", "y", "yr") and after in _FAMILY) or before in _WELSH_FAMILY):
            of = tuple(sorted({pk for pks in index.by_last[name].values() for pk in pks}))
            yield _Found(place, place, Strength.ASK, "family", of)


def _like(names: Mapping[str, tuple[int, ...]] | None, word: str) -> tuple[int, ...] | None:
    if not names or len(word) < SHORTEST_MISTYPED or word in ordinary():
        return None
    for name, of in names.items():
        if is_one_apart(name, word):
            return of
    if len(word) >= SHORTEST_TWICE_MISTYPED - 1:
        for name, of in names.items():
            if len(name) >= SHORTEST_TWICE_MISTYPED and is_two_apart(name, word):
                return of
    return None


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


def _first_names(text: _Text, index: NameIndex, taken: Collection[int]) -> Iterator[_Found]:
    for place in text.limits:
        if place not in taken and text.words.raw[place][0].isupper():
            of = index.firsts.get(text.words.plain[place])
            if of:
                yield _Found(place, place, Strength.MENTION, "first", of)


def _surnames(text: _Text, index: NameIndex, taken: Collection[int]) -> Iterator[_Found]:
    """Yield surnames alone, of pupils who are known to be in what the text goes with. Each has its capital,
    also in a text without any: "hill" names no one."""
    if not index.alone:
        return
    plain, raw = text.words.plain, text.words.raw
    for first in text.limits:
        words = ""
        for last in range(first, min(first + LONGEST, text.count)):
            if last > first and not text.close(last - 1):
                break
            words = f"{words} {plain[last]}".strip()
            of = index.alone.get(words)
            places = range(first, last + 1)
            capitals = all(raw[each][0].isupper() or plain[each] in PARTICLES for each in places)
            if of and capitals and not any(each in taken for each in places):
                yield _Found(first, last, Strength.MENTION, "last", of)


def _each_word_once(found: list[_Found]) -> list[_Found]:
    """Return the hits of which no words are in a better one: the strongest, then the longest."""
    taken: set[int] = set()
    best = []
    for each in sorted(found, key=lambda one: (_ORDER[one.strength], one.first - one.last, one.first)):
        places = range(each.first, each.last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            best.append(each)
    return best


def _hit(folded: Folded, text: _Text, found: _Found) -> Hit:
    start, end = folded.span(text.words.starts[found.first], text.words.ends[found.last])
    plain = " ".join(text.words.plain[found.first : found.last + 1])
    words = folded.typed[start:end]
    return Hit(start, end, words, Kind.PUPIL, found.strength, found.variant, plain, found.of)
