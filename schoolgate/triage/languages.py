"""In which language a comment is, and whether it's one that is read here.

A script that isn't Latin is told by its letters, other languages by their small words. What no list knows is
neither: it's said that it can't be told.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from schoolgate.screening.advice import language_of
from schoolgate.screening.common import ENGLISH, ordinary, welsh
from schoolgate.triage.lanes import Language
from schoolgate.triage.lists import other_languages, packaged
from schoolgate.triage.reading import Read

_SHORTEST = 2
"""Words of another language that tell it, where they are a third of all."""
_UNKNOWN = 4
"""Words of no language here, from which on a text is in another."""
_READ = 2_000
_CHILD = "child"
"""The line of the list with words of harm in any other language."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def language(ready: Read) -> Language:
    """Return the language of a comment. "cannot_tell" and "mixed" are for a reader of Welsh too."""
    text = ready.folded.text
    if not text.isascii():
        letters = [letter for letter in text[:_READ] if letter.isalpha()]
        if sum(not letter.isascii() for letter in letters) * 2 > len(letters):
            return "other"
    told = language_of(ready.folded.typed, text)
    if _other_words(ready):
        return "other"
    return "cannot_tell" if told == "unknown" else told


def is_unread(ready: Read) -> bool:
    """Return whether a comment is, in part or whole, in a language that isn't read here: words in
    another script, small words of another language, or four words and more, none English or Welsh."""
    return _other_script(ready) or _other_words(ready) or _no_known_word(ready)


def speaks_of_a_child(ready: Read) -> bool:
    """Return whether a comment in another language has words that a child may write of harm."""
    typed = ready.folded.typed[:_READ].lower()
    words = {*_WORD.findall(typed), *_WORD.findall(ready.folded.text[:_READ].lower())}
    child = other_languages()[_CHILD]
    return not words.isdisjoint(child) or any(word in typed for word in child if _is_foreign(word))


def _other_script(ready: Read) -> bool:
    """Return whether a comment has words in another script. Letters that look like Latin ones and spell
    English words are no other script."""
    typed = ready.folded.typed[:_READ]
    if typed.isascii():
        return False
    foreign = [word for word in _WORD.findall(typed) if _is_foreign(word)]
    if not foreign:
        return False
    words = [word.plain for word in ready.words]
    known = sum(word in ENGLISH or word in packaged().spelling.known for word in words if len(word) > 1)
    return len(foreign) > 1 or known * 2 < len(words)


def _is_foreign(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and not any(_is_latin(letter) for letter in letters) and len(letters) > 1


@lru_cache(maxsize=4_096)
def _is_latin(letter: str) -> bool:
    return letter.isascii() or "LATIN" in unicodedata.name(letter, "LATIN")


def _other_words(ready: Read) -> bool:
    text = ready.folded.text[:_READ].lower()
    words = [word for word in _WORD.findall(text) if word.isalpha()]
    typed = set(_WORD.findall(ready.folded.typed[:_READ].lower())) | set(words)
    if not words:
        return False
    most = max((len(typed & known) for known in _told_by().values()), default=0)
    if most < _SHORTEST or most * 3 < len(set(words)):
        return False
    ours = sum(word in ENGLISH or word in welsh() or word in packaged().spelling.texted for word in words)
    return ours < most


def _no_known_word(ready: Read) -> bool:
    """Return whether a comment has four words and more, and no English, Welsh or texted one among them."""
    words = _WORD.findall(ready.folded.text[:_READ].lower())
    if sum(len(word) > 1 and word.isalpha() for word in words) < _UNKNOWN:
        return False
    spelling = packaged().spelling
    found = [word.plain for word in ready.words]
    return not any(spelling.has(word) or word in ENGLISH or word in ordinary() for word in (*words, *found))


@lru_cache(maxsize=1)
def _told_by() -> dict[str, frozenset[str]]:
    """Return the small words of each language that aren't English, Welsh or texted too."""
    spelling = packaged().spelling
    ours = ENGLISH | set(welsh()) | ordinary() | set(spelling.texted)
    return {name: words - ours for name, words in other_languages().items() if name != _CHILD}
