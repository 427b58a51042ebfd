"""Whether an error means that the database is away for the moment, as while it starts again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import psycopg
from django.db import InterfaceError, OperationalError

SECONDS_TO_WAIT: Final = 10
"""What a browser or a program is told to wait before it tries again."""
_AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def is_away(error: BaseException | None) -> bool:
    """Whether this error, or one that led to it, is the database's: cut off, shutting down, not there yet, or
    too busy."""
    return any(isinstance(each, _AWAY) for each in _led_to(error))


def is_lost(error: BaseException | None) -> bool:
    """Whether the connection couldn't be made or was cut: no deadlock, limit or fault of ours."""
    return any(
        isinstance(each, psycopg.OperationalError)
        and (each.sqlstate is None or each.sqlstate.startswith(("08", "57P")))
        for each in _led_to(error)
    )


def has_no_room(error: BaseException | None) -> bool:
    """Whether the database's disk is full."""
    return any(isinstance(each, psycopg.errors.DiskFull) for each in _led_to(error))


def _led_to(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
