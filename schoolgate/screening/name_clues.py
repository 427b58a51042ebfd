"""Finds who is meant where a text doesn't write a pupil's name as one: a part of it with the class, an age or
a brother's or sister's name, its two parts apart, the name of a family. It's asked about, nothing stopped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from schoolgate.screening.common import ordinary
from schoolgate.screening.groups import NUMBERS, group_at, is_class
from schoolgate.screening.hits import Strength
from schoolgate.screening.kin import (
    AND,
    CHILDREN_OF,
    FAMILY,
    KIN,
    ONE_CHILD,
    PARENTS,
    PEOPLES,
    THE,
    WELSH_CHILD,
    WELSH_FAMILY,
)
from schoolgate.screening.names import FEW_OF_A_NAME, NameIndex, all_of
from schoolgate.screening.text_words import Found, Text
from schoolgate.screening.walled_names import WORDS, is_small_name
from schoolgate.screening.written_otherwise import BEFORE

NEAR = 20
"""Words of a sentence between a part of a name and a class, at most."""
NEAR_THEIRS = 8
"""Words after a parent's name in which one for their child is looked for."""
_WHOSE = frozenset(["whose", "their", "his", "her", "eu", "ei", "ai", "au"])
_BACH = frozenset(["bach", "fach", "mawr", "fawr", "ifanc", "ifanca"])
BESIDE = 2
"""Words from a first name without its capital to its class: *grace in 4b*."""
_TEAM = frozenset(["team", "tim"])
"""Before the surname of a family: *Team Marchbank*."""
_DEAR = frozenset(["little", "own", "wee", "bach", "fach"])
"""Before a letter that is a child's initial: *5B's little O*."""
_LETTERED = frozenset([
    "group", "team", "set", "section", "plan", "part", "class", "form", "year", "band", "house", "block",
    "room", "vitamin", "option", "exhibit", "unit", "grwp", "tim", "adran", "rhan", "dosbarth", "blwyddyn",
    "bloc", "ystafell", "fitamin",
])  # fmt: skip
"""What a letter numbers."""
NEXT = 4
"""Words of the next sentence that are looked at for a name."""
APART = 8
"""Words between the two parts of a name, at most."""
MOST_MEANT = 20
"""Pupils that "her brother" may mean: of more it means none."""
MONTHS = frozenset(["may", "april", "june", "august", "summer", "autumn", "mai", "mehefin"])
_BEGIN = frozenset(["will", "may", "mark", "hope", "joy", "summer"])
"""Ordinary words that are first names, too, and often begin a sentence."""
_AGE_ORDER = frozenset([
    "younger", "youngest", "elder", "eldest", "older", "oldest", "ieuengaf", "ieuenga", "fenga", "hynaf",
    "hyna", "littlest", "smallest", "lleiaf",
])  # fmt: skip
"""Which child of a family: enough before a surname to say who is meant."""
_LITTLE = frozenset(["little", "young", "wee"])
_YOUNG = frozenset(["fach", "bach", "ifanc", "junior", "jnr", "jr", *_AGE_ORDER])
"""The same, after one."""
_ONE = frozenset(["the", "our", "one", "that", "this", "old", "other", *_LITTLE, *_AGE_ORDER])
_OLD = frozenset(["aged", "age", "oed", "turns", "turned"])
_A_CHILD = frozenset([
    "pupil", "child", "girl", "boy", "called", "named", "disgybl", "ddisgybl", "merch", "bachgen", "fachgen",
    "plentyn", "enw", "birthday", "blwydd", "our", "ein",
])  # fmt: skip

_CHILDREN = frozenset(["plant", "blant", "phlant"])


def clues_in(text: Text, index: NameIndex, taken: Collection[int]) -> Iterator[Found]:
    """Yield who is meant by less than a name. `taken`: words of names that were found."""
    yield from _with_class(text, index, taken)
    yield from _families(text, index, taken)
    yield from _children_of(text, index, taken)
    firsts = [place for place in text.limits if is_first(text, index, place)]
    if not firsts:
        return
    yield from _apart(text, index, firsts, taken)
    yield from _told_of(text, index, firsts, taken)
    yield from _siblings(text, index, firsts, taken)


def is_first(text: Text, index: NameIndex, place: int) -> bool:
    """Return whether a word may be a pupil's first name by itself."""
    plain = text.words.plain[place]
    if plain not in index.by_first or not text.may_be_name(place) or text.has_title(place):
        return False
    return plain not in MONTHS and not (plain in _BEGIN and text.begins(place))


def _with_class(text: Text, index: NameIndex, taken: Collection[int]) -> Iterator[Found]:
    """Yield a first name, a surname or initials with the class of that pupil: in one sentence, or at the
    beginning of the next."""
    place = 0 if index.classes else text.count
    while place < text.count:
        last, groups = group_at(text, index.classes, index.class_heads, place)
        near = [*_near(text, place, -1), *_near(text, last, 1)] if groups else []
        for group in groups:
            here = index.classes[group]
            for each, over in near:
                if each in taken or (over and text.words.plain[each] in ordinary()):
                    continue
                beside = each < place and place - each <= BESIDE
                said = _said(text, index, each, beside_class=beside)
                of = next((here[part] for part in said if part in here), None)
                if of:
                    yield Found(each, each, Strength.ASK, "with_class", of)
        place = last + 1


def _near(text: Text, place: int, step: int) -> Iterator[tuple[int, bool]]:
    """Yield the words before or after one in its sentence, and the first ones of the next: those are said to
    be."""
    over = 0
    for _number in range(NEAR):
        place += step
        if not 0 <= place < text.count:
            return
        over += over > 0 or text.ends(min(place, place - step))
        if over > NEXT:
            return
        yield place, over > 0


def _said(text: Text, index: NameIndex, place: int, *, beside_class: bool) -> Iterator[str]:
    """Yield the parts of names that a word may be: with a capital itself, as it is without its Welsh change,
    or two initials; without one a first name, where it's no word or stands right before the class."""
    raw, plain = text.words.raw[place], text.words.plain[place]
    if not raw[0].isupper() and not text.in_handle(place, place):
        if plain in index.firsts and (beside_class or is_small_name(plain)):
            yield plain
        return
    if len(raw) == 2 and raw.isupper():
        yield f"{plain[0]}.{plain[1]}"
    elif len(raw) == 1 and place and text.words.plain[place - 1] in _DEAR:
        yield f"{plain}."
    elif len(raw) == 1 and place + 1 < text.count and text.gap(place) in (".", ". ", " "):
        other = text.words.raw[place + 1]
        if len(other) == 1 and other.isupper():
            yield f"{plain}.{other.lower()}"
        elif beside_class and text.gap(place) == ". " and not (place and _numbers_things(text, place)):
            yield f"{plain}."
    elif text.has_title(place) or (text.goes_on(place) and not is_class(text, index.class_heads, place + 1)):
        return
    elif plain not in ordinary() or is_first(text, index, place) or text.in_handle(place, place):
        yield plain
        if plain not in index.firsts or (place and text.words.plain[place - 1] in BEFORE):
            yield from index.mutated.get(plain, ())


def _numbers_things(text: Text, place: int) -> bool:
    """Return whether a letter says which of several a thing is: "Group A. 3M read ..."."""
    before = text.words.plain[place - 1]
    return before in _LETTERED or len(before) == 1


def _families(text: Text, index: NameIndex, taken: Collection[int]) -> Iterator[Found]:
    """Yield "the Youngs", "the Young twins", "teulu Young" and "y Jonesiaid"."""
    plain, raw = text.words.plain, text.words.raw
    for place in text.limits:
        if place in taken or not raw[place][0].isupper():
            continue
        word, before = plain[place], plain[place - 1] if place else ""
        after = plain[place + 1] if place + 1 < text.count and text.close(place) else ""
        if text.in_titles and word in ordinary():
            continue
        scored = bool(after[:1].isdecimal()) and word.removesuffix("s") in index.by_last
        several = (before in THE or scored) and word.endswith("s") and word not in ordinary()
        together = after in FAMILY and (before == "the" or word not in ordinary())
        named = before in WELSH_FAMILY and word not in ordinary()
        name = next((each for each in _family_names(word, several=several) if each in index.by_last), "")
        team = (
            before in _TEAM
            and word not in ordinary()
            and len(all_of(index.by_last.get(word, {}).values())) <= FEW_OF_A_NAME
        )
        if name and (together or named or team or name != word):
            yield Found(place, place, Strength.ASK, "family", all_of(index.by_last[name].values()))


def _children_of(text: Text, index: NameIndex, taken: Collection[int]) -> Iterator[Found]:
    """Yield whose child is meant: "Mrs Lund's daughter", "merch Mrs Lund", "y ferch Lund", "the Lund boy"."""
    plain = text.words.plain
    for place in text.limits:
        word = plain[place]
        if word not in index.by_last and text.owns(place):
            word = word.removesuffix("s")  # "the Lunds' daughter"
        if word not in index.by_last or place in taken:
            continue
        if not (text.may_be_name(place) or (word in index.walled_lasts and word not in WORDS)):
            continue
        title = text.has_title(place)
        before, earlier = plain[place - 1] if place else "", plain[place - 2] if place > 1 else ""
        rest = plain[place + 1 : place + 3] if place + 1 < text.count and text.close(place) else []
        after, following = set(rest), rest[0] if rest else ""
        surname = word not in index.by_first and word not in ordinary() and word not in PEOPLES
        theirs = text.owns(place) and (title or surname) and not CHILDREN_OF.isdisjoint(after)
        theirs = theirs or (title and _speaks_of_theirs(plain[place + 1 : place + 1 + NEAR_THEIRS]))
        small_welsh = surname and before in _BACH and earlier in WELSH_CHILD
        welsh = (title and earlier in WELSH_CHILD) or (surname and before in WELSH_CHILD) or small_welsh
        if whole := _of_parent(text, index, place):
            yield Found(place - 1, place, Strength.ASK, "family", whole)
            continue
        one = surname and before in _ONE and not ONE_CHILD.isdisjoint(after)
        small = word in index.walled_lasts and (before in _LITTLE or following in _YOUNG)
        told = (title and earlier in _LITTLE) or (surname and (small or before in _AGE_ORDER))
        if theirs or welsh or one or told:
            yield Found(place, place, Strength.ASK, "family", all_of(index.by_last[word].values()))


def _speaks_of_theirs(after: Sequence[str]) -> bool:
    """Return whether the words after a parent's name speak of their child: "Mrs Nowak, whose son", "mae eu
    mab"."""
    return any(
        whose in _WHOSE and (child in CHILDREN_OF or child in WELSH_CHILD) for whose, child in pairwise(after)
    )


def _of_parent(text: Text, index: NameIndex, place: int) -> tuple[int, ...]:
    """Return who must not be published and has the surname of a parent named in full: "merch Gareth Rees",
    "the daughter of Gareth Rees", "Gareth Rees's daughter"."""
    plain = text.words.plain
    if plain[place] not in index.walled_lasts or place < 2 or not text.close(place - 1):
        return ()
    if not text.may_be_name(place - 1) or plain[place - 1] in ordinary():
        return ()
    before, earlier = plain[place - 2], plain[place - 3] if place > 2 else ""
    after = plain[place + 1] if place + 1 < text.count else ""
    welsh = before in WELSH_CHILD or before in _CHILDREN
    english = (before == "of" and earlier in CHILDREN_OF) or (text.owns(place) and after in CHILDREN_OF)
    return all_of(index.walled_lasts[plain[place]].values()) if welsh or english else ()


def _family_names(word: str, *, several: bool) -> Iterator[str]:
    yield word
    if word.endswith("iaid") and len(word) > 6:
        yield from (word[:-4], word[:-3])
    if several:
        yield from (word[:-1], word.removesuffix("s").removesuffix("e"))


def _apart(text: Text, index: NameIndex, firsts: Iterable[int], taken: Collection[int]) -> Iterator[Found]:
    """Yield a first name whose surname is near it in the same sentence: "Grace and Lily Young", "Grace
    (Young)", "Mrs Young and her daughter Grace". A surname that goes with someone else's first name doesn't
    count, nor one after a title unless a word says that it's a parent's."""
    for first in firsts:
        if first in taken:
            continue
        others = index.by_first[text.words.plain[first]]
        for step in (1, -1):
            place = first
            for _near in range(APART):
                place += step
                if not 0 <= place < text.count or _is_over(text, min(place, place - step)):
                    break
                of = others.get(text.words.plain[place]) or others.get(two_in_one(text, place))
                if of and text.may_be_name(place) and _belongs(text, index, first, place):
                    yield Found(first, first, Strength.ASK, "apart", of)
                    break


def _is_over(text: Text, place: int) -> bool:
    return text.ends(place) and ".." not in text.gap(place)


def two_in_one(text: Text, place: int) -> str:
    """Return a word and the next one as one: a surname may have two."""
    if place + 1 >= text.count or not text.close(place):
        return ""
    return text.words.plain[place] + text.words.plain[place + 1]


def _belongs(text: Text, index: NameIndex, first: int, last: int) -> bool:
    """Return whether a surname may be that of a first name some words before or after it."""
    plain = text.words.plain
    near = plain[max(0, min(first, last) - 2) : max(first, last) + 3]
    if text.has_title(last):
        return not PARENTS.isdisjoint(near)
    between = range(min(first, last) + 1, max(first, last))
    if last > first and text.goes_on(first) and first + 1 not in (last, *_names_of(text, index, between)):
        return False
    if last == first + 1 or (last < first and not between):
        return True
    own = last > 0 and last - 1 != first and text.may_be_name(last - 1) and text.close(last - 1)
    return not own or (last > first and all(_joins(text, each) for each in between))


def _names_of(text: Text, index: NameIndex, between: Iterable[int]) -> Iterator[int]:
    return (each for each in between if text.words.plain[each] in index.by_first)


def _joins(text: Text, place: int) -> bool:
    return text.words.plain[place] in AND or text.may_be_name(place)


def _told_of(text: Text, index: NameIndex, firsts: Iterable[int], taken: Collection[int]) -> Iterator[Found]:
    """Yield a first name that is said to be a pupil's, or that comes with an age: "Maya (8)"."""
    plain = text.words.plain
    for place in firsts:
        if place in taken or text.goes_on(place):
            continue
        before = plain[max(0, place - 2) : place] if not text.begins(place) else []
        after = plain[place + 1 : place + 3]
        aged = after and after[0] in _AGES and text.gap(place).strip(" ") in ("(", ",", "-")
        old = after and after[0] in _OLD
        if aged or old or not _A_CHILD.isdisjoint(before) or _called_twice(text, index, place):
            yield Found(place, place, Strength.ASK, "told_of", index.firsts[plain[place]])


def _called_twice(text: Text, index: NameIndex, place: int) -> bool:
    """Return whether another name of the same pupil is right beside a first name: "Xinyi, or Cindy"."""
    plain, of = text.words.plain, set(index.firsts[text.words.plain[place]])
    near = [each for each in range(place + 1, min(place + 4, text.count)) if text.may_be_name(each)]
    return any(
        plain[each] != plain[place] and not of.isdisjoint(index.firsts.get(plain[each], ())) for each in near
    )


_AGES = frozenset(map(str, range(3, 19))) | {word for word, number in NUMBERS.items() if number >= 3}


def _siblings(text: Text, index: NameIndex, firsts: list[int], taken: Collection[int]) -> Iterator[Found]:
    """Yield brothers and sisters where a word says that they are: those with the same surname as another
    pupil in the sentence. "Grace's sister" may mean all of hers."""
    plain = text.words.plain
    for word in text.limits:
        if plain[word] not in KIN:
            continue
        near = firsts[bisect_left(firsts, word - APART) : bisect_right(firsts, word + APART)]
        there = [each for each in near if not _ends_between(text, each, word)]
        for one in there:
            if one in taken:
                continue
            of = all_of(
                index.by_first[plain[one]][last]
                for other in there
                if plain[other] != plain[one]
                for last in _lasts_of(text, index, other)
                if last in index.by_first[plain[one]]
            )
            if of:
                yield Found(one, one, Strength.ASK, "sibling", of)
        if len(there) == 1:
            (one,) = there
            lasts = _lasts_of(text, index, one)
            of = all_of(
                pks for last in lasts for first, pks in index.by_last[last].items() if first != plain[one]
            )
            if of and len(of) <= MOST_MEANT:
                yield Found(word, word, Strength.ASK, "sibling", of)


def _lasts_of(text: Text, index: NameIndex, place: int) -> list[str]:
    """Return the surnames that a first name may have here: the one after it, or all of the list."""
    lasts = index.by_first[text.words.plain[place]]
    after = text.words.plain[place + 1] if place + 1 < text.count else ""
    return [after] if after in lasts else list(lasts)


def _ends_between(text: Text, one: int, other: int) -> bool:
    return any(text.ends(each) for each in range(min(one, other), max(one, other)))
