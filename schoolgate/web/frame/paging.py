"""Lists page by key, never by offset: a page costs the same wherever it lies, and no row is shown twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet

from schoolgate.core.page_keys import key_as_text, key_in

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
