"""Statements that the server reads and plans once for a connection, however often they are asked.

Reading and planning takes the server four times as long as answering: every table is shut by row, and a page
asks the same few dozen questions each time.
"""

from __future__ import annotations

import re
from typing import Any, Final

import psycopg
from django.db.backends.postgresql.base import CursorMixin

ASKED_BEFORE: Final = 3
"""What was asked so often on a connection is prepared."""
KEPT = 200
"""Prepared statements of a connection: those of the pages that are used most."""
VALUES_AT_MOST: Final = 100
"""Of a prepared statement with a list: a longer one is hardly the same length twice, and the server takes
65,535."""
ASKED_AT_MOST: Final = 1_000
"""Values of a prepared question without a long list: those of Today have hundreds, always as many."""
_LONG_LIST: Final = ", ".join(["%s"] * 30)
_PLANNED = re.compile(r"[\s(]*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)


class Cursor(CursorMixin, psycopg.Cursor[Any]):
    """Has the server keep what it plans, and nothing else: a savepoint has another name each time."""

    def execute(self, query: Any, params: Any = None, *, prepare: bool | None = None, **how: Any) -> Any:
        """Run a statement. With very many values it is written out, as text."""
        if params is not None and len(params) > VALUES_AT_MOST and not _asks_for_as_many(query, len(params)):
            query, params = psycopg.ClientCursor(self.connection).mogrify(query, params), None
            prepare = False
        elif prepare is None and not (isinstance(query, str) and _PLANNED.match(query)):
            prepare = False
        return super().execute(query, params, prepare=prepare, **how)


def _asks_for_as_many(query: Any, values: int) -> bool:
    """Return whether so many values are conditions of a question, and no list."""
    asks = isinstance(query, str) and query.lstrip("(").startswith("SELECT ")
    return asks and values <= ASKED_AT_MOST and _LONG_LIST not in query


def keep_prepared(sender: object, connection: Any, **_signal: object) -> None:
    """Have a new connection keep so many (`connection_created`)."""
    connection.connection.prepared_max = KEPT
