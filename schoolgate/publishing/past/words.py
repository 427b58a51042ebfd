"""The words by which an old post is found: small letters, no accents, each once. Pure."""

from __future__ import annotations

import hashlib
import re

from schoolgate.rulebook.adviser.search import fold

LONGEST_TOKEN = 40
MOST_TOKENS = 400
"""Different words of one post that are kept: more than three thousand letters of prose."""
MOST_WORDS = 6
"""Words of one search; further ones narrow nothing that a person would notice."""
SHORTEST = 2
"""A single letter finds nothing anybody looks for; a figure may stand alone."""
_WORD = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """The words of a text, each once, in their order."""
    found = (word[:LONGEST_TOKEN] for word in _WORD.findall(fold(text)))
    return list(dict.fromkeys(word for word in found if len(word) >= SHORTEST or word.isdigit()))[
        :MOST_TOKENS
    ]


def searched(text: str) -> str:
    """The words as a post's row keeps them: with a space before and behind each."""
    found = tokens(text)
    return f" {' '.join(found)} " if found else ""


def asked(typed: str) -> list[str]:
    """The words of a search, those that find least first being unknown here: as they were typed."""
    return tokens(typed[:300])[:MOST_WORDS]


def version_of(text: str) -> str:
    """Tells two texts of one post apart."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
