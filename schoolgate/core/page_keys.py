"""The key after which a page of a list begins, as an address carries it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from schoolgate.core.days import instant_in_key
from schoolgate.core.errors import NotFound

DIGITS = 18


def is_number(text: str) -> bool:
    """Return whether a text is the number of a row."""
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def key_in(text: str, kinds: Sequence[type] = (datetime, int)) -> tuple[Any, ...]:
    """Return the key after which a page of a list begins, as `key_as_text` wrote it: by default an instant
    and an id. Raises NotFound where it is none."""
    parts = text.split("_")
    if len(parts) != len(kinds):
        raise NotFound
    found = tuple(_value_in(part, kind) for part, kind in zip(parts, kinds, strict=True))
    if not found[-1]:  # the last is an id, and none is 0
        raise NotFound
    return found


def _value_in(text: str, kind: type) -> datetime | int:
    if kind is not datetime:
        if not is_number(text):
            raise NotFound
        return int(text)
    try:
        return instant_in_key(text)
    except ValueError:
        raise NotFound from None


def key_as_text(*key: datetime | int) -> str:
    """Return a key, such as an instant and an id, as an address carries it."""
    return "_".join(each.isoformat() if isinstance(each, datetime) else str(each) for each in key)
