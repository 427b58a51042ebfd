"""Cover words of a text: pure arithmetic on characters. What is covered leaves no trace of its length."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from django.utils import translation

from schoolgate.core.disclosure import Piece

BLOCK = "█████"
"""What stands for covered words, however many they are."""
Span = tuple[int, int]


def together(spans: Iterable[Span], *, length: int) -> list[Span]:
    """Return the spans in order, those that overlap or touch as one. Raises ValueError for one that is empty
    or goes beyond the text."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if not 0 <= begins < ends <= length:
            raise ValueError(f"no such characters: {begins} to {ends} of {length}")
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def covered(text: str, spans: Sequence[Span]) -> str:
    """Return the text without the characters of these spans, a block in place of each."""
    parts, done = [], 0
    for begins, ends in together(spans, length=len(text)):
        parts += [text[done:begins], BLOCK]
        done = ends
    return "".join([*parts, text[done:]])


def spans_of(texts: Mapping[str, str], words: Iterable[str]) -> tuple[dict[str, list[Span]], list[str]]:
    """Return where these words are in the texts, by part, whole words only and in either case; and those of
    them that are in none."""
    found: dict[str, list[Span]] = {}
    missing = []
    for one in words:
        parts = [re.escape(part) for part in one.split()]
        if not parts:
            continue
        sought = re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)
        hits = {part: [hit.span() for hit in sought.finditer(text)] for part, text in texts.items()}
        if not any(hits.values()):
            missing.append(one)
        for part, spans in hits.items():
            if spans:
                found[part] = together([*found.get(part, []), *spans], length=len(texts[part]))
    return found, missing


def spans_in(piece: Piece, words: Iterable[str]) -> tuple[dict[str, list[Span]], list[str]]:
    """Return the same for a piece as it is read in the active language. What was chosen from a list is
    covered whole."""
    found, missing = spans_of({text.part: text.shown for text in piece.texts}, words)
    whole = {text.part: [(0, len(text.text))] for text in piece.texts if text.said is not None}
    return {part: whole.get(part, spans) for part, spans in found.items()}, missing


def digest_of(piece: Piece) -> str:
    """Return the digest of all that the answer has of a piece, by which a later change is noticed: its title
    and time, its texts and files, and what each is called."""
    with translation.override("en"):
        texts = [[text.part, str(text.label), text.text] for text in piece.texts]
        held = [[file.digest, str(file.label)] for file in piece.files]
        whole = [str(piece.title), piece.at.isoformat() if piece.at else "", sorted(texts), held]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=True).encode()).hexdigest()
