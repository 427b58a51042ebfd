"""Rows of one table written in few statements, with their numbers known before, or of which there is one
each, also where several write it at the same time.

All rows of a batch travel as one JSON text that the server takes apart: Django's own `bulk_create`
spends most of its time on writing each value into the statement. Django's `get_or_create` lets the
second of two fail and looks again; the server's log has an error each time, among which a real one isn't
seen. Here the second one inserts nothing.

Several small questions about the federation in scope, asked in one query.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Count, IntegerField, Manager, Model, QuerySet, Subquery, Value
from django.db.models.constants import OnConflict
from django.db.models.functions import Coalesce
from django.db.models.sql import InsertQuery
from psycopg import sql

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import current_scope, in_scope


def reserve(model: type[Model], count: int) -> list[int]:
    """Reserve `count` ids from the model's own sequence, in rising order."""
    return reserve_for(count, model)[0]


def reserve_for(count: int, *models: type[Model]) -> list[list[int]]:
    """Do the same for each of these models, with one question."""
    if count == 0:
        return [[] for _model in models]
    each = ", ".join("nextval(pg_get_serial_sequence(%s, %s))" for _model in models)
    named = [name for model in models for name in (model._meta.db_table, model._meta.pk.column)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {each} FROM generate_series(1, %s)", [*named, count])  # noqa: S608 - no names in it
        return [sorted(numbers) for numbers in zip(*cursor.fetchall(), strict=True)]


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


class _Number(Subquery):
    """How many rows a query finds. Django makes this sooner than a query grouped and counted."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def count_of(rows: QuerySet[Any, Any], of: str = "pk") -> Coalesce:
    """Return the number of rows as an expression; `of` counts each of its values once."""
    if of == "pk":
        return Coalesce(_Number(rows.order_by().values("pk")), 0)
    counted = rows.order_by().values(one=Value(1)).annotate(number=Count(of, distinct=True))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)


def ask(**expressions: Any) -> dict[str, Any]:
    """Return what each of the expressions gives, by its name. One query; none where nothing is asked."""
    if not expressions:
        return {}
    names = {name: f"asked_{name}" for name in expressions}
    rows: QuerySet[Model, Any] = Federation.objects.filter(pk=current_scope().federation_id)
    found = rows.annotate(**{names[name]: each for name, each in expressions.items()}).values(*names.values())
    row = found.get()
    return {name: row[key] for name, key in names.items()}


def statement_of(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """Return a query as SQL and its values, for a statement that reads from it. Django raises for a query
    that it knows to be empty, such as one for none of the schools; here it finds no rows."""
    made: tuple[str, tuple[Any, ...]] = rows.query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False).as_sql()
    return made
