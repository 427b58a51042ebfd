"""Finds the questions of the catalogue by words as schools say them."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.yaml_text import plain

# A person's words as they are compared: folded, without small words, stemmed, with other words for the
# same.
# Welsh words are looked up without their mutation, and a word with one letter wrong counts as the one that
# it's nearest to.


DIRECTIONS = {
    "towards me": lazy_pattern(r"\b(\w+ (me|i mi|ataf)|wants|fy nilyn)\b"),
    "from me": lazy_pattern(r"\b((can|may|could|should) i|i (want|would|d))\b"),
}
"""Words for who begins: "a pupil wants to follow me" is another question than "may I follow a pupil"."""
STEM = 3
SURE = 6
"""The number of letters from which a word with one letter wrong is still known."""
_WORD = lazy_pattern(r"[a-z0-9]+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss"})
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "s", "y", "e")
_PLAIN_ENDINGS = ("s", "ed", "ing")
"""What a word with a stem of three letters must end with to mean what another of that stem does: *lady* is no
*lad*, and *wine* no *win*."""
_MUTATED = {
    "ngh": "c", "mh": "p", "nh": "t", "ph": "p", "th": "t", "ch": "c", "dd": "d", "ng": "g", "b": "p",
    "d": "t", "g": "c", "f": "bm", "m": "b", "n": "d", "l": ("ll", "gl"), "r": ("rh", "gr"), "h": ("",),
}  # fmt: skip
"""How a Welsh word may begin -> how the same word begins in a dictionary. A *g* goes altogether."""
LISTED = plain(Path(__file__).with_name("alike.yaml").read_bytes(), "alike.yaml")
"""The lists of words."""
_YEAR_GROUP = lazy_pattern(
    r"\b((years?|yr|y|blwyddyn|flwyddyn|mlwyddyn) ?([1-9]|1[0-3])|(under|u|dan) ?(7|8|9|1[0-8]))s?\b"
)
_JOINED = lazy_pattern(r"['’](r|n|i|u|w|ch|th)\b")
"""Small Welsh words that are written at the end of the one before."""
_CLOCK = lazy_pattern(r"\b\d{1,2}([.:]\d\d)? ?[ap]m\b")
_MONEY = lazy_pattern(r"[£€]\s?\d[\d.,]*")
_AWAY = lazy_pattern(
    r"(?:\b(?:we are|dan ni|rydyn ni|rydym ni|ryn ni)|(?:^|[.!?] )were) (?:\w+ ){0,2}?"
    r"(?:at|in|on|yn|ym|ar|staying|camping)\b(?! (?:the |our |yr |ein )?(?:school|office|staff|hall|class"
    r"|lesson|facebook|instagram|twitter|x|tiktok|snapchat|whatsapp|contact|touch|process|middle|ysgol|cysylltiad)\b)"
    r"[^.!?]{0,60}?"
    r"\b(?:now|until|till|here|tonight|nawr|rwan|tan|yma|heno|am dridiau|am wythnos"
    r"|for \w+ (?:days|nights)|(?:with|efo|gyda)(?: the| my| our)? (?:year|y\d|class|kids|lads|girls|children"
    r"|pupils?|blwyddyn|flwyddyn|dosbarth|disgyblion|r plant))"
)
"""Those who tell where they are with pupils, and until when, are on a trip."""

_CALLS = lazy_pattern(
    r"\bby (?:tele)?phone\b|\b(?:to|please|must|should|will|then) (?:tele)?phone"
    r"(?= (?:the|your|our|us|home|reception|parents?)\b)",
    re.IGNORECASE,
)
"""How someone is rung up, which says nothing of phones."""
_BY_ORDER = lazy_pattern(
    r"\bin the first (?:instance|place)\b|\bfirst of all\b|\bat first\b|\bfirst(?= ?(?:[?.!,;]|$))",
    re.IGNORECASE,
)
"""What comes first, which is no first name."""
_CRISIS = lazy_pattern(r"\bcritical(?= incidents?\b)", re.IGNORECASE)
"""What has happened, which criticises no one."""


def _words(name: str) -> dict[str, str]:
    """Return each word of a part of the list with what is meant by it."""
    return {word.replace("-", " "): meant for meant, words in LISTED[name].items() for word in words.split()}


def _phrases(name: str) -> dict[str, str]:
    return {phrase: meant for meant, phrases in LISTED[name].items() for phrase in phrases}


ALIKE: Mapping[str, str] = _words("words")
"""a word -> its meaning"""
WELSH: Mapping[str, str] = _words("welsh")
PHRASES: Mapping[str, str] = {
    **_phrases("phrases"),
    **_phrases("welsh phrases"),
    **{word: meant for word, meant in {**ALIKE, **WELSH}.items() if " " in word},
}
SMALL_WORDS = frozenset(LISTED["small"].split())
_PHRASE = lazy_pattern(rf"\b({'|'.join(sorted(map(re.escape, PHRASES), key=len, reverse=True))})\b")


def stems(text: str, *, mended: "Slips | None" = None) -> list[str]:
    """Return the words of a text as they are compared: each once, in order, without stop words. `mended`:
    knows what is meant by a word with a letter wrong."""
    marks, words = _said(text)
    return list(dict.fromkeys([*marks, *_stemmed(words, mended)]))


@lru_cache(maxsize=4000)
def _said(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who begins, by DIRECTIONS, and the words of a text with what the lists call its phrases."""
    folded = fold(_JOINED.sub(r" \1", _MONEY.sub(" money ", text)))
    if _AWAY.search(folded):
        folded += " trip"
    folded = _CLOCK.sub("hour", _YEAR_GROUP.sub("pupil", folded))
    folded = _PHRASE.sub(lambda found: PHRASES[found[0]], folded)
    marks = (mark for mark, pattern in DIRECTIONS.items() if pattern.search(folded))
    return tuple(marks), tuple(_WORD.findall(folded))


def _stemmed(words: Iterable[str], mended: "Slips | None") -> Iterator[str]:
    for typed in words:
        word = mended.get(typed) if mended is not None and not _meant(typed) else typed
        if word not in SMALL_WORDS:
            yield from map(_stem, (_meant(word) or word).split())


def without_turns(text: str) -> str:
    """Return a text without turns of speech whose words mean something else alone."""
    return _CRISIS.sub(" ", _BY_ORDER.sub(" ", _CALLS.sub(" ", text)))


def meanings(text: str) -> list[str]:
    """Return what the words of a text mean, in English where the lists know it, without stop words."""
    folded = _PHRASE.sub(lambda found: PHRASES[found[0]], fold(_JOINED.sub(r" \1", text)))
    return [_meant(word) or word for word in _WORD.findall(folded) if word not in SMALL_WORDS]


@lru_cache(maxsize=20_000)
def _meant(word: str) -> str | None:
    """Return what is meant by a word; None where the lists don't have it."""
    one = word.removesuffix("s")
    direct = ALIKE.get(word) or WELSH.get(word) or (one.endswith("er") and ALIKE.get(one))
    stem = _stem(word)
    if len(stem) > STEM or word.endswith(_PLAIN_ENDINGS):
        direct = direct or _STEMS_ALIKE.get(stem)
    if direct:
        return direct
    return next((WELSH[each] for each in radicals(word) if each in WELSH), None)


def radicals(word: str) -> Iterator[str]:
    """Return how a Welsh word may stand in a dictionary, before its first letter changed."""
    for begins, before in _MUTATED.items():
        if word.startswith(begins):
            for each in before:
                yield each + word[len(begins) :]
    yield "g" + word


def fold(text: str) -> str:
    """Return a text in lower case, without accents and apostrophes."""
    bare = text.casefold().translate(_LETTERS)
    if not bare.isascii():
        letters = unicodedata.normalize("NFKD", bare)
        bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.replace("'", "").replace("’", "").replace("-", " ")


class Slips:
    """The words of some texts, for those typed with one letter wrong, too much, missing, or in the next one's
    place. A word that is known is never changed."""

    def __init__(self, texts: Iterable[str]) -> None:
        words = {word for text in texts for word in _WORD.findall(fold(text))}
        self._known = words | set(ALIKE) | set(WELSH) | SMALL_WORDS
        long = sorted(word for word in self._known if len(word) >= SURE)
        self._beside = {less: word for word in long for less in _less(word)}

    def get(self, word: str) -> str:
        """Return the known word that a typed one is nearest to; the typed one where none is near."""
        if len(word) < SURE or word in self._known:
            return word
        found = next((self._beside[less] for less in _less(word) if less in self._beside), word)
        return found if found[0] == word[0] else word


def _less(word: str) -> list[str]:
    return [word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            stem = word[: -len(ending)]
            return stem[:-1] if len(stem) > STEM and stem[-1] == stem[-2] else stem
    return word


_STEMS_ALIKE = {
    _stem(word): meant
    for word, meant in ALIKE.items()
    if " " not in word and not word.endswith(("er", "ers"))
}
"""Who reports or teaches (*reporter*, *teacher*) isn't meant by what is reported or taught."""


# Finds the question that fits a person's plain words: a few, or a whole story.
# A question is found by its title, by words, and by phrases as schools say them (`said`). What a story says
# besides takes nothing away. Of the phrases the one counts of which most is in the story, rare words more
# than frequent ones.


TITLE, WORDS, SAID = 3.0, 1.0, 4.0
SHORTEST_BEGINNING = 4
"""The number of letters from which the beginning of a word counts as the word."""
LONGEST = 1000
"""The number of typed letters that are searched."""
MOST, FEW, CLOSE, FAINT, SEVERAL = 8, 3, 0.45, 15.0, 3
"""The most that are shown, and so many where they fit at all: more only if they come to this part of what the
best does, and none where the best itself comes to less than this. From so many words on a question counts as
longer."""
LEADING = 0.6
"""The part of what the best comes to, from which another may be what is meant as well."""


@dataclass(frozen=True)
class Document:
    """What an entry is found by: its title in the reader's language, further words in any, and phrases."""

    key: str
    title: str
    words: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """Documents, ready to be searched. Reuse it: it is built once for each language."""

    documents: tuple[Document, ...]

    @cached_property
    def _phrases(self) -> Mapping[str, Sequence[frozenset[str]]]:
        return {
            each.key: tuple(frozenset(stems(one)) for one in (each.title, *each.said))
            for each in self.documents
        }

    @cached_property
    def _weights(self) -> Mapping[str, Mapping[str, float]]:
        found = {}
        for each in self.documents:
            said = [stem for phrase in self._phrases[each.key] for stem in phrase]
            weights = dict.fromkeys([*stems(each.words), *said], WORDS)
            found[each.key] = weights | dict.fromkeys(stems(each.title), TITLE)
        return found

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """Return how rare each stem is: the more, the fewer documents have it."""
        seen = Counter(stem for weights in self._weights.values() for stem in weights)
        return {stem: math.log(1 + len(self.documents) / count) for stem, count in seen.items()}

    @cached_property
    def _having(self) -> Mapping[str, Mapping[str, float]]:
        """Stem -> the documents that have it, with what it counts in each."""
        found: dict[str, dict[str, float]] = {}
        for key, weights in self._weights.items():
            for stem, weight in weights.items():
                found.setdefault(stem, {})[key] = weight * self.rarity[stem]
        return found

    @cached_property
    def _wholes(self) -> Sequence[tuple[str, float]]:
        """Each phrase in turn: whose it is, and what all its words count."""
        return [
            (key, sum(self.rarity[stem] for stem in phrase))
            for key, phrases in self._phrases.items()
            for phrase in phrases
        ]

    @cached_property
    def _saying(self) -> Mapping[str, Sequence[int]]:
        """Stem -> the places of the phrases that have it."""
        found: dict[str, list[int]] = {}
        phrases = (phrase for those in self._phrases.values() for phrase in those)
        for place, phrase in enumerate(phrases):
            for stem in phrase:
                found.setdefault(stem, []).append(place)
        return found

    @cached_property
    def _slips(self) -> Slips:
        return Slips(text for each in self.documents for text in (each.title, each.words, *each.said))

    def find(self, typed: str, *, limit: int = 8) -> list[str]:
        """Return the keys that match the typed words, best first; empty where none does."""
        return self._best(self._scores(self._wanted(typed)), None)[:limit]

    def closest(self, typed: str, *, among: Iterable[str] | None = None) -> list[str]:
        """Return the keys that fit about as well as the best: few where none fits well, and to a longer
        question none that has a single word of it where the best has more."""
        wanted = self._wanted(typed)
        scored = self._scores(wanted)
        found = self._best(scored, None if among is None else set(among))[:MOST]
        if not found:
            return []
        told = set(wanted).difference(DIRECTIONS)
        shared = Counter(key for stem in told for key in self._worth_of(stem))
        fits = shared[found[0]] > 1
        alone = 1 if fits and len(told) >= SEVERAL else 0
        several = [key for key in found if shared[key] > alone]
        if not fits or scored[found[0]] < FAINT:
            return several[:FEW]
        close = (key for key in several[FEW:] if scored[key] >= CLOSE * scored[found[0]])
        return [*several[:FEW], *close]

    def leading(self, typed: str) -> list[str]:
        """Return the keys of the first few that come near to the best, however few words they share."""
        scored = self._scores(self._wanted(typed))
        found = self._best(scored, None)[:FEW]
        return [key for key in found if scored[key] >= LEADING * scored[found[0]]]

    def _wanted(self, typed: str) -> Sequence[str]:
        """Return the stems of what is typed; none where they only say who begins."""
        wanted = stems(typed[:LONGEST], mended=self._slips)
        return wanted if set(wanted).difference(DIRECTIONS) else ()

    def _best(self, scored: Mapping[str, float], among: set[str] | None) -> list[str]:
        places = {key: place for place, key in enumerate(self._weights) if among is None or key in among}
        best = sorted((-scored[key], place, key) for key, place in places.items() if key in scored)
        return [key for _score, _place, key in best]

    def _scores(self, wanted: Sequence[str]) -> Mapping[str, float]:
        """Return what each document comes to that has any of these stems."""
        found: dict[str, float] = {}
        for stem in wanted:
            for key, worth in self._worth_of(stem).items():
                found[key] = found.get(key, 0.0) + worth
        # Of two that fit alike, the one that says less besides.
        bare = {key: score / (1 + 0.02 * len(self._weights[key])) for key, score in found.items()}
        for key, held in self._held(wanted).items():
            bare[key] = bare.get(key, 0.0) + SAID * held
        return bare

    def _worth_of(self, stem: str) -> Mapping[str, float]:
        """Return what a stem counts in the documents that have it, or a word that begins with it."""
        if stem in self._having:
            return self._having[stem]
        best: dict[str, float] = {}
        if len(stem) >= SHORTEST_BEGINNING:
            for longer in (each for each in self._having if each.startswith(stem)):
                for key, worth in self._having[longer].items():
                    best[key] = max(best.get(key, 0.0), 0.5 * worth)
        return best

    def _held(self, wanted: Sequence[str]) -> Mapping[str, float]:
        """Return for each document what the words of one of its phrases count that are in the story, less
        where others of it aren't: of its phrases the one counts of which most is there."""
        there: dict[int, float] = {}
        for stem in wanted:
            for place in self._saying.get(stem, ()):
                there[place] = there.get(place, 0.0) + self.rarity[stem]
        best: dict[str, float] = {}
        for place, part in there.items():
            key, whole = self._wholes[place]
            best[key] = max(best.get(key, 0.0), part * part / whole)
        return best


# Find the question that answers what a person tells: the one search of the pages and of the command line.


_shelves: dict[str, Shelf] = {}


def questions_found(
    typed: str, *, among: Iterable[str] | None = None, language: str = "en", say: Callable[[str], str] = str
) -> list[str]:
    """Return the keys of the questions that fit, best first: few where none fits well, empty where none does.
    Stories in English and in Welsh are found in either language.

    `among`: the questions that this person may ask. `say`: puts a sentence of the program into the language.
    """
    return _shelf(language, say).closest(typed, among=among)


def may_be_meant(typed: str, *, language: str = "en", say: Callable[[str], str] = str) -> list[str]:
    """Return the keys of the questions that may be what is meant, best first."""
    return _shelf(language, say).leading(typed)


def _shelf(language: str, say: Callable[[str], str]) -> Shelf:
    if language not in _shelves:
        _shelves[language] = Shelf(tuple(documents(say)))
    return _shelves[language]


def documents(say: Callable[[str], str]) -> Iterable[Document]:
    """Return every question as it's found: by its title in a language, and by words and phrases of both."""
    for one in ENTRIES.values():
        yield Document(one.key, say(one.title), f"{one.words} {one.cy}", one.said)
