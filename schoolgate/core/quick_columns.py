"""Make quick what Django works out again for each column of each statement.

A page sends some forty statements, and each names dozens of columns. How a column is written, what it's like,
whether a join compares two of one type: to find that out took more than a quarter of the time in which a
statement was written. What comes out is the same, letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import connection
from django.db.backends.postgresql.compiler import SQLCompiler as OfPostgres
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models import Field
from django.db.models.expressions import BaseExpression, Col
from django.db.models.sql.compiler import SQLCompiler
from django.utils.functional import cached_property

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
