"""The reading age of an English text. Plain arithmetic."""

from __future__ import annotations

import re

LEAST_WORDS = 30
"""Below this the figure says nothing."""
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SENTENCE = re.compile(r"(?<![.!?:])[.!?:]++(?:\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")


def reading_age(text: str) -> int | None:
    """Return the age in years from which children are likely to read a text with ease; None below
    LEAST_WORDS words.

    The Flesch-Kincaid grade (Kincaid and others, 1975), plus five for the age of a school year in England.
    Its syllables are counted by groups of vowels: it is a rough measure, off by a year or so.
    """
    words = _WORD.findall(text)
    if len(words) < LEAST_WORDS:
        return None
    sentences = max(1, sum(1 for part in _SENTENCE.split(text) if _WORD.search(part)))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return max(5, round(grade + 5))


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: at least one."""
    lower = word.lower()
    found = len(_VOWELS.findall(lower))
    if lower.endswith("e") and not lower.endswith(("le", "ee")) and found > 1:
        found -= 1
    return max(1, found)
