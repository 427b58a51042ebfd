"""Ids and keys of pages as they come with a request: ours, or nothing that exists."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from schoolgate.core.errors import NotFound

DIGITS = 18


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def number_in(text: str) -> int:
    """The id that a form or a query string carries. Raises NotFound where it is none."""
    if not _is_number(text):
        raise NotFound
    return int(text)


def numbers_in(texts: Iterable[str]) -> list[int]:
    """Return the ids among several values of a form; what is no id is left out."""
    return [int(text) for text in texts if _is_number(text)]


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
        return number_in(text)
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise NotFound from None
    if read.tzinfo is None:
        raise NotFound
    return read


def key_as_text(*key: datetime | int) -> str:
    """Return a key, such as an instant and an id, as an address carries it."""
    return "_".join(each.isoformat() if isinstance(each, datetime) else str(each) for each in key)


def number_in_address(request: HttpRequest) -> int:
    """Return the number of the thing that an address names, before its view is called."""
    return int(request.resolver_match.kwargs["pk"]) if request.resolver_match else 0
