"""What belongs to a row, read when it is asked for: once, and for all rows that were read together.

`prefetch_related` reads everything that a page might show, each time; an action that hands on a row with ten
relations would send ten statements that no one needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from django.db.models import ManyToOneRel, Model, Prefetch, QuerySet, prefetch_related_objects

from schoolgate.core.tenancy import current_scope
from schoolgate.core.written_once import A_NUMBER, FixedQuery

M = TypeVar("M", bound=Model)
Parts = Mapping[str, "Callable[[], str | Prefetch[Any]]"]


def with_parts(rows: Iterable[M], parts: Parts) -> list[M]:
    """Return the rows; `row.name.all()` reads the part `name` of all of them when it is first asked for.

    `parts`: for each relation what gives its prefetch. Raises NoScope where a part is first asked for outside
    the scope.
    """
    found = list(rows)
    shared = _Together(found, parts)
    for row in found:
        vars(row)["_prefetched_objects_cache"] = _Parts(shared)  # where Django looks
    return found


def with_all_parts(rows: Iterable[M], parts: Parts) -> list[M]:
    """Return the rows with all their parts, as they are now."""
    found = with_parts(rows, parts)
    for name in parts if found else ():
        getattr(found[0], name).all()
    return found


@dataclass
class _Together:
    """Rows that were read together. `reading`: the parts that are being read at this moment."""

    rows: Sequence[Model]
    parts: Parts
    reading: set[str] = field(default_factory=set)


class _Parts(dict[str, Any]):
    """The relations of one row that have been read; Django looks a relation up here first."""

    def __init__(self, together: _Together) -> None:
        super().__init__()
        self._together = together

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy elsewhere has what was read, and reads nothing more by itself."""
        return dict, (dict(self),)

    def __missing__(self, name: str) -> Any:
        together = self._together
        part = together.parts[name]
        if name in together.reading:  # Django asks on its way, and expects to be told that it isn't there
            raise KeyError(name)
        current_scope()
        together.reading.add(name)
        try:
            if len(together.rows) == 1 and (alone := _of_one_row(type(together.rows[0]), name, part)):
                self[name] = alone.read(together.rows[0])
            else:
                prefetch_related_objects(together.rows, part())
        finally:
            together.reading.discard(name)
        return self[name]


@dataclass(frozen=True)
class _OfOneRow:
    """A part of a single row: its statement is written once, as most pages and actions are about one row."""

    name: str
    rows: QuerySet[Any, Any]
    back: str
    asked: FixedQuery[Any]
    along: tuple[Any, ...]
    """What is read along with the rows that are found, as Django does."""

    def read(self, row: Model) -> QuerySet[Any, Any]:
        found = self.asked.ask({A_NUMBER: row.pk})
        for each in found:
            setattr(each, self.back, row)
        if found and self.along:
            prefetch_related_objects(found, *self.along)
        answer: Any = self.rows.filter(**{self.back: row})
        answer._result_cache, answer._prefetch_done = found, True  # noqa: SLF001 - as Django's prefetch does
        given: QuerySet[Any, Any] = answer
        return given


@cache
def _of_one_row(model: type[Model], name: str, part: Callable[[], str | Prefetch[Any]]) -> _OfOneRow | None:
    """Return how a part is read for a single row; None where it's no relation of rows that name it."""
    given = part()
    path = given.prefetch_through if isinstance(given, Prefetch) else given
    rows = given.queryset if isinstance(given, Prefetch) else None
    first, _, then = path.partition("__")
    relation = model._meta.get_field(first) if first == name else None
    if not isinstance(relation, ManyToOneRel) or relation.one_to_one or (rows is not None and then):
        return None
    if rows is None:
        rows = relation.related_model._default_manager.all()
    back = relation.field.name
    asked = FixedQuery(rows.filter(**{back: A_NUMBER}))
    along = (then,) if then else rows._prefetch_related_lookups  # type: ignore[attr-defined]  # noqa: SLF001
    return _OfOneRow(name, rows, back, asked, along)
