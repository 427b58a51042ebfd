"""Whose data a search seeks, as it is sealed in its row."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from schoolgate.core.days import stored_day
from schoolgate.core.disclosure import Sought
from schoolgate.core.sealed_words import CANNOT_OPEN, opened
from schoolgate.rights.models import Gathering
from schoolgate.rights.states import Kind

_DAYS = ("since", "until")


def sought_of(gathering: Gathering) -> Sought:
    """Return whose data a gathering seeks; nothing where no key opens it."""
    words = opened(gathering.sought_ref)
    if words == CANNOT_OPEN:
        return Sought()
    days = {key: stored_day(words[key]) if words.get(key) else None for key in _DAYS}
    return Sought(
        lines=tuple(words["lines"]), person=words["person"], pupil=words["pupil"], user=words["user"],
        business=gathering.request.kind == Kind.INFORMATION, **days,
    )  # fmt: skip


def as_json(sought: Sought) -> dict[str, Any]:
    """Return it as it is sealed."""
    found = asdict(sought)
    return found | {key: found[key].isoformat() if found[key] else None for key in _DAYS}
