"""Migrations beside which the release before goes on working: a new column keeps its default in the database,
so that rows can be written by a program that doesn't know it.

Django drops the default once the rows that are there have their value. A machine that hasn't been upgraded
yet would then be refused each row of that table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql.schema import DatabaseSchemaEditor


class Expanding(DatabaseSchemaEditor):
    """Leaves defaults of new columns where they are."""

    _adds = False

    def add_field(self, model: Any, field: Any) -> None:
        """Add a column."""
        self._adds = True
        try:
            super().add_field(model, field)
        finally:
            self._adds = False

    def skip_default_on_alter(self, field: Any) -> bool:
        """Return whether the default stays."""
        return self._adds or bool(super().skip_default_on_alter(field))


@contextmanager
def expanding(connection: Any) -> Iterator[None]:
    """Have a connection migrate so while the block runs."""
    before, connection.SchemaEditorClass = connection.SchemaEditorClass, Expanding
    try:
        yield
    finally:
        connection.SchemaEditorClass = before
