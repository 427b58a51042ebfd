"""Searches texts for words: lower case, no accents, the start of a word is enough.

No index helps here: under row-level security PostgreSQL applies a text operator only to rows that passed the
policy. So the caller says how many rows, newest first, to search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db.models import Func, QuerySet, TextField, Value
from django.db.models.functions import Concat

LOOKED_AT = 2_000
"""Rows of one kind that a search reads, newest first."""
MOST_WORDS = 6
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")


class Folded(Func):
    """A text in lower case, without accents and apostrophes."""

    template = (
        r"regexp_replace(replace(replace(lower(normalize(%(expressions)s, NFKD)), '''', ''), '’', ''),"
        r" '[\u0300-\u036f]', '', 'g')"
    )
    output_field = TextField()


def words_of(typed: str) -> list[str]:
    """Return the words of what was typed, as they are looked for; further ones narrow nothing."""
    return every_word(typed[:300])[:MOST_WORDS]


def every_word(text: str) -> list[str]:
    """Return each different word of a text as it is looked for, in the order of the text."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = (word[:LONGEST_WORD] for word in _WORD.findall(plain.replace("'", "").replace("’", "")))
    return list(dict.fromkeys(found))


def with_words(rows: QuerySet[Any, Any], words: Sequence[str], *texts: Any) -> QuerySet[Any, Any]:
    """Return those of the rows in whose texts, taken together, each of the words begins a word."""
    together = texts[0] if len(texts) == 1 else _joined(texts)
    found: QuerySet[Any, Any] = rows.annotate(folded=Folded(together))
    for word in words:
        found = found.filter(folded__regex=rf"\m{word}")
    return found


def _joined(texts: Sequence[Any]) -> Concat:
    parts: list[Any] = []
    for text in texts:
        parts += [text, Value(" ")]
    return Concat(*parts, output_field=TextField())
