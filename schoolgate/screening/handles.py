"""Names as accounts of networks write them: "freyalund5a", "mali_rees09", "MaliReesOfficial", and words of
which a hyphen makes two ("Ma-li")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from schoolgate.screening.common import ordinary
from schoolgate.screening.folding import Words
from schoolgate.screening.names import NameIndex
from schoolgate.screening.text_words import Text, add
from schoolgate.screening.typing_errors import sounds

SHORTEST_INSIDE = 8
"""Letters of a whole name that is looked for within a longer word."""
SHORTEST_NUMBERED = 6
"""Letters of an initial and a surname that count with a number behind them; of a class, one less."""
LONGEST_TAG = 60
MOST_PARTS = 4
"""Parts of a name that hyphens keep apart."""
SHORTEST_TAGGED = 3
"""Letters of a first name that is glued to a cheer."""
_CHEERS = frozenset("""
are ati best birthday blwyddyn bravo caru champ champion children class club come congrats
congratulations crew criw da daiawn dal dalati diolch done dosbarth ein fan fans for forever form go
gogo gogogo group happy hapus hbd hey hi i iawn is kids llongyfarchiadau love lwc miss of on our
ourstar penblwydd pencampwr played pob proud proudof pupil pupils read rock rocks rule rules run
runs seren shine squad star starof sung super superstar swim swims swum team thanks thankyou the tim
we well win winner wins won yay year you
""".split())  # fmt: skip  # noqa: SIM905
"""What a hashtag cheers with, around a name or a class."""
Word = tuple[str, str, int, int]
_NUMBERED = re.compile(r"([^\W\d_]{1,40})(\d{1,6}[A-Za-z]{0,2})")
"""A name with a number or a class behind it."""
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_BEFORE_NUMBER = frozenset("._")


def in_word(index: NameIndex, plain: str) -> tuple[int, ...]:
    """Return whose whole name is within a word ("gomayajones"), or is what it sounds like: "ffreialund5a"."""
    if plain in ordinary():
        return ()
    found = _NUMBERED.fullmatch(plain) if not plain.isalpha() else None
    for sound in sounds(found[1] if found else plain):
        if of := index.joined_sounds.get(sound):
            return of
    plain = plain[:LONGEST_TAG]
    for first in range(len(plain) - SHORTEST_INSIDE + 1):
        for last in range(len(plain), first + SHORTEST_INSIDE - 1, -1):
            if of := index.joined.get(plain[first:last]):
                return of
    return ()


def numbered(index: NameIndex, plain: str) -> tuple[int, ...]:
    """Return whose initial and surname, or first name and initial, has a number behind it: "flund5a"."""
    found = _NUMBERED.fullmatch(plain)
    if found is None or found[1] in ordinary():
        return ()
    enough = SHORTEST_NUMBERED - (found[2].lower() in index.classes)
    return index.handles.get(found[1], ()) if len(found[1]) >= enough else ()


def as_handle(text: Text, index: NameIndex) -> Text | None:
    """Return a text with the numbers behind names as words of their own, and the parts of a name that hyphens
    keep apart as one; None where that makes no name."""
    changed = dict(_without_hyphens(text, index)) if "-" in text.text else {}
    tags = text.has_handles
    for place, raw in enumerate(text.words.raw):
        if place in changed:
            continue
        apart = _number_apart(text, index, place) if not raw.isalpha() else []
        if apart or (tags and text.in_handle(place, place) and (apart := _glued(text, index, place))):
            changed[place] = (place, apart)
    if not changed:
        return None
    words, found, place = text.words, Words([], [], [], []), 0
    while place < text.count:
        own = [(words.plain[place], words.raw[place], words.starts[place], words.ends[place])]
        last, put = changed.get(place, (place, own))
        for one in put:
            add(found, *one)
        place = last + 1
    return Text(text.text, found)


def _without_hyphens(text: Text, index: NameIndex) -> Iterator[tuple[int, tuple[int, list[Word]]]]:
    """Yield where a name begins that hyphens keep apart, and where it ends, with the name."""
    words, until = text.words, -1
    for sign in _HYPHEN.finditer(text.text):
        place = bisect_left(words.ends, sign.start())
        if place <= until or place >= text.count or words.ends[place] != sign.start():
            continue
        for last in range(place + 1, min(place + MOST_PARTS, text.count)):
            if text.gap(last - 1) != "-":
                break
            plain = "".join(words.plain[place : last + 1])
            if _is_part(index, plain):
                raw = "".join(words.raw[place : last + 1])
                yield place, (last, [(plain, raw, words.starts[place], words.ends[last])])
                until = last
                break


def _number_apart(text: Text, index: NameIndex, place: int) -> list[Word]:
    """Return a name and the number behind it; nothing where there is none."""
    raw, start = text.words.raw[place], text.words.starts[place]
    found = _NUMBERED.fullmatch(raw)
    if found is None:
        return []
    name, middle = found[1].lower(), start + found.end(1)
    initial = len(name) == 1 and place > 0 and text.gap(place - 1) in _BEFORE_NUMBER
    if not _is_part(index, name) and not (initial and text.words.plain[place - 1] in index.by_first):
        return []
    number = found[2]
    return [(name, found[1], start, middle), (number.lower(), number, middle, text.words.ends[place])]


def _glued(text: Text, index: NameIndex, place: int) -> list[Word]:
    """Return the first name or the class that is glued to other words in a hashtag: "gogofreya", "5aclass";
    nothing where there is none."""
    plain, raw, start = text.words.plain[place], text.words.raw[place], text.words.starts[place]
    if len(plain) != len(raw) or len(plain) > LONGEST_TAG or not (cuts := _cuts(index, plain)):
        return []
    parts = pairwise([0, *cuts, len(plain)])
    return [(plain[one:end], raw[one:end], start + one, start + end) for one, end in parts]


def _cuts(index: NameIndex, plain: str) -> list[int]:
    """Return where a first name or a class begins or ends within a tag, if the rest cheers or is a class."""
    for cut in range(2, len(plain) - 1):
        one, other = plain[:cut], plain[cut:]
        for name, rest in ((one, other), (other, one)):
            if _is_tagged(index, name) and (_only_cheers(rest) or rest in index.classes):
                return [cut]
        if other in index.classes and (inner := _cuts(index, one)):
            return [*inner, cut]
    return []


def _only_cheers(words: str) -> bool:
    """Return whether words without a space between are cheers alone."""
    ends = {0}
    for at in range(len(words)):
        if at in ends:
            ends.update(at + len(each) for each in _CHEERS if words.startswith(each, at))
    return len(words) in ends and bool(words)


def _is_tagged(index: NameIndex, plain: str) -> bool:
    return plain in index.classes or (len(plain) >= SHORTEST_TAGGED and plain in index.firsts)


def _is_part(index: NameIndex, plain: str) -> bool:
    """Return whether a word is a name or a part of one, as the list has it or as Welsh changes it."""
    return (
        plain in index.by_first
        or plain in index.by_last
        or plain in index.joined
        or plain in index.mutated
        or plain in index.walled
    )
