"""Ids and small numbers as they come with a request: ours, or nothing that exists."""

from collections.abc import Iterable

from django.http import HttpRequest

from schoolgate.core.errors import NotFound
from schoolgate.core.page_keys import is_number


def number_in(text: str) -> int:
    """The id that a form or a query string carries. Raises NotFound where it is none."""
    if not is_number(text):
        raise NotFound
    return int(text)


def numbers_in(texts: Iterable[str]) -> list[int]:
    """Return the ids among several values of a form; what is no id is left out."""
    return [int(text) for text in texts if is_number(text)]


def small_in(text: str, *, most: int = 999_999) -> int | None:
    """Return the small number that a request carries, such as an edition or a place in a list; None where it
    is none, or larger than `most`."""
    found = int(text) if is_number(text) else None
    return found if found is not None and found <= most else None


def number_in_address(request: HttpRequest) -> int:
    """Return the number of the thing that an address names, before its view is called."""
    return int(request.resolver_match.kwargs["pk"]) if request.resolver_match else 0
