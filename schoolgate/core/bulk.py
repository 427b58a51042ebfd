"""Many rows of one table in few statements, for what comes in by the thousand.

All rows travel as one JSON text that the server takes apart: Django's own `bulk_create` spends most of its
time on writing each value into the statement.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import psycopg
from django.db import connection, models
from django.db.models import Model
from psycopg import sql

from schoolgate.core.tenancy import current_scope, in_scope

AT_ONCE = 5_000
"""Rows a statement: some ten megabytes at the most."""

ADD = """
INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, {rows}::json)
"""


def insert(rows: Sequence[Model], *, ignore_conflicts: bool = False) -> None:
    """Insert rows of one model whose ids are already reserved (`ids.reserve`).

    The number of statements does not grow with a few thousand rows. `ignore_conflicts`: skips rows that
    conflict with the table's constraints, as `bulk_create` does. As there, neither `save` nor signals are
    called.
    """
    if not rows:
        return
    columns = _columns(type(rows[0]))
    statement = _statement(type(rows[0]), list(columns), ignore_conflicts=ignore_conflicts)
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            text = json.dumps(
                [{name: read(row) for name, read in columns.items()} for row in some], default=_said
            )
            cursor.execute(statement, [text], binary=False)
    if in_scope():
        current_scope().wrote()
    for row in rows:
        state = row._state  # noqa: SLF001 - documented by Django for those who write rows themselves
        state.adding, state.db = False, connection.alias


def _statement(model: type[Model], columns: list[str], *, ignore_conflicts: bool) -> sql.Composed:
    composed = sql.SQL(ADD).format(
        table=sql.Identifier(model._meta.db_table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        rows=sql.Placeholder(),
    )
    return composed + sql.SQL(" ON CONFLICT DO NOTHING" if ignore_conflicts else "")


def _columns(model: type[Model]) -> dict[str, Callable[[Model], Any]]:
    """Column -> how its value is read from a row; what the database works out itself is left out."""
    fields = [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]
    return {str(field.column): _reader(field) for field in fields}


def _reader(field: models.Field[Any, Any]) -> Callable[[Model], Any]:
    name = field.attname
    if isinstance(field, models.BinaryField):
        return lambda row: _bytes(getattr(row, name))
    return lambda row: getattr(row, name)


def _bytes(value: bytes | None) -> str | None:
    """As PostgreSQL writes bytes in text."""
    return None if value is None else "\\x" + bytes(value).hex()


def _said(value: object) -> str:
    """What JSON has no word for: instants and days, as ISO has them. Raises TypeError for anything else."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} can't be sent in a batch")
