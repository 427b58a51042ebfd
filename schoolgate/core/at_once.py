"""Several small questions about the federation in scope, asked in one query."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, IntegerField, Model, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from schoolgate.core.models.directory import Federation
from schoolgate.core.tenancy import current_scope


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
