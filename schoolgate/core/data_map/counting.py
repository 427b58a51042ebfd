"""Counts the rows of each table; only numbers, never contents."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from schoolgate.core.data_map.checks import all_models, rights_of
from schoolgate.core.models import FederationOwned
from schoolgate.core.tenancy import scope


def rows_of(federation_id: int) -> dict[str, int | None]:
    """Rows of one federation, by the table's label.

    None: not counted, because the rows belong to the installation, or only their own readers see them.
    """
    found: dict[str, int | None] = {}
    with scope(federation_id):
        for model in all_models():
            counts = issubclass(model, FederationOwned) and model.only_read_by is None and rights_of(model)
            rows: QuerySet[Any] = QuerySet(model)  # every row, whatever a manager hides
            found[model._meta.label] = rows.count() if counts else None
    return found
