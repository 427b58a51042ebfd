"""Pupils who must not be published, by what is made of their name by a rule: it's turned round ("alrO"), or
its first syllable gets an ending ("Tabs", "Tibby", "Y Beboiaid"). Each is asked about. A nickname that isn't
made from the name can't be known here: who has one has it on the list, as what they're known as."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.common import ordinary
from schoolgate.screening.hits import Strength
from schoolgate.screening.names import NameIndex, all_of
from schoolgate.screening.nicknames import SHORT
from schoolgate.screening.text_words import Found, Text
from schoolgate.screening.walled_families import of_many
from schoolgate.screening.walled_names import SHORTEST_CUT, SHORTEST_SMALL, SURNAMES, WORDS, does_something
from schoolgate.screening.written_otherwise import SOUNDS_ALIKE

_SYLLABLE = lazy_pattern(r"[^aeiouwy]{0,3}[aeiouwy]{1,3}[^aeiouwy]")
_ENDS = (
    "sters", "ita", "ito", "ster", "ers", "sie", "zza", "zie", "ies", "bo", "sy", "zy", "za", "ie", "ey", "o",
    "s", "y", "z",
)  # fmt: skip
_ENDS_OF_FAMILIES = ("bo", "o", "y", "ie")
_USUAL = frozenset([*SHORT, *SOUNDS_ALIKE, *(each for some in SHORT.values() for each in some), *"""
barry benny bobby carlo carly carey carys casey cody connie corey cory danny darcy dario diego elsie emily
gary gary giles hans harry harvey henry jerry jimmy jody johnny josie julie kelly kenny kerry lacey larry
lars lenny lewis lilly lola lucy macey macy maisy maisie mali marcie marco marcy mari marie mario marley
mary maisie nancy nelly perry polly rhys riley romy ronnie rory sally sonny stacey stacy stanley susie terry
tiny tony toby tracey tracy
""".split()])  # fmt: skip  # noqa: SIM905
"""First names that people have by themselves, though they may be made of another."""
_THINGS = frozenset("""
barber barbers bars bits bones cabs caps cards cars carers cats cods cubs cups dabs dams days dens dogs dots
fans figs fins fogs garbo gags gems guys hens hits hobs hogs hubs jabs jars jobs jogs kits labs lads laps
logs maps mars mats maters mens mites mobs nabs nags naps nets nibs nits nods nuts oars pads pals pans pats
pegs pens pets pies pins pits pods pots pubs pugs puns rags rams rats ribs rods rows rugs runs sobs sons
sums tabs tags tans tans taps tins tips tons tops tubs vans vats vets wags webs wigs wins tabby tabbies robo
hobo jumbo limbo turbo tempo temps mummy daddy teddy puppy kitty bunny berry party pony story penny pennies
jelly jolly silly
""".split())  # fmt: skip  # noqa: SIM905
"""Things, which count only where the word does something, as a person does: "Tabs won the cup"."""


def walled_made(text: Text, index: NameIndex, taken: Collection[int]) -> Iterator[Found]:
    """Yield these words with all who have the names. `taken`: words of whole names that were found."""
    for place in text.limits if index.walled else ():
        if place in taken or len(word := text.words.plain[place]) < SHORTEST_SMALL:
            continue
        if word in ordinary() or word in WORDS or word in index.firsts or word in index.by_last:
            continue
        if of := _turned_round(index, word):
            yield Found(place, place, Strength.ASK, "mistyped", of)
        elif _may_be_called_so(text, place) and (of := _of_a_syllable(index, word)):
            yield Found(place, place, Strength.ASK, "first", of)


def _turned_round(index: NameIndex, word: str) -> tuple[int, ...]:
    """Return who has a first name, a surname or both in one word that is this word read backwards. One that
    is a name or a word that way too, as Nadia is beside Aidan, isn't it."""
    back = word[::-1]
    if word in _USUAL or word in SURNAMES or back in WORDS or back in ordinary():
        return ()
    return index.walled_apart.get(back) or all_of(index.walled_lasts.get(back, {}).values())


def _may_be_called_so(text: Text, place: int) -> bool:
    """Return whether a word stands as what someone is called: with a capital where not all have one, before
    no surname, and, where a sentence begins or it's a thing, before what someone does."""
    word, raw = text.words.plain[place], text.words.raw[place]
    if word in _USUAL or text.has_title(place) or text.goes_on(place):
        return False
    if word.endswith("iaid"):
        return True
    if not raw.istitle() or text.in_titles:
        return False
    return does_something(text, place) or not (text.begins(place) or word in _THINGS)


def _of_a_syllable(index: NameIndex, word: str) -> tuple[int, ...]:
    """Return who has a first name or surname whose first syllable begins this word, with an ending after it,
    or both with one of all who are called so."""
    families = word.endswith("iaid")
    for form in (word, *of_many(word)):
        for ending in _ENDS_OF_FAMILIES if families else _ENDS:
            stem = form.removesuffix(ending)
            once = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
            if stem == form or len(once) < SHORTEST_CUT:
                continue
            if of := next((index.walled[each] for each in index.walled if _begins(each, once)), ()):
                return of
            lasts = (each for each in index.walled_lasts if _begins(each, once))
            if last := next(lasts, ""):
                return all_of(index.walled_lasts[last].values())
    return ()


def _begins(name: str, stem: str) -> bool:
    """Return whether a name that is no word begins with these letters as its first syllable."""
    if not name.startswith(stem) or len(name) < SHORTEST_SMALL or name in WORDS:
        return False
    syllable = _SYLLABLE.match(name)
    return syllable is not None and syllable.group() == stem
