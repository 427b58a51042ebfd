"""What belongs to a row, read when it is asked for: once, and for all rows that were read together.

`prefetch_related` reads everything that a page might show, each time; an action that hands on a row with ten
relations would send ten statements that no one needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, prefetch_related_objects

from schoolgate.core.tenancy import current_scope

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

    def __missing__(self, name: str) -> Any:
        together = self._together
        part = together.parts[name]
        if name in together.reading:  # Django asks on its way, and expects to be told that it isn't there
            raise KeyError(name)
        current_scope()
        together.reading.add(name)
        try:
            prefetch_related_objects(together.rows, part())
        finally:
            together.reading.discard(name)
        return self[name]
