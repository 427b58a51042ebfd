"""Sentences that are put together from frames (`bench/frames`), so that a model learns what is told and not
the sentence around it.

In a frame `{a|b}` is a choice, `[his/her]` one of the two all through the sentence, and `<name>` what the
slot of that name may be (`<language>_slots.txt`); `<name~s>` and `<name~a>` have the soft and the spirant
mutation. A structure is a frame in which `<it>` is a fact that tells of a child, or a deed that doesn't. The
same frames give the same sentences.
"""

import random
import re
from functools import cache
from pathlib import Path

FRAMES = Path(__file__).resolve().parents[1] / "bench" / "frames"
EACH = {"telling": 6, "everyday": 12, "notices": 8}
"""At most so many sentences of a frame."""
OF_A_FACT, OF_A_DEED = 3, 2
TRIES = 40
_CLOSING = {"{": "}", "[": "]", "<": ">"}
_SOFT = {
    "ll": "l", "rh": "r", "ch": "ch", "th": "th", "ph": "ph", "dd": "dd", "ff": "ff", "p": "b", "t": "d",
    "c": "g", "b": "f", "d": "dd", "g": "", "m": "f",
}  # fmt: skip
_SPIRANT = {"ch": "ch", "th": "th", "ph": "ph", "p": "ph", "t": "th", "c": "ch"}
_CLAUSES = {"en": ("",), "cy": ("sydd wedi ", "sy newydd ", "a lwyddodd i ")}
"""What makes a deed the clause that a structure takes."""
_BEGUN = re.compile(r"([.!?] \"?)([a-z])")
_AN = re.compile(r"\b([Aa]) (?=[aeioAEIO]\w)")
_SHORT = re.compile(r"\b([iao]|gyda|efo|â|dyma) (ein|y|yr) ", re.IGNORECASE)
_AFTER_VOWEL = re.compile(r"(?<=[aeiouwyŵŷâêîôû]) '(r|n) ")
_AFTER_OTHER = re.compile(r"(?<=[^aeiouwy\W]) ?'r (?=\w)")


def made(language: str, *, telling: bool) -> list[str]:
    """Return sentences that tell of a child what shouldn't be public, or that don't."""
    found: dict[str, None] = {}
    for kind in ("telling",) if telling else ("everyday", "notices"):
        for frame in _lines(language, kind):
            found |= dict.fromkeys(_sentences(frame, language, EACH[kind]))
    structures = _lines(language, "structures")
    for one in _lines(language, "facts" if telling else "deeds"):
        chance = random.Random(one)
        for frame in chance.sample(structures, OF_A_FACT if telling else OF_A_DEED):
            it = one if telling else chance.choice(_CLAUSES[language]) + one
            found |= dict.fromkeys(_sentences(frame.replace("<it>", it), language, 1))
    return list(found)


def _sentences(frame: str, language: str, most: int) -> list[str]:
    chance = random.Random(frame)
    found: dict[str, None] = {}
    for _ in range(TRIES):
        if len(found) < most:
            found[_spelt(_filled(frame, language, chance, chance.randrange(2)), language)] = None
    return list(found)


def _filled(frame: str, language: str, chance: random.Random, gender: int) -> str:
    """Return a frame with its choices made, those within them too."""
    filled, at = "", 0
    while at < len(frame):
        opening = frame[at]
        if opening not in _CLOSING:
            filled, at = filled + opening, at + 1
            continue
        end = _end(frame, at)
        inner, mutation = frame[at + 1 : end], ""
        if opening == "[":
            inner = _parts(inner, "/")[gender]
        else:
            if opening == "<":
                name, _, mutation = inner.partition("~")
                inner = _slots(language)[name]
            inner = chance.choice(_parts(inner, "|"))
        filled, at = filled + _mutated(_filled(inner, language, chance, gender), mutation), end + 1
    return filled


def _end(frame: str, start: int) -> int:
    """Return where what is opened there is closed."""
    depth = 0
    for at in range(start, len(frame)):
        depth += (frame[at] == frame[start]) - (frame[at] == _CLOSING[frame[start]])
        if not depth:
            return at
    raise ValueError(f"{frame!r}: not closed")


def _parts(inner: str, between: str) -> list[str]:
    """Split at a sign, but not within what is opened and closed."""
    parts, depth = [""], 0
    for sign in inner:
        depth += (sign in _CLOSING) - (sign in _CLOSING.values())
        if sign == between and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _mutated(words: str, mutation: str) -> str:
    changes = {"s": _SOFT, "a": _SPIRANT}.get(mutation, {})
    for old, new in changes.items():
        if words.startswith(old):
            return new + words[len(old) :]
    return words


def _spelt(text: str, language: str) -> str:
    """Return a sentence with its spaces, capitals and short words as they're written."""
    text = " ".join(text.split()).replace(" ,", ",")
    if language == "en":
        text = _AN.sub(r"\1n ", text)
    else:
        text = _SHORT.sub(lambda found: f"{found[1]}'{'n' if found[2].lower() == 'ein' else 'r'} ", text)
        text = _AFTER_OTHER.sub(" y ", _AFTER_VOWEL.sub(r"'\1 ", text))
    text = _BEGUN.sub(lambda found: found[1] + found[2].upper(), text)
    return text[0].upper() + text[1:]


@cache
def _slots(language: str) -> dict[str, str]:
    rows = (line.partition(" = ") for line in _lines(language, "slots"))
    slots = {name: words for name, _, words in rows}
    return slots | {"deed": "|".join(_lines(language, "deeds"))}


@cache
def _lines(language: str, kind: str) -> list[str]:
    text = (FRAMES / f"{language}_{kind}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line]
