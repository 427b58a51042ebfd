"""Questions that are asked over and over, with other values each time: their statement is written once.

Writing a statement takes Django several times as long as the server takes to answer it, and every page asks
the same few. Nothing else is remembered: each time the database is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
A_NUMBER: Final = -(2**40)
A_DAY: Final = date(1901, 1, 1)
AN_INSTANT: Final = datetime(1901, 1, 1, tzinfo=UTC)
A_TEXT: Final = "\x01"
"""Values of no meaning: each stands in a question for what is given when it is asked."""


class Written:
    """A statement with values of no meaning, filled in each time."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        # Django raises for a query that it knows to be empty, unless told not to
        self.compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False)
        self._statement, self._given = self.compiler.as_sql()

    def values(self, given: Mapping[object, Any]) -> list[tuple[Any, ...]]:
        """Return what the database answers, with these values instead of those of no meaning. One query."""
        with connection.cursor() as cursor:
            cursor.execute(self._statement, [given.get(one, one) for one in self._given])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


class FixedQuery(Generic[M]):
    """Which rows a query finds, with what it reads along (`select_related`, `annotate`)."""

    def __init__(self, rows: QuerySet[M, Any]) -> None:
        self._written = Written(rows)
        compiler = self._written.compiler
        kind: dict[str, Any] = compiler.klass_info
        fields = kind["select_fields"]
        self._model: type[M] = kind["model"]
        self._first, self._end = fields[0], fields[-1] + 1
        self._names = [each[0].target.attname for each in compiler.select[self._first : self._end]]
        # what the types of Django 6 want isn't there yet
        self._beside = get_related_populators(kind, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        self._more: dict[str, int] = compiler.annotation_col_map
        self._converters = compiler.get_converters([each[0] for each in compiler.select]).items()

    def ask(self, given: Mapping[object, Any]) -> list[M]:
        """Return the rows, with these values instead of those of no meaning. One query."""
        return [self._row(list(values)) for values in self._written.values(given)]

    def _row(self, values: list[Any]) -> M:
        for place, (converters, expression) in self._converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        found = self._model.from_db(DEFAULT_DB_ALIAS, self._names, values[self._first : self._end])
        for each in self._beside:
            each.populate(values, found)
        for name, place in self._more.items():
            setattr(found, name, values[place])
        return found
