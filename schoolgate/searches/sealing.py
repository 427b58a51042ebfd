"""Seal, open and wipe what was written about a check or a candidate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.errors import BadInput, Text

SEALED = "search"
"""What the vault calls what was written about checks and candidates."""
LONGEST = 4000


def seal(words: Mapping[str, Any], *, about: Model | str) -> int:
    """Seal these texts and return their reference."""
    return vault.put(SEALED, json.dumps(dict(words), ensure_ascii=False), about=about)


def opened(ref: int | None) -> dict[str, Any]:
    """Return the texts behind a reference; empty where there is none, or where no key opens it."""
    if ref is None:
        return {}
    try:
        found = json.loads(vault.reveal(ref))
    except vault.CannotOpen:
        return {}
    return found if isinstance(found, dict) else {}


def wipe(*refs: int | None) -> None:
    """Remove these texts from the vault for good."""
    for ref in refs:
        if ref is not None:
            vault.forget(ref)


def check_words(**given: tuple[str, Text]) -> dict[str, str]:
    """Return the texts without blanks around them. Each comes with what is said where it is empty; an empty
    sentence means that it may be left out. Raises BadInput."""
    wrong: dict[str, Text] = {}
    for name, (words, empty) in given.items():
        if empty and not words.strip():
            wrong[name] = empty
        elif len(words) > LONGEST:
            wrong[name] = _("This is too long. Say the most important part.")
        elif "\x00" in words:
            wrong[name] = _("This contains a character that can’t be saved. Type it again.")
    if wrong:
        raise BadInput(wrong)
    return {name: words.strip() for name, (words, _empty) in given.items()}
