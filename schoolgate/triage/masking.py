"""Abusive words, masked for a reader who doesn't want to see them."""

from __future__ import annotations

from schoolgate.triage.lanes import Lane
from schoolgate.triage.lists import Lists, packaged
from schoolgate.triage.model import bad_words
from schoolgate.triage.phrases import Line
from schoolgate.triage.reading import read

MASK = "***"
MASKED = frozenset({"S1", "S2", "S3"})
"""Marks of the words that are masked: also those that are no abuse by themselves."""


def masked(text: str, *, lists: Lists | None = None) -> str:
    """Return a text in which each offensive word and each abusive phrase is its first letter and three stars.

    Nothing else of the text changes. Of a very long text the beginning and the end are looked at, as in
    `triage`: what lies between stays as it is.
    """
    lists = lists or packaged()
    ready = read(text, lists.spelling)
    spans = [
        (word.start, word.end) for word in ready.words if MASKED.intersection(bad_words().get(word.plain, ()))
    ]
    spans += [
        (ready.words[match.first].start, ready.words[match.last - 1].end)
        for match in lists.phrases[Lane.ABUSE].matches(Line(ready.words))
    ]
    found = sorted(ready.folded.span(start, end) for start, end in spans)
    parts, at = [], 0
    for start, end in found:
        if start >= at:
            parts += [text[at : start + 1], MASK]
        at = max(at, end)
    return "".join([*parts, text[at:]])
