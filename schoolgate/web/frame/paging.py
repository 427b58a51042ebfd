"""Lists page by key, never by offset: a page costs the same wherever it lies, and no row is shown twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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


def page_by_key(rows: QuerySet[M], asked: Mapping[str, str], *, by: str = "at", size: int = SIZE) -> Page[M]:
    """The page of `rows` that the query string asks for, newest first by the instant `by`, then by id.

    Args:
        rows: scoped rows; any order is replaced.
        asked: the request's GET: `older` or `newer` than a key as this function wrote it; neither: the
            newest.
        by: name of a field with an instant that never changes.
        size: rows on a page.

    Raises:
        NotFound: the key is not one of ours.
    """
    if "newer" in asked:
        key = key_in(asked["newer"])
        found = list(rows.filter(_beyond(by, key, "gt")).order_by(by, "pk")[: size + 1])
        before_it = len(found) > size
        shown = found[:size][::-1]
        return Page(
            shown,
            _link("newer", shown[0], by) if before_it else "",
            _link("older", shown[-1], by) if shown else "",
        )
    if "older" in asked:
        rows = rows.filter(_beyond(by, key_in(asked["older"]), "lt"))
    found = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
    shown = found[:size]
    newer = _link("newer", shown[0], by) if "older" in asked and shown else ""
    return Page(shown, newer, _link("older", shown[-1], by) if len(found) > size else "")


def _beyond(by: str, key: tuple[datetime, int], than: str) -> Q:
    instant, pk = key
    return Q(**{f"{by}__{than}": instant}) | Q(**{by: instant, f"pk__{than}": pk})


def _link(which: str, row: Any, by: str) -> str:
    return urlencode({which: key_as_text(getattr(row, by), row.pk)})
