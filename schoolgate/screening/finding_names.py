"""Finds the names of an index in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.common import ordinary
from schoolgate.screening.folding import Folded, heard
from schoolgate.screening.handles import SHORTEST_INSIDE, as_handle, in_word, numbered
from schoolgate.screening.hits import A_WORD, FIRST_ALONE, Hit, Kind, Strength
from schoolgate.screening.kin import PARENTS
from schoolgate.screening.name_clues import clues_in, is_first, two_in_one
from schoolgate.screening.names import LONGEST, PARTICLES, NameIndex
from schoolgate.screening.people_words import either
from schoolgate.screening.spelt_out import find_spelt_out
from schoolgate.screening.text_words import Found, Text, other_readings, text_of
from schoolgate.screening.typing_errors import (
    SHORTEST_MISTYPED,
    is_one_apart,
    is_two_apart,
    sounds,
    sounds_alike,
    without_a_letter,
)
from schoolgate.screening.walled_families import walled_families
from schoolgate.screening.walled_forms import walled_forms
from schoolgate.screening.walled_made import walled_made
from schoolgate.screening.walled_names import is_small_name, walled_firsts, walled_nearly
from schoolgate.screening.written_otherwise import BEFORE, OF, changes_next

SHORTEST_TWICE_MISTYPED = 8
"""Letters of a word in which two are looked for."""
ENDINGS_OF_FRIENDS = ("ers", "sters", "kins", "bo", "sy", "s", "y", "ie", "i", "o", "a", "er")
"""What friends put after the beginning of a name, its first or its last."""
SHORTEST_STEM = 3
"""Letters of that beginning."""
LONG = 11
"""Letters of a name in which one is looked for in each part."""
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z][A-Z][a-z]")
_SIGN = lazy_pattern(r"(?<=[^\W\d_])[@$](?=[^\W\d_]{0,20}(?![\w@]|\.\w))")
_WHOSE = lazy_pattern(rf"\b([^\W\d_]{{3,20}})s(?=[ ._-]?{either(PARENTS)}\b)", re.IGNORECASE)
_LETTER_OF = {"@": "a", "$": "s"}
_ORDER = {Strength.STOP: 0, Strength.ASK: 1, Strength.MENTION: 2}
_DIGITS = "0123456789"
_RESULT = 4
"""Characters after an initial in which a result begins."""


def find_names(folded: Folded, index: NameIndex) -> list[Hit]:
    """Return every pupil's name in the text, no words twice: a stronger or a longer hit counts. First names
    alone come as mentions. What is a name only as the words can be read otherwise is asked about."""
    if not index.number:
        return []
    hits = _hits_in(folded, index)
    for said in filter(None, (heard(folded), _with_letters(folded), _without_s(folded, index))):
        hits += [replace(each, strength=_less(each.strength, Strength.ASK)) for each in _hits_in(said, index)]
    return [*_no_words_twice(hits), *find_spelt_out(folded, index)]


def _hits_in(folded: Folded, index: NameIndex) -> list[Hit]:
    text = text_of(folded.text)
    hits = [_hit(folded, text, each) for each in _found_in(text, index)]
    for other, most in _read_otherwise(text, index):
        hits += [
            _hit(
                folded,
                other,
                replace(each, strength=_less(each.strength, most)),
            )
            for each in _found_in(other, index)
        ]
    return hits


def _with_letters(folded: Folded) -> Folded | None:
    """Return a text with the letters for which signs within a word are put: "m@li"; None where it has
    none."""
    text = _SIGN.sub(lambda sign: _LETTER_OF[sign.group()], folded.text)
    return replace(folded, text=text) if text != folded.text else None


def _without_s(folded: Folded, index: NameIndex) -> Folded | None:
    """Return a text with first names alone where they stand for whose family someone is and lack the sign of
    it: "Amelias mum"; None where it has none."""

    def alone(found: re.Match[str]) -> str:
        name = found.group(1).lower()
        return (
            f"{found.group(1)}'" if name in index.firsts and f"{name}s" not in index.firsts else found.group()
        )

    text = _WHOSE.sub(alone, folded.text)
    return replace(folded, text=text) if text != folded.text else None


def _less(one: Strength, other: Strength) -> Strength:
    return max(one, other, key=_ORDER.__getitem__)


def _read_otherwise(text: Text, index: NameIndex) -> Iterator[tuple[Text, Strength]]:
    yield from other_readings(text)
    if handle := as_handle(text, index):
        yield handle, Strength.ASK


def _found_in(text: Text, index: NameIndex) -> list[Found]:
    found = [*_exact(text, index), *_with_initials(text, index), *_in_one_word(text, index)]
    taken = {place for each in found for place in range(each.first, each.last + 1)}
    found += _as_welsh_writes(text, index)
    found += _nearly(text, index, taken)
    found += clues_in(text, index, taken)
    found += [_with_middle(each, found) for each in _middles(text, index)]
    found += walled_nearly(text, index, taken)
    found += walled_firsts(text, index, taken)
    found += walled_forms(text, index, taken)
    found += walled_families(text, index, taken)
    found += walled_made(text, index, taken)
    found += _first_names(text, index)
    return [*found, *_surnames(text, index)]


def _exact(text: Text, index: NameIndex) -> Iterator[Found]:
    plain, heads = text.words.plain, index.heads
    for first in text.limits:
        if plain[first] not in heads:
            continue
        words, lines = plain[first], False
        for last in range(first + 1, min(first + LONGEST, text.count)):
            comma = text.gap(last - 1).strip() == ","
            apart = text.over_lines(last - 1)
            if (apart and lines) or not (comma or apart or text.close(last - 1)):
                break
            lines = lines or apart
            words = f"{words} {plain[last]}"
            if lines:
                yield from _over_lines_at(text, index, first, last, words)
            else:
                yield from _exact_at(text, index, first, last, words, comma=comma)
            if comma:
                break


def _over_lines_at(text: Text, index: NameIndex, first: int, last: int, words: str) -> Iterator[Found]:
    of = index.whole[words][1] if words in index.whole else index.turned.get(words)
    if of and _capitals(text, first, last):
        yield Found(first, last, Strength.ASK, "over_lines", of)


def _exact_at(
    text: Text, index: NameIndex, first: int, last: int, words: str, *, comma: bool
) -> Iterator[Found]:
    capitals = _capitals(text, first, last)
    if not comma and words in index.whole:
        variant, of = index.whole[words]
        sure = capitals or not any(word in ordinary() for word in text.words.plain[first : last + 1])
        yield Found(
            first, last, Strength.STOP if sure else Strength.ASK, variant if capitals else "small", of
        )
    elif words in index.turned and capitals:
        row = comma and text.stands_as_row(first, last)
        handle = text.in_handle(first, last)
        strength = Strength.STOP if row or handle else Strength.ASK
        yield Found(first, last, strength, "surname_first", index.turned[words])


def _capitals(text: Text, first: int, last: int) -> bool:
    """Return whether every word of a name has a capital, or need not have one."""
    if text.in_handle(first, last):
        return True
    words = text.words.plain
    return all(text.is_capital(each) or words[each] in PARTICLES for each in range(first, last + 1))


def _with_initials(text: Text, index: NameIndex) -> Iterator[Found]:
    """Yield "Grace Y." and "G. Young". Both parts need capitals, or each "a school" would be one."""
    raw, plain = text.words.raw, text.words.plain
    for place in text.limits:
        if len(raw[place]) != 1:
            continue
        if not raw[place].isupper():
            of = index.shortened.get((plain[place - 1], plain[place])) if place else None
            if of and text.in_handle(place - 1, place):
                yield Found(place - 1, place, Strength.ASK, "initial_last", of)
            continue
        dot = text.after(place) == "."
        if place and text.gap(place - 1) in (" ", "") and text.is_capital(place - 1):
            turned = index.initials.get((plain[place], plain[place - 1]))
            result = _is_result(text, place)
            if turned and (result or (plain[place] not in "ai" and plain[place - 1] not in ordinary())):
                yield Found(place - 1, place, Strength.ASK, "initial_first", turned)
            of = index.shortened.get((plain[place - 1], plain[place]))
            if of and (dot or text.owns(place) or plain[place] not in "aio"):
                yield Found(place - 1, place, Strength.STOP if dot else Strength.ASK, "initial_last", of)
        elif place and text.gap(place - 1) == ", " and text.is_capital(place - 1):
            turned = index.initials.get((plain[place], plain[place - 1]))
            if turned and (dot or _is_result(text, place)) and not text.has_title(place - 1):
                yield Found(place - 1, place, Strength.ASK, "initial_first", turned)
        if not dot and plain[place] in "aio":
            continue
        yield from _initial_first(text, index, place)


def _is_result(text: Text, place: int) -> bool:
    """Return whether a time, a length or a place follows, as in a list of results: "Khan I 34.2"."""
    after = text.text[text.words.ends[place] : text.words.ends[place] + _RESULT]
    return after.lstrip(" .:-(\t")[:1].isdecimal()


def _initial_first(text: Text, index: NameIndex, place: int) -> Iterator[Found]:
    if place + 1 >= text.count or text.gap(place) not in (" ", ". ", "."):
        return
    words = ""
    for last in range(place + 1, min(place + 4, text.count)):
        words = f"{words} {text.words.plain[last]}".strip()
        of = index.initials.get((text.words.plain[place], words))
        if of and text.words.raw[last][0].isupper():
            yield Found(place, last, Strength.ASK, "initial_first", of)
            return
        if last + 1 < text.count and not text.close(last):
            return


def _in_one_word(text: Text, index: NameIndex) -> Iterator[Found]:
    """Yield names in one word: handles, hashtags, words joined by capitals."""
    for place in text.limits:
        raw, plain = text.words.raw[place], text.words.plain[place].strip(_DIGITS)
        marked = text.in_handle(place, place)
        of = index.joined.get(plain)
        camel = _MIXED.search(raw) is not None
        if of:
            yield Found(place, place, Strength.STOP if marked or camel else Strength.ASK, "joined", of)
        elif marked and len(plain) > SHORTEST_MISTYPED and plain in index.handles:
            yield Found(place, place, Strength.ASK, "handle", index.handles[plain])
        elif camel and (inside := _in_camel(index, [part.lower() for part in _CAMEL.findall(raw)[:40]])):
            yield Found(place, place, Strength.STOP, "joined", inside)
        elif len(plain) >= SHORTEST_INSIDE and (inside := in_word(index, plain)):
            yield Found(place, place, Strength.ASK, "joined", inside)
        elif not raw.isalpha() and (inside := numbered(index, plain)):
            yield Found(place, place, Strength.ASK, "handle", inside)


def _in_camel(index: NameIndex, parts: list[str]) -> tuple[int, ...]:
    """Return who is named by parts of a word that its capitals keep apart: "WellDoneGraceYoung"."""
    for first in range(len(parts)):
        for last in range(first + 1, min(first + 4, len(parts))):
            if of := index.joined.get("".join(parts[first : last + 1])):
                return of
    return ()


def _nearly(text: Text, index: NameIndex, taken: Collection[int]) -> Iterator[Found]:
    """Yield names with one typing error in one part, two in a long one, or one in each. Both parts have
    capitals; a word may be between them."""
    plain = text.words.plain
    capital = [text.words.raw[place][0].isupper() or text.may_be_name(place) for place in text.limits]
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
            if last == first + 1:
                of = of or _like_both(index, one, other) or _sounding(index, one, other)
                of = of or (None if text.has_title(first) else _fond_of(index, one, other))
            if of:
                yield Found(first, last, Strength.ASK, "mistyped", of)
                break


def _middles(text: Text, index: NameIndex) -> Iterator[Found]:
    """Yield names with a word with a capital between their parts, such as a second first name. It stops where
    it's no ordinary word, or in brackets: "Grace (Gracie) Young"."""
    words = text.words
    for first in range(text.count - 2):
        others = index.by_first.get(words.plain[first])
        of = others.get(words.plain[first + 2]) or others.get(two_in_one(text, first + 2)) if others else None
        if not of or not all(words.raw[place][0].isupper() for place in (first, first + 1, first + 2)):
            continue
        bracket = text.gap(first).strip() in ("(", '"', "'") and text.gap(first + 1).strip() in (
            ")",
            '"',
            "'",
        )
        if not bracket and not (text.close(first) and text.close(first + 1)):
            continue
        sure = bracket or not (
            text.in_titles or text.has_title(first) or words.plain[first + 1] in ordinary()
        )
        yield Found(first, first + 2, Strength.STOP if sure else Strength.ASK, "middle", of)


def _with_middle(found: Found, others: Sequence[Found]) -> Found:
    """Return a name with a middle name with the pupils of a shorter name in it, of which it then has the
    strength: neither may hide the other."""
    inside = [each for each in others if found.first <= each.first and each.last <= found.last]
    if not inside:
        return found
    of = tuple(sorted({*found.of, *(pk for each in inside for pk in each.of)}))
    strength = min((found.strength, *(each.strength for each in inside)), key=lambda each: _ORDER[each])
    return Found(found.first, found.last, strength, found.variant, of)


def _as_welsh_writes(text: Text, index: NameIndex) -> Iterator[Found]:
    """Yield names whose first letter is changed as in Welsh, and names with "son of" or "daughter of" where
    the list has none, or another."""
    plain = text.words.plain
    for first in text.limits:
        if listed := index.mutated.get(plain[first], ()):
            yield from _mutated_at(text, index, first, listed)
        others = index.by_first.get(plain[first])
        if not others or first + 2 >= text.count or plain[first + 1] not in OF:
            continue
        parent = plain[first + 2]
        said = (parent, *index.mutated.get(parent, ()))
        of = next((others[each] for each in said if each in others), None)
        if of and text.is_capital(first) and text.is_capital(first + 2):
            yield Found(first, first + 2, Strength.ASK, "of_parent", of)


def _mutated_at(text: Text, index: NameIndex, first: int, listed: tuple[str, ...]) -> Iterator[Found]:
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
                sure = first > 0 and plain[first - 1] in BEFORE and found[0] == "full"
                yield Found(first, last, Strength.STOP if sure else Strength.ASK, "mutated", found[1])


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
    return next((of for name, of in names.items() if name != word and sounds_alike(name, word)), None)


def _like_both(index: NameIndex, one: str, other: str) -> tuple[int, ...] | None:
    """Return who has a first name and a surname that are one typing error apart from these, where both are
    long enough together to be no one else's."""
    if len(one) < SHORTEST_MISTYPED or len(one) + len(other) < LONG or one in ordinary():
        return None
    near = {name for word in without_a_letter(one) for name in index.nearly.get(word, ())}
    for name in near:
        if is_one_apart(name, one) and (of := _like(index.by_first[name], other)):
            return of
    return None


def _sounding(index: NameIndex, one: str, other: str) -> tuple[int, ...] | None:
    """Return who has a first name and a surname that sound like these, where both are long enough together:
    "Lwsi Prys" for Lucy Price."""
    if len(one) + len(other) < SHORTEST_TWICE_MISTYPED or one in ordinary():
        return None
    for name in (name for sound in sounds(one) for name in index.first_sounds.get(sound, ())):
        for last, of in index.by_first[name].items():
            if last == other or sounds_alike(last, other) or _is_swapped(last, other):
                return of
    return None


def _is_swapped(one: str, other: str) -> bool:
    """Return whether only two letters beside each other are swapped: "Kahn"."""
    return sorted(one) == sorted(other) and is_one_apart(one, other)


def _fond_of(index: NameIndex, one: str, other: str) -> tuple[int, ...] | None:
    """Return who has a surname, before which stands what friends make of their first name: "Mimi Shah" of
    Amina, "Gethers Parry"."""
    firsts = index.by_last.get(other)
    if not firsts or one in index.firsts or one in ordinary() or not 3 < len(one) <= SHORTEST_TWICE_MISTYPED:
        return None
    half = one[: len(one) // 2]
    if half * 2 == one and len(half) > 1:
        return next((of for first, of in firsts.items() if half in first), None)
    stems = {one, *(one.removesuffix(end) for end in ENDINGS_OF_FRIENDS)}
    begins = [stem for stem in stems if len(stem) >= SHORTEST_STEM + (stem == one)]
    return next((of for first, of in firsts.items() if first.startswith(tuple(begins))), None)


def _first_names(text: Text, index: NameIndex) -> Iterator[Found]:
    plain = text.words.plain
    for place in text.limits:
        if not text.words.raw[place][0].isupper():
            if is_small_name(plain[place]) and plain[place] in index.firsts and is_first(text, index, place):
                yield Found(place, place, Strength.MENTION, FIRST_ALONE, index.firsts[plain[place]])
            continue
        of, variant = index.firsts.get(plain[place]), FIRST_ALONE
        if of and (text.goes_on(place) or not is_first(text, index, place)):
            variant = A_WORD
        elif of is None and place and changes_next(plain[place - 1]):
            listed = index.mutated.get(plain[place], ())
            of = next((index.firsts[each] for each in listed if each in index.firsts), None)
        if of:
            yield Found(place, place, Strength.MENTION, variant, of)


def _surnames(text: Text, index: NameIndex) -> Iterator[Found]:
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
            if of and all(raw[each][0].isupper() or plain[each] in PARTICLES for each in places):
                yield Found(first, last, Strength.MENTION, "last", of)


def _no_words_twice(hits: list[Hit]) -> list[Hit]:
    """Return the hits of which no words are in a better one: the strongest, then the longest. Where the same
    words may mean more pupils in another way that is asked about, all of them are meant."""
    best: list[Hit] = []
    taken: dict[int, int] = {}
    for each in sorted(hits, key=lambda one: (_ORDER[one.strength], one.start - one.end, one.start)):
        places = range(each.start, each.end)
        over = next((taken[place] for place in places if place in taken), None)
        if over is None:
            taken.update(dict.fromkeys(places, len(best)))
            best.append(each)
        elif each.strength is Strength.ASK and _same(best[over], each):
            best[over] = replace(best[over], of=tuple(sorted({*best[over].of, *each.of})))
    return best


def _same(one: Hit, other: Hit) -> bool:
    return one.strength is other.strength and (one.start, one.end) == (other.start, other.end)


def _hit(folded: Folded, text: Text, found: Found) -> Hit:
    start, end = folded.span(text.words.starts[found.first], text.words.ends[found.last])
    plain = " ".join(text.words.plain[found.first : found.last + 1])
    words = folded.typed[start:end]
    return Hit(start, end, words, Kind.PUPIL, found.strength, found.variant, plain, found.of)
