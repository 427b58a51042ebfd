"""Lists page by key, never by offset: a page costs the same wherever it lies, and no row is shown twice.

Ids and small numbers as they come with a request: ours, or nothing that exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from schoolgate.core.errors import NotFound
from schoolgate.core.rows import is_number, key_as_text, key_in


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


M = TypeVar("M", bound=Model)
SIZE = 25


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of rows, newest first, and the query strings of its neighbours ("" where there is none)."""

    rows: Sequence[M]
    newer: str = ""
    older: str = ""


def page_by_key(
    rows: QuerySet[M],
    asked: Mapping[str, str],
    *,
    by: str = "at",
    size: int = SIZE,
    oldest_first: bool = False,
) -> Page[M]:
    """The page of `rows` that the query string asks for, newest or oldest first by the instant `by`, then by
    id.

    Args:
        rows: scoped rows; any order is replaced.
        asked: the request's GET: `older` or `newer` than a key as this function wrote it; neither: the
            first page.
        by: name of a field with an instant that never changes.
        size: rows on a page.

    Raises:
        NotFound: the key is not one of ours.
    """
    on, back = ("newer", "older") if oldest_first else ("older", "newer")
    if back in asked:
        found = _further(rows, by, back, asked, size)
        shown = found[:size][::-1]
        links = {back: shown[:1] if len(found) > size else [], on: shown[-1:]}
    else:
        found = _further(rows, by, on, asked, size)
        shown = found[:size]
        links = {back: shown[:1] if on in asked else [], on: shown[-1:] if len(found) > size else []}
    return Page(shown, **{which: _link(which, row, by) for which, each in links.items() for row in each})


def _further(rows: QuerySet[M], by: str, which: str, asked: Mapping[str, str], size: int) -> list[M]:
    """Return the next rows in this direction, one more than a page has: it says that there are more."""
    if which in asked:
        rows = rows.filter(_beyond(by, key_in(asked[which]), "gt" if which == "newer" else "lt"))
    return list(rows.order_by(*((by, "pk") if which == "newer" else (f"-{by}", "-pk")))[: size + 1])


def _beyond(by: str, key: tuple[Any, ...], than: str) -> Q:
    instant, pk = key
    return Q(**{f"{by}__{than}": instant}) | Q(**{by: instant, f"pk__{than}": pk})


def _link(which: str, row: Any, by: str) -> str:
    return urlencode({which: key_as_text(getattr(row, by), row.pk)})
