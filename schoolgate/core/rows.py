"""Rows of one table written in few statements, with their numbers known before, or of which there is one
each, also where several write it at the same time.

All rows of a batch travel as one JSON text that the server takes apart: Django's own `bulk_create`
spends most of its time on writing each value into the statement. Django's `get_or_create` lets the
second of two fail and looks again; the server's log has an error each time, among which a real one isn't
seen. Here the second one inserts nothing.

Several small questions about the federation in scope, asked in one query.

Searches texts for words: lower case, no accents, the start of a word is enough.

No index helps here: under row-level security PostgreSQL applies a text operator only to rows that passed the
policy. So the caller says how many rows, newest first, to search.

Make quick what Django works out again for each column of each statement.

A page sends some forty statements, and each names dozens of columns. How a column is written, what it's like,
whether a join compares two of one type: to find that out took more than a quarter of the time in which a
statement was written. What comes out is the same, letter by letter.

The key after which a page of a list begins, as an address carries it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.postgresql.compiler import SQLCompiler as OfPostgres
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models import (
    Count,
    Field,
    Func,
    IntegerField,
    Manager,
    Model,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.constants import OnConflict
from django.db.models.expressions import BaseExpression, Col
from django.db.models.functions import Coalesce, Concat
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLCompiler
from django.utils.functional import cached_property
from psycopg import sql

from schoolgate.core.days import instant_in_key
from schoolgate.core.errors import NotFound
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


LOOKED_AT = 2_000
"""Rows of one kind that a search reads, newest first."""
MOST_WORDS = 6
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")


class Folded(Func):
    """A text in lower case, without accents and apostrophes."""

    template = (
        r"regexp_replace(replace(replace(lower(normalize(%(expressions)s, NFKD)), '''', ''), '’', ''),"
        r" '[\u0300-\u036f]', '', 'g')"
    )
    output_field = TextField()


def words_of(typed: str) -> list[str]:
    """Return the words of what was typed, as they are looked for; further ones narrow nothing."""
    return every_word(typed[:300])[:MOST_WORDS]


def every_word(text: str) -> list[str]:
    """Return each different word of a text as it is looked for, in the order of the text."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = (word[:LONGEST_WORD] for word in _WORD.findall(plain.replace("'", "").replace("’", "")))
    return list(dict.fromkeys(found))


def with_words(rows: QuerySet[Any, Any], words: Sequence[str], *texts: Any) -> QuerySet[Any, Any]:
    """Return those of the rows in whose texts, taken together, each of the words begins a word."""
    together = texts[0] if len(texts) == 1 else _one_text(texts)
    found: QuerySet[Any, Any] = rows.annotate(folded=Folded(together))
    for word in words:
        found = found.filter(folded__regex=rf"\m{word}")
    return found


def _one_text(texts: Sequence[Any]) -> Concat:
    parts: list[Any] = []
    for text in texts:
        parts += [text, Value(" ")]
    return Concat(*parts, output_field=TextField())


_write: Any = SQLCompiler.compile
_their_name: Any = OfPostgres.quote_name_unless_alias
_pairs: Any = SQLCompiler._order_by_pairs  # noqa: SLF001 - it's ours below
_resolve, _converters = Col.resolve_expression, Col.get_db_converters
_join = DatabaseOperations.prepare_join_on_clause


def _field(field: Any) -> tuple[Any, ...]:
    """Return what tells a field apart; fields of no model are alike where their types are, as in Django."""
    model = getattr(field, "model", None)
    if isinstance(field, Field) and field.name and model is not None:
        return (model._meta.label, field.name)
    return (type(field),)


def _identity(column: Col) -> tuple[Any, ...]:
    """Return what tells a column apart. Django asks the arguments of its constructor, for each hash."""
    return (Col, column.alias, _field(column.target), _field(column.output_field))


def _resolved(column: Any, query: Any = None, *how: Any, **named: Any) -> Any:
    """Return the column itself: it has no parts, and nothing changes it."""
    summarize = named.get("summarize", how[2] if len(how) > 2 else False)
    return _resolve(column, query, *how, **named) if summarize or column.is_summary else column


def _converters_of(column: Any, to: Any) -> list[Any]:
    """Return what converts a column's values. Most come out as their field has them: no two are compared."""
    if column.target is column.output_field:
        return list(column.output_field.get_db_converters(to))
    return _converters(column, to)


def _copied(part: Any) -> Any:
    """Return what `copy.copy` returns, in a third of the steps."""
    twin = part.__class__.__new__(part.__class__)
    twin.__dict__.update(part.__getstate__())
    return twin


@cache
def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _name(compiler: Any, name: str) -> str:
    """Return the name of a table or column as a statement has it: an alias has no quotes."""
    known: str | None = compiler.quote_cache.get(name)
    if known is None:
        if "$" in name:
            return str(_their_name(compiler, name))  # they refuse it
        query = compiler.query
        bare = (name in query.alias_map or query.external_aliases.get(name)) and name not in query.table_map
        known = name if bare or (query.extra and name in query.extra_select) else _quoted(name)
        compiler.quote_cache[name] = known
    return known


def _written(compiler: Any, node: Any) -> Any:
    """Return a part of a statement as it's written."""
    if node.__class__ is Col and node.alias:
        name = compiler.quote_name_unless_alias
        return f"{name(node.alias)}.{name(node.target.column)}", []
    return _write(compiler, node)


def _ordered(compiler: Any) -> Iterator[Any]:
    """Return the parts of an order. Django makes a reference to each column that is read, by its place: a
    field's name never means one, where none was given a name of its own."""
    query, read = compiler.query, compiler.select
    meta = query.get_meta()
    fields = (*query.order_by, *(meta.ordering if meta else ()))
    if query.combinator or not all(isinstance(one, str) for one in fields) or any(one[2] for one in read):
        yield from _pairs(compiler)
        return
    compiler.select = []
    try:
        found = [*_pairs(compiler)]
    finally:
        compiler.select = read
    yield from found


@cache
def _of_one_type(one: Field[Any, Any], other: Field[Any, Any]) -> bool:
    return one.db_type(connection) == other.db_type(connection)


def _joined(operations: Any, table: str, field: Any, to_table: str, to_field: Any) -> Any:
    """Return the two columns that a join compares, with a cast where their types differ."""
    if _of_one_type(field, to_field):
        return Col(table, field), Col(to_table, to_field)
    return _join(operations, table, field, to_table, to_field)


def _ours() -> Iterator[tuple[type, str, Any]]:
    identity: Any = cached_property(_identity)
    identity.__set_name__(Col, "identity")
    yield Col, "identity", identity
    yield Col, "resolve_expression", _resolved
    yield Col, "get_db_converters", _converters_of
    yield BaseExpression, "copy", _copied
    yield OfPostgres, "quote_name_unless_alias", _name
    yield SQLCompiler, "compile", _written
    yield SQLCompiler, "_order_by_pairs", _ordered
    yield DatabaseOperations, "prepare_join_on_clause", _joined


QUICK = tuple(_ours())
"""What is ours: where, its name there, and what it does."""
DJANGOS = tuple((owner, name, getattr(owner, name)) for owner, name, _ours in QUICK)
"""What Django has there."""


def make_columns_quick() -> None:
    """Have Django use what is ours. Called once, at the start."""
    for owner, name, ours in QUICK:
        setattr(owner, name, ours)


DIGITS = 18


def is_number(text: str) -> bool:
    """Return whether a text is the number of a row."""
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def key_in(text: str, kinds: Sequence[type] = (datetime, int)) -> tuple[Any, ...]:
    """Return the key after which a page of a list begins, as `key_as_text` wrote it: by default an instant
    and an id. Raises NotFound where it is none."""
    parts = text.split("_")
    if len(parts) != len(kinds):
        raise NotFound
    found = tuple(_value_in(part, kind) for part, kind in zip(parts, kinds, strict=True))
    if not found[-1]:  # the last is an id, and none is 0
        raise NotFound
    return found


def _value_in(text: str, kind: type) -> datetime | int:
    if kind is not datetime:
        if not is_number(text):
            raise NotFound
        return int(text)
    try:
        return instant_in_key(text)
    except ValueError:
        raise NotFound from None


def key_as_text(*key: datetime | int) -> str:
    """Return a key, such as an instant and an id, as an address carries it."""
    return "_".join(each.isoformat() if isinstance(each, datetime) else str(each) for each in key)
