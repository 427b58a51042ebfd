"""The names of a school's pupils, made ready to be found in a text in the ways that people write them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schoolgate.screening.folding import fold, words_of
from schoolgate.screening.groups import groups_of, heads_of
from schoolgate.screening.near_names import NearNames
from schoolgate.screening.nicknames import SHORT
from schoolgate.screening.typing_errors import by_ear, sounds, without_a_letter
from schoolgate.screening.written_otherwise import OF, SOUNDS_ALIKE, mutated

Name = tuple[str, ...]

PARTICLES = frozenset([
    *OF, "van", "von", "der", "den", "de", "la", "le", "da", "dos", "du", "del", "di", "al",
    "el", "bin", "ibn", "st", "mc", "mac", "o",
])  # fmt: skip
"""Parts of surnames that are no name by themselves, and may be written small."""
LONGEST = 6
"""Words of a name that are looked at; one that has more is found by its first ones."""
SHORTEST_NEARLY = 4
"""Letters of a first name that may have a typing error beside one in the surname."""


SHORTEST_APART = 5
"""Letters of an initial and a surname that are looked for with their letters apart."""
FEW_OF_A_NAME = 3
"""Pupils with a surname, up to which it says who is meant by itself."""
LONG_SURNAME = 7
"""Letters of a surname that friends make shorter."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A pupil's names as the school's records have them. `key`: what the caller knows the pupil by; `form`,
    `year`: their class and year group; `walled`: they must not be published at all, so that their first name
    alone is asked about."""

    key: int
    first: str
    last: str
    known_as: str = ""
    form: str = ""
    year: str = ""
    walled: bool = False


class NameIndex:
    """Names by their words. Built once for a school and only read afterwards.

    `whole`: words of a name -> (how it is written, pupils). `joined`: the same in one word; `joined_sounds`:
    how that sounds. `turned`: with the surname first. `handles`: initial and surname in one word. `by_first`,
    `by_last`: one part of a name -> the other parts with their pupils. `initials`: (initial, surname) ->
    pupils. `shortened`: (first name, initial) -> pupils. `firsts`: first name -> pupils. `heads`: the first
    words of all names. `alone`: a surname -> pupils, only of pupils who are known to be in what the text goes
    with, because a surname says who is meant only there. `mutated`: a name as Welsh changes it -> as it is
    listed. `classes`: a class -> first names, surnames and initials of its pupils, each with theirs;
    `class_heads`: how their names begin.
    `nearly`: a first name without one of its letters -> first names; `first_sounds`: how one sounds -> the
    same. `walled`: first names of pupils who must not be published -> all who have them; `walled_sounds`: how
    such a name sounds -> the same; `walled_lasts`: their surnames -> first names, each with its pupils;
    `walled_apart`: these names in one word, alone, with the surname or as an initial with it -> pupils;
    `walled_begins`: what such words begin with; `walled_changed`: such a name as Welsh changes it -> the
    names; `walled_whole`: (first name, surname) -> its pupils; `walled_people`: all of them;
    `walled_near_firsts`, `walled_near_lasts`: which of those names a word may be, mistyped or by its sound.
    """

    __slots__ = (
        "alone",
        "by_first",
        "by_last",
        "class_heads",
        "classes",
        "first_sounds",
        "firsts",
        "handles",
        "heads",
        "initials",
        "joined",
        "joined_sounds",
        "mutated",
        "nearly",
        "number",
        "shortened",
        "turned",
        "walled",
        "walled_apart",
        "walled_begins",
        "walled_changed",
        "walled_lasts",
        "walled_near_firsts",
        "walled_near_lasts",
        "walled_people",
        "walled_sounds",
        "walled_whole",
        "whole",
    )

    def __init__(self, pupils: Iterable[Listed], *, known_to_be_there: bool = False) -> None:
        whole: dict[str, tuple[str, set[int]]] = {}
        joined: dict[str, set[int]] = defaultdict(set)
        turned: dict[str, set[int]] = defaultdict(set)
        handles: dict[str, set[int]] = defaultdict(set)
        initials: dict[tuple[str, str], set[int]] = defaultdict(set)
        shortened: dict[tuple[str, str], set[int]] = defaultdict(set)
        firsts: dict[str, set[int]] = defaultdict(set)
        alone: dict[str, set[int]] = defaultdict(set)
        by_first: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        by_last: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        changed: dict[str, set[str]] = defaultdict(set)
        classes: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        walled: list[Listed] = []
        self.number = 0
        self.class_heads: set[str] = set()
        for pupil in pupils:
            self.number += 1
            key, lasts = pupil.key, _lasts(pupil.last)
            walled += [pupil] if pupil.walled else []
            self.class_heads |= heads_of(pupil.form, pupil.year)
            for group in groups_of(pupil.form, pupil.year):
                for part in _parts(pupil, lasts):
                    classes[group][part].add(key)
            for last in lasts if known_to_be_there else ():
                alone[" ".join(last)].add(key)
            for last in lasts:
                for other in mutated(last[-1]):
                    changed[other].add(last[-1])
            for first, of_first in _firsts(pupil).items():
                firsts[" ".join(first)].add(key)
                for other in mutated(first[0]):
                    changed[other].add(first[0])
                for last, of_last in lasts.items():
                    how = of_last if of_first == "full" else of_first
                    words, apart = (*first, *last)[:LONGEST], "".join(first) + "".join(last)
                    _keep(whole, " ".join(words), how, key)
                    joined[apart].add(key)
                    joined["".join(last) + "".join(first)].add(key)
                    turned[" ".join((*last, *first)[:LONGEST])].add(key)
                    initials[first[0][0], " ".join(last)].add(key)
                    handles[first[0][0] + "".join(last)].add(key)
                    handles["".join(first) + last[0][0]].add(key)
                    shortened[" ".join(first), last[0][0]].add(key)
                    if len(first) == 1:
                        by_first[first[0]]["".join(last)].add(key)
                        by_last["".join(last)][first[0]].add(key)
        self.whole = {words: (how, tuple(sorted(of))) for words, (how, of) in whole.items()}
        self.joined, self.turned, self.handles = _ready(joined), _ready(turned), _ready(handles)
        self.firsts, self.alone = _ready(firsts), _ready(alone)
        self._keep_walled(walled)
        self.mutated = {word: tuple(sorted(of)) for word, of in changed.items()}
        self.classes = {group: _ready(parts) for group, parts in classes.items()}
        self.nearly, self.first_sounds, self.joined_sounds = (
            _without_a_letter(by_first), _by_sound(by_first), _joined_sounds(whole)
        )  # fmt: skip
        self.initials = {words: tuple(sorted(of)) for words, of in initials.items()}
        self.shortened = {words: tuple(sorted(of)) for words, of in shortened.items()}
        self.by_first = {word: _ready(others) for word, others in by_first.items()}
        self.by_last = {word: _ready(others) for word, others in by_last.items()}
        self.heads = frozenset(words.split(" ", 1)[0] for words in (*self.whole, *self.turned))

    def _keep_walled(self, pupils: Iterable[Listed]) -> None:
        self.walled, self.walled_sounds, self.walled_whole = _walled(pupils, self.firsts)
        self.walled_lasts = _by_surname(self.walled_whole)
        self.walled_apart, self.walled_begins = _apart(self)
        self.walled_changed = _changed(self.walled)
        self.walled_people = frozenset(pk for of in self.walled_whole.values() for pk in of)
        self.walled_near_firsts = NearNames(first for first, _last in self.walled_whole)
        self.walled_near_lasts = NearNames(self.walled_lasts)


def all_of(several: Iterable[Iterable[int]]) -> tuple[int, ...]:
    """Return the pupils of several names, each once."""
    return tuple(sorted({pk for pks in several for pk in pks}))


def _ready(found: dict[str, set[int]]) -> dict[str, tuple[int, ...]]:
    return {words: tuple(sorted(of)) for words, of in found.items()}


def _joined_sounds(whole: Mapping[str, tuple[str, set[int]]]) -> dict[str, tuple[int, ...]]:
    """Return how full names sound in one word."""
    found: dict[str, set[int]] = defaultdict(set)
    for words, (how, of) in whole.items():
        for sound in sounds(words.replace(" ", "")) if how == "full" else ():
            found[sound].update(of)
    return _ready(found)


def _walled(
    pupils: Iterable[Listed], firsts: Mapping[str, tuple[int, ...]]
) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]], dict[tuple[str, str], tuple[int, ...]]]:
    """Return the first names of these pupils with all who have them, by the name and by its sound; and who
    has a first name with a surname."""
    own: dict[str, tuple[int, ...]] = {}
    sound, whole = defaultdict[str, set[int]](set), defaultdict[tuple[str, str], set[int]](set)
    for pupil in pupils:
        for first in _firsts(pupil):
            for last in _lasts(pupil.last):
                whole["".join(first), "".join(last)].add(pupil.key)
            if len(first) == 1:
                own[first[0]] = firsts[first[0]]
    for name, of in own.items():
        for each in sounds(name) | sounds(by_ear(name)):
            sound[each].update(of)
    return own, _ready(sound), {names: tuple(sorted(of)) for names, of in whole.items()}


def _apart(index: NameIndex) -> tuple[dict[str, tuple[int, ...]], frozenset[str]]:
    found: dict[str, set[int]] = defaultdict(set)
    for (first, last), of in index.walled_whole.items():
        for word in (first + last, first[0] + last, last + first):
            if len(word) >= SHORTEST_APART:
                found[word].update(of)
    apart = _ready(found) | index.walled
    return apart, frozenset(name[:at] for name in apart for at in range(1, len(name)))


def _changed(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        for form in mutated(name):
            found[form] = (*found.get(form, ()), name)
    return found


def _by_surname(whole: Mapping[tuple[str, str], tuple[int, ...]]) -> dict[str, dict[str, tuple[int, ...]]]:
    found: dict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
    for (first, last), of in whole.items():
        found[last][first] = of
    return dict(found)


def _by_sound(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for each in sounds(name):
            found[each].add(name)
    return {sound: tuple(sorted(of)) for sound, of in found.items()}


def _without_a_letter(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return each word that comes of leaving out a letter, with its names, and the names themselves: what is
    one typing error apart shares one."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if len(name) >= SHORTEST_NEARLY:
            for word in without_a_letter(name):
                found[word].add(name)
    return {word: tuple(sorted(of)) for word, of in found.items()}


def _keep(whole: dict[str, tuple[str, set[int]]], words: str, how: str, key: int) -> None:
    """Keep a pattern; of two ways to come to the same words the plainer one is its name."""
    was = whole.get(words)
    if was is None:
        whole[words] = (how, {key})
    else:
        was[1].add(key)
        if how == "full":
            whole[words] = (how, was[1])


def _firsts(pupil: Listed) -> dict[Name, str]:
    """Return a pupil's first names, each with how it was come by."""
    found: dict[Name, str] = {}
    for given in (pupil.first, pupil.known_as):
        words = tuple(words_of(fold(given).text).plain)
        if words:
            found.setdefault(words, "full")
            found.setdefault(words[:1], "full")
            found.setdefault(("".join(words),), "full")
    for words in list(found):
        if len(words) == 1:
            for short in SHORT.get(words[0], ()):
                found.setdefault((short,), "nickname")
            for other in SOUNDS_ALIKE.get(words[0], ()):
                found.setdefault((other,), "sounds_alike")
    return found


def _parts(pupil: Listed, lasts: Iterable[Name]) -> set[str]:
    """Return what names a pupil once their class is said: a first name, a surname or what friends make of it
    ("Jonesy"), both initials or one."""
    firsts = [first for first in _firsts(pupil) if len(first) == 1]
    both = {f"{first[0][0]}.{last[0][0]}" for first in firsts for last in lasts}
    called = {
        begin + end
        for last in ("".join(each) for each in lasts)
        for begin in (last, *((last[:3], last[:4]) if len(last) >= LONG_SURNAME else ()))
        for end in ("y", "o", "ie")
    }
    one = {f"{first[0][0]}." for first in firsts}
    return {*called, *(" ".join(first) for first in firsts), *(" ".join(last) for last in lasts), *both, *one}


def _lasts(last: str) -> dict[Name, str]:
    """Return the ways to write a surname: whole, in one word, apart after Mc or O', each half of two."""
    folded = fold(last).text
    words = tuple(words_of(folded).plain)
    if not words:
        return {}
    found: dict[Name, str] = {words: "full", ("".join(words),): "full"}
    apart = tuple(words_of(folded.replace("'", " ")).plain)
    found.setdefault(apart, "full")
    if len(words) == 1:
        for prefix in ("mac", "mc"):
            rest = words[0].removeprefix(prefix)
            if rest != words[0] and len(rest) > 3:
                found.setdefault((prefix, rest), "full")
                break
    if words[0] in OF and len(words) > 1:
        for each in OF:
            found.setdefault((each, *words[1:]), "full")
    real = [word for word in words if word not in PARTICLES]
    if len(words) > 1 and len(real) > 1:
        for half in (real[0], real[-1]):
            found.setdefault((half,), "half")
    elif len(words) > 1 and real and len(real[-1]) > 3:
        found.setdefault((real[-1],), "half")
    return found
