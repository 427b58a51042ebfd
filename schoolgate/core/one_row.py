"""Rows of which there is one each, also where several write it at the same time.

Django's `get_or_create` lets the second one fail and looks again; the server's log has an error each time,
among which a real one isn't seen. Here the second one inserts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Manager, Model, QuerySet

from schoolgate.core.ids import reserve

M = TypeVar("M", bound=Model)


def found_or_made(
    rows: QuerySet[M] | Manager[M], *, defaults: Mapping[str, Any] | None = None, **same: Any
) -> tuple[M, bool]:
    """Return the one row with these values, made with the `defaults` too if there is none, and whether it is
    new."""
    found = rows.filter(**same).first()
    return (found, False) if found is not None else made_once(rows, defaults=defaults, **same)


def made_once(
    rows: QuerySet[M] | Manager[M], *, defaults: Mapping[str, Any] | None = None, **same: Any
) -> tuple[M, bool]:
    """Do the same where no row was found a moment ago."""
    values = {name: value for name, value in same.items() if "__" not in name} | dict(defaults or {})
    (number,) = reserve(rows.model, 1)
    rows.bulk_create([rows.model(pk=number, **values)], ignore_conflicts=True)
    row = rows.get(**same)
    if row.pk == number:  # what was given needs no question
        for name, value in values.items():
            if isinstance(value, Model):
                setattr(row, name, value)
    return row, row.pk == number
