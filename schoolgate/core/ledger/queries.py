"""Reading the record."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Model

from schoolgate.core.models.ledger import LedgerClause, LedgerRow
from schoolgate.core.subjects import subject_of


def rows_for_clause(
    clause_id: str, *, before: int | None = None, limit: int = 50, hidden: Collection[int] = ()
) -> list[LedgerRow]:
    """The federation's rows that rest on a clause, newest first.

    Args:
        before: only rows with a smaller number: give the last one of the page before.
        limit: how many at most.
        hidden: numbers of rows that are left out.
    """
    tokens = LedgerClause.objects.filter(clause=clause_id)
    if hidden:
        tokens = tokens.exclude(number__in=hidden)
    if before is not None:
        tokens = tokens.filter(number__lt=before)
    numbers = list(tokens.order_by("-number").values_list("number", flat=True)[:limit])
    return list(LedgerRow.objects.filter(number__in=numbers).order_by("-number"))


def rows_for_subject(subject: Model | str, *, before: int | None = None, limit: int = 50) -> list[LedgerRow]:
    """What the record says about one thing, newest first; `before` and `limit` as in `rows_for_clause`."""
    rows = LedgerRow.objects.filter(subject=subject_of(subject))
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(rows.order_by("-number")[:limit])
