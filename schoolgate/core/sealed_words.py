"""What people write about people: checked, sealed in the vault as one text, opened and removed again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.errors import BadInput, Text

LONGEST = 4000
CANNOT_OPEN: dict[str, Any] = {"cannot_open": True}
"""What `opened` returns where no key opens the text: the home's keys were lost."""


def check_words(*, longest: int = LONGEST, **given: tuple[str, Text]) -> dict[str, str]:
    """Return what a person wrote in each field, without blanks around it.

    Args:
        longest: how many characters each may have.
        given: for each field its text, and what to say if it is empty; "" where it may be.

    Raises BadInput beside the fields.
    """
    wrong: dict[str, Text] = {}
    for name, (words, empty) in given.items():
        if empty and not words.strip():
            wrong[name] = empty
        elif len(words) > longest:
            wrong[name] = _("This is too long. Shorten it.")
        elif "\x00" in words:
            wrong[name] = _("This contains a character that can’t be saved. Type it again.")
    if wrong:
        raise BadInput(wrong)
    return {name: words.strip() for name, (words, _empty) in given.items()}


def seal(purpose: str, words: Mapping[str, Any], *, about: Model | str) -> int:
    """Seal these texts as one and return its reference; see `vault.put`."""
    return vault.put(purpose, json.dumps(dict(words), ensure_ascii=False), about=about)


def opened(ref: int | None) -> dict[str, Any]:
    """Return the texts behind a reference: empty where there is none, CANNOT_OPEN where no key opens it."""
    return opened_each([ref])[ref]


def opened_each(refs: Iterable[int | None]) -> dict[int | None, dict[str, Any]]:
    """Return the texts behind each of these references, as `opened` does. One query for all."""
    wanted = {ref for ref in refs if ref is not None}
    texts = {ref: json.loads(secret) for ref, secret in vault.reveal_each(wanted).items()} if wanted else {}
    found: dict[int | None, dict[str, Any]] = {None: {}}
    for ref in wanted:
        text = texts.get(ref)
        found[ref] = text if isinstance(text, dict) else CANNOT_OPEN
    return found


def wipe(*refs: int | None) -> None:
    """Remove these texts from the vault for good."""
    for ref in refs:
        if ref is not None:
            vault.forget(ref)
