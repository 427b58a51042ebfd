"""A person's words as they are compared: folded, without small words, stemmed, with other words for the same.

Welsh words are looked up without their mutation, and a word with one letter wrong counts as the one that it's
nearest to.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.yaml_text import plain

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
