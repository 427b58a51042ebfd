"""The headings of a list, which column is what, and the words that mean something of ours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, Text
from schoolgate.people.sheets import Sheet, same_word

Words = Mapping[str, Mapping[str, str]]


class KeptMeaning(Protocol):
    """The stored meaning of columns and words."""

    columns: Any
    defaults: Any
    words: Any


@dataclass(frozen=True)
class Meaning:
    """The meaning of a list's columns and words. `columns`: field -> heading; `defaults`: field -> value for
    the whole list; `words`: field -> {the list's word: ours}."""

    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=dict)

    @classmethod
    def of(cls, kept: KeptMeaning) -> Meaning:
        """Return it from its stored form."""
        return cls(kept.columns, kept.defaults, kept.words)

    def plain(self) -> Any:
        """Return it as JSON data."""
        return [
            dict(self.columns),
            dict(self.defaults),
            {key: dict(each) for key, each in self.words.items()},
        ]


def headings_of(sheet: Sheet, *, too_short: Text) -> tuple[str, ...]:
    """Return the headings of a list. Raises BadInput on `file` where there are none, or no line follows
    (`too_short`)."""
    if len(sheet.lines) < 2:
        raise BadInput({"file": too_short})
    headings = sheet.lines[0].cells
    if any("@" in heading for heading in headings):
        raise BadInput({"file": _("The first row contains an email address. It should contain headings.")})
    return headings


def shape_of(headings: Iterable[str]) -> str:
    """Return a digest of the headings, whatever their order, capitals and spaces."""
    named = sorted(same_word(heading) for heading in headings if heading)
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()


def known_headings(known: Mapping[Any, Sequence[str]]) -> frozenset[str]:
    """Return all headings that mean a field."""
    return frozenset(word for words in known.values() for word in words)


def offered(headings: Iterable[str], known: Mapping[Any, Sequence[str]]) -> dict[str, str]:
    """Return, for each field, the heading that looks like it. `known`: field -> headings that mean it."""
    by_word = {same_word(heading): heading for heading in headings if heading}
    return {
        str(each): found
        for each, words in known.items()
        if (found := next((by_word[word] for word in words if word in by_word), ""))
    }


def wrong_columns(
    columns: Mapping[str, str], headings: Sequence[str], fields: Collection[str]
) -> dict[str, Any]:
    """Return what is wrong, by field: a column that is not there, or one that is taken twice."""
    wrong: dict[str, Any] = {}
    there = {same_word(heading) for heading in headings if heading}
    taken: set[str] = set()
    for name, heading in columns.items():
        if name not in fields or same_word(heading) not in there:
            wrong[name] = _("The list doesn’t have this column. Choose another.")
        elif heading in taken:
            wrong[name] = _("This column is already used for something else. Choose another.")
        taken.add(heading)
    return wrong


def digest_of(shown: Any) -> str:
    """Return a digest of all that is shown of a plan: it changes when any of it does."""
    text = json.dumps(shown, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
