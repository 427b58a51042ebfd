"""Offensive words, masked for a reader who doesn't want to see them."""

from __future__ import annotations

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.triage.lists import packaged
from schoolgate.triage.model import bad_words
from schoolgate.triage.reading import Read, Word, read

MASK = "***"
MASKED = frozenset({"S1", "S2", "S3"})
"""Marks of the words that are masked: also those that are no abuse by themselves."""

IN_WELSH = frozenset({"fag", "fags", "hoes"})
"""Those that Welsh makes of a harmless word after another: *yn ei fag* is in his bag."""
_BEFORE_THEM = lazy_pattern(r"(?:\b(?:ei|dy|eu|i|o)|'i|'u|'w) $", re.IGNORECASE)


def masked(text: str) -> str:
    """Return a text in which each offensive word is its first letter and three stars.

    Nothing else of the text changes. Of a very long text the beginning and the end are looked at, as in
    `triage`: what lies between stays as it is.
    """
    ready = read(text, packaged().spelling)
    parts, at = [], 0
    for word in ready.words:
        if MASKED.intersection(bad_words().get(word.plain, ())) and not _is_welsh(ready, word):
            start, end = ready.folded.span(word.start, word.end)
            if start >= at:
                parts += [text[at : start + 1], MASK]
                at = end
    return "".join([*parts, text[at:]])


def _is_welsh(ready: Read, word: Word) -> bool:
    """Return whether a word is Welsh where it stands: by what changed its first letter."""
    before = ready.folded.text[max(0, word.start - 4) : word.start]
    return word.plain in IN_WELSH and bool(_BEFORE_THEM.search(before))
