"""The words by which an earlier post is found: lower case, no accents, each once. Pure."""

from __future__ import annotations

import hashlib
import re

from schoolgate.rulebook.adviser.speech import fold

LONGEST_TOKEN = 40
MOST_TOKENS = 400
"""Most different words stored per post: more than three thousand letters of prose."""
MOST_WORDS = 6
"""Words of one search; further ones narrow nothing that a person would notice."""
SHORTEST = 2
"""Single letters are useless in a search; single figures are allowed."""
_WORD = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """Return the words of a text, each once, in their order."""
    found = (word[:LONGEST_TOKEN] for word in _WORD.findall(fold(text)))
    return list(dict.fromkeys(word for word in found if len(word) >= SHORTEST or word.isdigit()))[
        :MOST_TOKENS
    ]


def searched(text: str) -> str:
    """Return the words as stored in a post's row: with a space before and after each."""
    found = tokens(text)
    return f" {' '.join(found)} " if found else ""


def asked(typed: str) -> list[str]:
    """Return the words of a search, as they were typed."""
    return tokens(typed[:300])[:MOST_WORDS]


def version_of(text: str) -> str:
    """Return a digest that tells two texts of one post apart."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
