"""Rows of which there is one each, also where several write it at the same time.

Django's `get_or_create` lets the second one fail and looks again; the server's log has an error each time,
among which a real one isn't seen. Here the second one inserts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Manager, Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

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
    row = rows.model(**values)
    return (row, True) if _was_inserted(row) else (rows.get(**same), False)


def _was_inserted(row: Model) -> bool:
    """Insert a row, unless there is one with which the database lets it not be; then it has no id.

    Django's `bulk_create` doesn't say which rows it left out.
    """
    fields = row._meta.concrete_fields
    told = [field for field in fields if field.primary_key or field.generated or field.has_db_default()]
    query = InsertQuery(type(row), on_conflict=OnConflict.IGNORE)
    query.insert_values([field for field in fields if not (field.primary_key or field.generated)], [row])
    (found,) = query.get_compiler(connection.alias).execute_sql(told)
    if found is None:
        return False
    for field, value in zip(told, found, strict=True):
        setattr(row, field.attname, value)
    state = row._state  # noqa: SLF001 - documented by Django for those who write rows themselves
    state.adding, state.db = False, connection.alias
    return True
