"""Pupils who must not be published, written as no name is: a first name in pieces ("A melia"), with letters
hidden or an ending of affection ("Tomosyn"), a surname cut short or with an initial after it ("Lund (F)").
Each is asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from schoolgate.screening.common import ordinary
from schoolgate.screening.groups import group_at
from schoolgate.screening.hits import Strength
from schoolgate.screening.names import FEW_OF_A_NAME, NameIndex, all_of
from schoolgate.screening.nicknames import SHORT
from schoolgate.screening.text_words import Found, Text
from schoolgate.screening.typing_errors import first_sound, sounds_alike
from schoolgate.screening.walled_names import (
    ENDINGS,
    SHORTEST_CUT,
    SHORTEST_IN_TAG,
    SHORTEST_SMALL,
    SURNAMES,
    WORDS,
    is_form_of,
)
from schoolgate.screening.written_otherwise import BEFORE, SOFT, SOUNDS_ALIKE

MOST_PIECES = 12
_OTHER_NAMES = frozenset([*SHORT, *SOUNDS_ALIKE, *(short for each in SHORT.values() for short in each)])
"""First names that people have by themselves."""
FEWEST = 4
"""Letters one by one that may be a name."""
_BETWEEN = frozenset([" ", "  ", ".", "-", "_", "*", ". ", " - "])
_ENDS = frozenset(" \n\t.,;:!?()[]\"'’‘“”/&+")
_SET_APART = frozenset([" (", "(", ", ", ",", " [", " - "])
_SIGNS = "*•_"
_HIDE = frozenset(_SIGNS)
"""What is put for a letter that is hidden."""
_INITIALS = frozenset(["initials", "initial", "llythrennau", "lythrennau"])
_OF_SURNAMES = ("ster", "sters", "ers", "zy", "sy", "sie", "ey", "ie", "y", "er", "o", "z")
"""What a team puts after a surname, or after its beginning."""
_ALSO_THINGS = frozenset("""
brownie brownies marshy woody rocky sandy stony hilly rosy cherry barney party parts parker walker cooker
baker hunter farmer gardener porter potter archer fisher carter parer bella berry bushy bishops prices pricey
player prayer reeder leaser longer shorter younger whiter blacker greener king kings hillier woods fielder
""".split())  # fmt: skip  # noqa: SIM905
_FROM = frozenset(["from", "in", "of", "o", "yn", "ym"])
_AGED = frozenset(["aged", "age", "oed"])
_BACH = frozenset(["bach", "fach", "fechan"])
_ALSO_WORDS = "aio"
"""Initials that are words, too, in one of the two languages."""


def walled_forms(text: Text, index: NameIndex, taken: Collection[int]) -> Iterator[Found]:
    """Yield these names with all who have them. `taken`: words of whole names that were found."""
    ways = (
        _initial_and_cut,
        _first_and_initials,
        _three_initials,
        _with_title,
        _in_capitals,
        _changed_fondly,
    )
    hides = not _HIDE.isdisjoint(text.text) if index.walled else False
    for place in text.limits if index.walled else ():
        if place in taken:
            continue
        word = text.words.plain[place]
        if word in index.walled and (found := _surname_cut(text, index, place)):
            yield found
        if found := next(filter(None, (way(text, index, place) for way in ways)), None):
            yield found
        if hides and (found := _with_hidden(text, index, place)):
            yield found
        if word in index.walled_begins and (found := _in_pieces(text, index, place)):
            yield found
        if word in index.walled_lasts and (found := _with_initial(text, index, place)):
            yield found
        if text.may_be_name(place) and (of := _fondly(text, index, place)):
            yield Found(place, place, Strength.ASK, "first", of)
        if of := _surname_alone(text, index, place) or _surname_fondly(text, index, place):
            yield Found(place, place, Strength.ASK, "last", of)
        if word[-1].isalpha() and not word.isalpha() and (of := _initials_and_class(index, word)):
            yield Found(place, place, Strength.ASK, "with_class", of)
        if word in _INITIALS and (found := _initials_said(text, index, place)):
            yield found


def _in_pieces(text: Text, index: NameIndex, first: int) -> Found | None:
    """Return a first name, with the surname or without, or an initial with it, whose letters are apart in
    some places. One piece at least is no word and no name by itself, or "Tom os" would be Tomos."""
    plain, name = text.words.plain, text.words.plain[first]
    big = text.words.raw[first][0].isupper()
    strange = _is_strange(index, name, big=big)
    for last in range(first + 1, min(first + MOST_PIECES, text.count)):
        if not _joins(text.gap(last - 1)):
            return None
        name += plain[last]
        strange = (
            strange or _is_strange(index, plain[last], big=big) or FEWEST <= len(name) == last - first + 1
        )
        if strange and name in index.walled_apart:
            how = "first" if name in index.walled else "initial_last"
            return Found(first, last, Strength.ASK, how, index.walled_apart[name])
        if name not in index.walled_begins:
            return None
    return None


def _joins(gap: str) -> bool:
    """Return whether two pieces of a word may be one: a blank, the end of a line or a sign between them, but
    none that ends something."""
    return gap in _BETWEEN or gap == "\n" or (0 < len(gap) <= len("...") and _ENDS.isdisjoint(gap))


def _surname_cut(text: Text, index: NameIndex, first: int) -> Found | None:
    """Return a first name with the beginning of that child's surname: "Amelia Sh."."""
    last = first + 1
    if last >= text.count or text.gap(first) not in _BETWEEN or not text.is_capital(last):
        return None
    begin = text.words.plain[last]
    if len(begin) < 2 or begin in ordinary():
        return None
    name = text.words.plain[first]
    of = {
        pk
        for (own, surname), pks in index.walled_whole.items()
        if own == name and surname != begin and surname.startswith(begin)
        for pk in pks
    }
    return Found(first, last, Strength.ASK, "initial_last", tuple(sorted(of))) if of else None


def _initial_and_cut(text: Text, index: NameIndex, first: int) -> Found | None:
    """Return an initial with the beginning of that child's surname: "O.Pen", "O. Penh"."""
    last = first + 1
    if last >= text.count or len(text.words.raw[first]) != 1 or not text.words.raw[first].isupper():
        return None
    begin, gap = text.words.plain[last], text.gap(first)
    whole = gap == "." or (gap == ". " and begin not in ordinary() and begin not in WORDS)
    if len(begin) < SHORTEST_CUT or not (whole and text.is_capital(last)):
        return None
    of = {
        pk
        for (own, surname), pks in index.walled_whole.items()
        if own[0] == text.words.plain[first] and surname != begin and surname.startswith(begin)
        for pk in pks
    }
    return Found(first, last, Strength.ASK, "initial_last", tuple(sorted(of))) if of else None


def _first_and_initials(text: Text, index: NameIndex, first: int) -> Found | None:
    """Return a first name, or its beginning, with the initials of both halves of a surname: "Jay O-B"."""
    last, own = first + 2, text.words.plain[first]
    if last >= text.count or len(own) < SHORTEST_CUT or not text.words.raw[first][0].isupper():
        return None
    if text.gap(first) != " " or text.gap(first + 1) not in ("-", ".", ". ", " "):
        return None
    raw = text.words.raw[first + 1 : last + 1]
    if any(len(each) != 1 or not each.isupper() for each in raw):
        return None
    of = _of_two_halves(index, own, *(each.lower() for each in raw))
    return Found(first, last, Strength.ASK, "initial_last", of) if of else None


def _of_two_halves(index: NameIndex, begins: str, one: str, two: str) -> tuple[int, ...]:
    """Return who has a first name that begins so, and a surname of two halves with these initials."""
    halves = [surname for surname in index.walled_lasts if surname[0] == two]
    return tuple(
        sorted(
            {
                pk
                for (name, surname), pks in index.walled_whole.items()
                if name.startswith(begins) and surname[0] == one
                if any(surname != half and surname.endswith(half) for half in halves)
                for pk in pks
            }
        )
    )


def _three_initials(text: Text, index: NameIndex, first: int) -> Found | None:
    """Return the initials of a first name and both halves of a surname: "J.O.B.", and "our JOB in Year 6"."""
    raw = text.words.raw
    if len(raw[first]) == len("JOB") and raw[first].isupper() and raw[first].isalpha() and not text.one_case:
        of = _of_two_halves(index, *raw[first].lower())
        return (
            Found(first, first, Strength.ASK, "with_class", of)
            if of and _class_of(text, index, first, of)
            else None
        )
    last = first + 2
    if last >= text.count or any(len(each) != 1 or not each.isupper() for each in raw[first : last + 1]):
        return None
    if {text.gap(first), text.gap(first + 1)} - {".", ". ", "-", " "}:
        return None
    of = _of_two_halves(index, *(each.lower() for each in raw[first : last + 1]))
    return Found(first, last, Strength.ASK, "initial_last", of) if of else None


def _class_of(text: Text, index: NameIndex, place: int, of: Collection[int]) -> bool:
    """Return whether the class or year of one of these stands right after a word, or after *from* or *in*."""
    after = place + 1
    if after < text.count and text.words.plain[after] in _FROM:
        after += 1
    if after >= text.count:
        return False
    _last, groups = group_at(text, index.classes, index.class_heads, after)
    return any(pk in of for group in groups for pks in index.classes[group].values() for pk in pks)


def _with_title(text: Text, index: NameIndex, place: int) -> Found | None:
    """Return a surname with a title where it's a child's all the same: "Mr Bell from 6T", "Miss Pryce (9
    oed)"."""
    if text.words.plain[place] not in index.walled_lasts or not text.has_title(place):
        return None
    of = all_of(index.walled_lasts[text.words.plain[place]].values())
    aged = not _AGED.isdisjoint(text.words.plain[place + 1 : place + 5])
    return (
        Found(place, place, Strength.ASK, "last", of) if aged or _class_of(text, index, place, of) else None
    )


def _in_capitals(text: Text, index: NameIndex, place: int) -> Found | None:
    """Return a first name and the initial of the surname in one word of capitals: "ORLAP"."""
    raw, plain = text.words.raw[place], text.words.plain[place]
    if text.one_case or not raw.isupper() or len(plain) < FEWEST or plain in ordinary():
        return None
    of = tuple(pk for pk in index.handles.get(plain, ()) if pk in index.walled_people)
    return Found(place, place, Strength.ASK, "initial_last", of) if of else None


def _changed_fondly(text: Text, index: NameIndex, place: int) -> Found | None:
    """Return a short form of a first name that Welsh has changed, before *bach*: "Wenlli fach"."""
    word, after = text.words.plain[place], text.words.plain[place + 1 : place + 2]
    if not after or after[0] not in _BACH or len(word) < SHORTEST_SMALL or word in ordinary():
        return None
    for was, begins in SOFT.items():
        if word.startswith(begins):
            short = was + word.removeprefix(begins)
            for name, of in index.walled.items():
                if len(short) >= SHORTEST_SMALL and name != short and name.startswith(short):
                    return Found(place, place, Strength.ASK, "first", of)
    return None


def _with_hidden(text: Text, index: NameIndex, first: int) -> Found | None:
    """Return a first name of which signs hide letters: "F*eya", "Fr***"."""
    letters = text.words.plain[first]
    last, hidden = first, 0
    while last - first < MOST_PIECES:
        end = text.words.ends[last]
        gap = text.gap(last) if last + 1 < text.count else text.text[end : end + MOST_PIECES]
        signs = len(gap) - len(gap.lstrip(_SIGNS))
        letters, hidden = letters + "*" * signs, hidden + signs
        if not signs or signs < len(gap) or last + 1 >= text.count:
            break
        last += 1
        letters += text.words.plain[last]
    if not hidden or hidden > MOST_PIECES or len(letters) - hidden < 2:
        return None
    for name, of in index.walled.items():
        if len(name) == len(letters) and all(a in (b, "*") for a, b in zip(letters, name, strict=True)):
            return Found(first, last, Strength.ASK, "first", of)
    return None


def _is_strange(index: NameIndex, piece: str, *, big: bool) -> bool:
    """Return whether a piece is no word or name; one of two letters only where the first has a capital."""
    return (
        len(piece) > 1
        and len(piece) + big > 2
        and piece not in ordinary()
        and piece not in WORDS
        and piece not in index.firsts
        and piece not in index.by_last
    )


def _with_initial(text: Text, index: NameIndex, place: int) -> Found | None:
    """Return a surname with the initial of a first name after it: "Lund (F)", "Lund, F."."""
    after = place + 1
    if after >= text.count or not text.may_be_name(place) or text.has_title(place):
        return None
    raw, initial = text.words.raw[after], text.words.plain[after]
    if len(raw) != 1 or not (raw.isupper() or text.one_case):
        return None
    gap, end = text.gap(place), text.after(after)
    sure = end in (".", ")", "]") or initial not in _ALSO_WORDS
    if not sure or not (gap in _SET_APART or gap == " "):
        return None
    firsts = index.walled_lasts[text.words.plain[place]].items()
    of = {pk for first, pks in firsts for pk in pks if first[0] == initial}
    return Found(place, after, Strength.ASK, "initial_last", tuple(sorted(of))) if of else None


def _fondly(text: Text, index: NameIndex, place: int) -> tuple[int, ...]:
    """Return who has a first name of which a word is a fond form, also as Welsh changes its first letter."""
    word = text.words.plain[place]
    if word in index.firsts or word in index.by_last or word in ordinary():
        return ()
    if len(word) <= SHORTEST_IN_TAG:
        return _of_short_name(text, index, place)
    changed = place > 0 and text.words.plain[place - 1] in BEFORE
    for ending in ENDINGS:
        name = word.removesuffix(ending)
        if name == word or len(name) < SHORTEST_IN_TAG - (len(ending) > len("yn")):
            continue
        for each in (name, *(index.mutated.get(name, ()) if changed else ())):
            if each in index.walled and each not in WORDS:
                return index.walled[each]
    return _of_short_name(text, index, place)


def _of_short_name(text: Text, index: NameIndex, place: int) -> tuple[int, ...]:
    """Return who has a first name of four or five letters of which a word is a fond form: "Mals oedd y
    capten", "Tomsi". Of five with its capital alone. What is a name by itself, as Ellen is beside Ella,
    isn't one."""
    word = text.words.plain[place]
    if word in _OTHER_NAMES or word in SURNAMES or text.goes_on(place) or text.has_title(place):
        return ()
    longest = SHORTEST_IN_TAG if text.words.raw[place].istitle() and word[-1] != "s" else SHORTEST_SMALL
    names = (each for each in index.walled if SHORTEST_SMALL <= len(each) <= longest and each[0] == word[0])
    return next(
        (index.walled[each] for each in names if len(word) > SHORTEST_CUT and is_form_of(word, each)), ()
    )


def _surname_alone(text: Text, index: NameIndex, place: int) -> tuple[int, ...]:
    """Return who has a surname that stands by itself, where few pupils have it and nothing beside it makes it
    someone else's: "Lund to serve"."""
    word, raw = _surname_meant(text, index, place), text.words.raw[place]
    others = {pk for of in index.by_last.get(word, {}).values() for pk in of}
    if len(word) < SHORTEST_SMALL or word in ordinary() or word in SURNAMES or len(others) > FEW_OF_A_NAME:
        return ()
    before = place > 0 and text.close(place - 1) and text.words.raw[place - 1][0].isupper()
    if before and word != text.words.plain[place] and (of := _first_as_heard(text, index, place - 1, word)):
        return of
    if not raw[0].isupper() or text.in_titles or before or text.has_title(place) or text.goes_on(place):
        return ()
    return tuple(sorted(others))


def _surname_fondly(text: Text, index: NameIndex, place: int) -> tuple[int, ...]:
    """Return who has a surname of which a team makes this word: "Reesy", "Lundy", "Pritchers"."""
    word = text.words.plain[place]
    if (
        not text.may_be_name(place)
        or word in ordinary()
        or word in WORDS
        or word in _OTHER_NAMES | _ALSO_THINGS
    ):
        return ()
    if word in index.firsts or word in index.by_last or text.has_title(place) or text.goes_on(place):
        return ()
    for ending in _OF_SURNAMES:
        stem = word.removesuffix(ending)
        once = stem[:-1] if len(stem) > 1 and stem[-1:] == stem[-2:-1] else stem
        if stem == word or len(once) < SHORTEST_CUT:
            continue
        for last, firsts in index.walled_lasts.items():
            cut = len(stem) >= SHORTEST_SMALL or once != stem
            if last in (stem, once) or (cut and last.startswith((stem, once))):
                return all_of(firsts.values())
    return ()


def _first_as_heard(text: Text, index: NameIndex, place: int, surname: str) -> tuple[int, ...]:
    """Return who has a first name that begins as a word that is no one's, before their surname as it's heard:
    "Ffria Lwnd"."""
    word = text.words.plain[place]
    if (
        word in WORDS
        or word in ordinary()
        or word in _OTHER_NAMES
        or word in index.firsts
        or text.has_title(place)
    ):
        return ()
    begins = first_sound(word)
    return next((of for first, of in index.walled_lasts[surname].items() if first_sound(first) == begins), ())


def _surname_meant(text: Text, index: NameIndex, place: int) -> str:
    """Return the surname that a word is, or sounds as and is no word or name by itself: "Lwnd" is Lund."""
    word = text.words.plain[place]
    if word in index.walled_lasts:
        return word
    if not text.words.raw[place][0].isupper() or len(word) < SHORTEST_SMALL:
        return ""
    if word in WORDS or word in ordinary() or word in _OTHER_NAMES or word in index.firsts:
        return ""
    if word in index.by_last or word in SURNAMES:
        return ""
    names = (each for each in index.walled_lasts if each[0] == word[0] and each not in _OTHER_NAMES)
    return next((each for each in names if sounds_alike(each, word)), "")


def _initials_said(text: Text, index: NameIndex, place: int) -> Found | None:
    """Return the two letters beside the word that says they are initials: "Initials FL won"."""
    for at in range(place + 1, min(place + 4, text.count)):
        letters, last = text.words.plain[at], at
        if len(letters) == 1 and at + 1 < text.count and len(text.words.plain[at + 1]) == 1:
            letters, last = letters + text.words.plain[at + 1], at + 1
        if len(letters) != len("fl") or (last == at and letters in ordinary()):
            continue
        of = {
            pk
            for (first, last), pks in index.walled_whole.items()
            if first[0] + last[0] == letters
            for pk in pks
        }
        if of:
            return Found(place, last, Strength.ASK, "with_class", tuple(sorted(of)))
    return None


def _initials_and_class(index: NameIndex, word: str) -> tuple[int, ...]:
    """Return who has the two initials and the class that a word begins and ends with: "fl5a"."""
    of = index.classes.get(word[2:], {}).get(f"{word[0]}.{word[1]}", ())
    return of if not index.walled_people.isdisjoint(of) else ()
