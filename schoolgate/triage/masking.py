"""Offensive words, masked for a reader who doesn't want to see them."""

from __future__ import annotations

from schoolgate.triage.lists import packaged
from schoolgate.triage.model import bad_words
from schoolgate.triage.reading import read

MASK = "***"
MASKED = frozenset({"S1", "S2", "S3"})
"""Marks of the words that are masked: also those that are no abuse by themselves."""


def masked(text: str) -> str:
    """Return a text in which each offensive word is its first letter and three stars.

    Nothing else of the text changes. Of a very long text the beginning and the end are looked at, as in
    `triage`: what lies between stays as it is.
    """
    ready = read(text, packaged().spelling)
    parts, at = [], 0
    for word in ready.words:
        if MASKED.intersection(bad_words().get(word.plain, ())):
            start, end = ready.folded.span(word.start, word.end)
            if start >= at:
                parts += [text[at : start + 1], MASK]
                at = end
    return "".join([*parts, text[at:]])
