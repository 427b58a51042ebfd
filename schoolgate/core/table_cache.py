"""The cache: Django's table of it, written in one statement where Django takes six."""

from __future__ import annotations

import base64
import pickle
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

PUT = """
INSERT INTO {table} AS kept (cache_key, value, expires) VALUES (%s, %s, %s)
ON CONFLICT (cache_key) DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires
"""
ONLY_WHAT_IS_OVER = " WHERE kept.expires < %s"
TURNS = """
INSERT INTO {table} AS kept (cache_key, value, expires) VALUES {rows}
ON CONFLICT (cache_key) DO UPDATE
SET value = CASE WHEN goes_on THEN kept.value ELSE EXCLUDED.value END,
    expires = CASE WHEN goes_on THEN kept.expires ELSE EXCLUDED.expires END
RETURNING value
""".replace("goes_on", "kept.expires >= %s AND starts_with(kept.value, %s)")
CLEARED_EACH = 50
"""After so many values that a process has put there it looks whether there are too many."""
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


class TableCache(DatabaseCache):
    """Django's, in which a value is put by one statement. What two requests put at once doesn't fail."""

    _put = count(1)

    def take_turns(self, keys: Sequence[str], mark: str, seconds: int) -> list[str]:
        """Return for each key its turn: the one that began with the same mark and isn't over, or a new one.
        One statement, in which each key waits for others who take it: give first the key that fewer share.

        `mark` has no space in it.
        """
        row: list[Any] = [f"{mark} {secrets.token_hex(8)}", _ends(self.get_backend_timeout(seconds))]
        given = [value for key in keys for value in (self.make_and_validate_key(key), *row)]
        this: list[Any] = [_now(), f"{mark} "]
        with connection.cursor() as cursor:
            statement = TURNS.format(table=self._quoted(), rows=", ".join(["(%s, %s, %s)"] * len(keys)))
            cursor.execute(statement, [*given, *this, *this])
            found = [str(value).partition(" ")[2] for (value,) in cursor.fetchall()]
        self._clear()
        return found

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        if mode == "touch":
            return bool(super()._base_set(mode, key, value, timeout))  # type: ignore[misc]
        pickled = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("latin1")
        given: list[Any] = [key, pickled, _ends(self.get_backend_timeout(timeout))]
        statement = PUT.format(table=self._quoted())
        if mode == "add":
            statement, given = statement + ONLY_WHAT_IS_OVER, [*given, _now()]
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            there = bool(cursor.rowcount)
        self._clear()
        return there

    def _quoted(self) -> str:
        return connection.ops.quote_name(self._table)  # type: ignore[attr-defined]

    def _clear(self) -> None:
        if next(self._put) % CLEARED_EACH:
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {self._quoted()}")  # noqa: S608
            number = cursor.fetchone()[0]
            if number > self._max_entries:
                self._cull(connection.alias, cursor, _now(), number)  # type: ignore[attr-defined]


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _ends(timestamp: float | None) -> datetime:
    return NEVER if timestamp is None else datetime.fromtimestamp(timestamp, tz=UTC).replace(microsecond=0)
