"""Ids and keys of pages as they come with a request: ours, or nothing that exists."""

from collections.abc import Iterable
from datetime import datetime

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


def key_in(text: str) -> tuple[datetime, int]:
    """Return the instant and the id after which a page of a list begins, as `key_as_text` wrote them. Raises
    NotFound where they are none."""
    instant, _line, number = text.rpartition("_")
    try:
        read = datetime.fromisoformat(instant)
    except ValueError:
        raise NotFound from None
    if read.tzinfo is None or not (found := number_in(number)):
        raise NotFound
    return read, found


def key_as_text(instant: datetime, number: int) -> str:
    """Return an instant and an id as an address carries them."""
    return f"{instant.isoformat()}_{number}"


def number_in_address(request: HttpRequest) -> int:
    """Return the number of the thing that an address names, before its view is called."""
    return int(request.resolver_match.kwargs["pk"]) if request.resolver_match else 0
