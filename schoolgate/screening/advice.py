"""What a text is like as a whole: its language, whether it shouts, how hard it is to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.common import ENGLISH, welsh
from schoolgate.screening.folding import words_of

Language = Literal["en", "cy", "mixed", "unknown"]

_READ = 20_000
_FEWEST = 30
_HARD, _LONG = 12.0, 25
_WELSH_LETTERS = lazy_pattern(r"[ŵŷŴŶ]")
_WELSH_SHAPE = lazy_pattern(
    r"^(?:ll|rh|ngh|mh|nh|dd|ff|gw[ryn]|ch)|dd|(?:wyd|wch|odd|iad|iaeth|ydd|au|wyr|ion|iol|aeth|ol|ais|wn)$"
)
_ENGLISH_SHAPE = lazy_pattern(r"[kvxzq]|ck|sh|ough|tion|ight|(?:ing|ed|ly|ess|ment|ous|ee|ers?)$|wh|ea|oo")
_SYLLABLES = lazy_pattern(r"[aeiouy]+")
_END = lazy_pattern(r"(?<![.!?])[.!?]++(?:\s|$)|\n+")


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice, never a rule. `shouts`: in capitals, or with many exclamation marks. `hard`: long sentences or
    long words; None: too short to tell, or not in English."""

    language: Language
    shouts: bool
    hard: bool | None


def advise(text: str, plain: str) -> Advice:
    """Return what the text is like. `plain`: the same, folded."""
    language = language_of(text, plain)
    return Advice(language, _shouts(plain), _is_hard(plain) if language == "en" else None)


def language_of(text: str, plain: str) -> Language:
    """Return whether a text is Welsh, English or both; "unknown" where the words do not tell. Names
    count little: a Welsh name in an English sentence doesn't make it Welsh."""
    words, known = words_of(plain[:_READ]), welsh()
    cy = en = 0.0
    for place, word in enumerate(words.plain):
        if not word.isalpha():
            continue
        weight = 0.15 if place and words.raw[place][0].isupper() and not words.raw[place].isupper() else 1.0
        in_cy, in_en = word in known, word in ENGLISH
        if in_cy != in_en:
            cy, en = cy + weight * in_cy, en + weight * in_en
        elif in_cy:
            cy, en = cy + 0.15 * weight, en + 0.15 * weight
        elif len(word) > 2:
            cy += 0.5 * weight * bool(_WELSH_SHAPE.search(word))
            en += 0.5 * weight * bool(_ENGLISH_SHAPE.search(word))
    if _WELSH_LETTERS.search(text[:_READ]):
        cy += 0.5
    return _named(cy, en)


def _named(cy: float, en: float) -> Language:
    total = cy + en
    if total < 0.6:  # one unknown word
        return "unknown"
    share = cy / total
    if 0.3 < share < 0.7 and total >= 3:
        return "mixed"
    if 0.4 < share < 0.6:
        return "unknown"
    return "cy" if share > 0.5 else "en"


def _shouts(plain: str) -> bool:
    letters = [each for each in plain[:_READ] if each.isalpha()]
    capitals = sum(each.isupper() for each in letters)
    if len(letters) >= 20 and capitals > 0.7 * len(letters):
        return True
    return "!!!" in plain or plain.count("!") > max(3, len(letters) / 60)


def _is_hard(plain: str) -> bool | None:
    """Return whether the Flesch-Kincaid grade is above 12, or its sentences are long. Over so few words the
    formula means nothing."""
    text = plain[:_READ]
    words = [word for word in words_of(text).plain if word.isalpha()]
    if len(words) < _FEWEST:
        return None
    sentences = max(1, sum(1 for part in _END.split(text) if part.strip()))
    syllables = sum(max(1, len(_SYLLABLES.findall(word.removesuffix("e")))) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return grade > _HARD or len(words) / sentences > _LONG
