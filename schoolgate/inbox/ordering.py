"""The order of a list, and the page after a key in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Func, TextField, Value
from django.db.models.lookups import GreaterThan, LessThan

Key = tuple[Any, ...]
"""Where a page ends: the values of its last row in the fields of its order."""


class Row(Func):
    """A row of values: PostgreSQL compares two of them as an index over the same columns sorts them."""

    function = "ROW"
    output_field = TextField()


@dataclass(frozen=True)
class Order:
    """The fields by which a list is sorted, all in one direction; the last is the id, so no two are equal.

    A minus sign before each of them: highest first.
    """

    fields: tuple[str, ...]

    def __post_init__(self) -> None:
        if len({field.startswith("-") for field in self.fields}) != 1:
            raise ValueError("an order has one direction, or no index serves it")

    @property
    def descending(self) -> bool:
        """Whether the highest comes first."""
        return self.fields[0].startswith("-")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the fields without their direction."""
        return tuple(field.removeprefix("-") for field in self.fields)

    @property
    def kinds(self) -> tuple[type, ...]:
        """Return what each value of a key is: an instant, or a number."""
        return tuple(datetime if name.endswith(("_at", "_by")) else int for name in self.names)

    def beyond(self, key: Key) -> GreaterThan | LessThan:
        """Return the condition of the rows that follow the row with this key."""
        compare = LessThan if self.descending else GreaterThan
        return compare(Row(*map(F, self.names)), Row(*map(Value, key)))
