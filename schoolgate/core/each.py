"""Many rows in one go, each by itself: one that fails delays none of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import TypeVar

import structlog
from django.db.models import Model

from schoolgate.core.actions import together
from schoolgate.core.tenancy.scoping import in_scope

T = TypeVar("T")
log = structlog.get_logger(__name__)


def each_by_itself(rows: Iterable[T], do: Callable[[T], object], *, at: datetime, failed: str) -> list[T]:
    """Call `do` for each row, all of it or nothing; return those for which it raised, for a later try.

    In a scope each has a savepoint, so a sweep must come back to what failed; outside one `do` opens a scope
    of its own. What it raises is logged in the words `failed`, with the row's number.
    """
    left = []
    for row in rows:
        try:
            with together(at=at) if in_scope() else nullcontext():
                do(row)
        except Exception:
            log.exception(failed, row=getattr(row, "pk", row))
            left.append(row)
    return left


def all_or_each(
    rows: Sequence[T], do: Callable[[Sequence[T]], object], *, at: datetime, failed: str
) -> list[T]:
    """Call `do` in a scope once with all rows, in few statements; where that raises, with each row by itself,
    as `each_by_itself` does."""
    if not rows:
        return []
    try:
        with together(at=at, rows=[row for row in rows if isinstance(row, Model)]):
            do(rows)
    except Exception:
        log.exception(failed, rows=len(rows))
        return each_by_itself(rows, lambda row: do([row]), at=at, failed=failed)
    return []
