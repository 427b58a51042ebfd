"""Django's settings for the one database: apart, so that the supervisor reads neither Django nor psycopg.

Days as the database has them: what is out of bounds is read as the nearest day within.

Forms and lists refuse such days. A row that an older version accepted must break no page: what is counted
from it would overflow.

Statements that the server reads and plans once for a connection, however often they are asked.

Reading and planning takes the server four times as long as answering: every table is shut by row, and a page
asks the same few dozen questions each time.

Whether an error means that the database is away for the moment, as while it starts again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import psycopg
from django.db import InterfaceError, OperationalError
from django.db.backends.postgresql.base import CursorMixin
from psycopg import adapters
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import DataError
from psycopg.pq import Format
from psycopg.types.datetime import DateBinaryLoader, DateLoader

from schoolgate.core.days import FIRST_DAY, LAST_DAY, nearest_day
from schoolgate.core.env import Env
from schoolgate.core.postgres.server import database_url


class NearestDay(DateLoader):
    """Reads a date; also one that Python can't hold."""

    def load(self, data: Buffer) -> date:
        """Return the day, or the nearest within bounds."""
        try:
            return nearest_day(super().load(data))
        except DataError:
            return FIRST_DAY if bytes(data).endswith(b"BC") or bytes(data).startswith(b"-") else LAST_DAY


class NearestBinaryDay(DateBinaryLoader):
    """The same of a day that was sent as a number."""

    def load(self, data: Buffer) -> date:
        """Return the day, or the nearest within bounds."""
        try:
            return nearest_day(super().load(data))
        except DataError:
            return FIRST_DAY if int.from_bytes(data, signed=True) < 0 else LAST_DAY


class WrittenJson(Loader):
    """Reads JSON that was sent in binary form as Django expects it: as text."""

    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        """Return the text behind the number of its form."""
        return bytes(data)[1:].decode()


def read_as_django() -> None:
    """Read days and JSON so on every connection that is made from now on."""
    for kind, loader in (("date", NearestDay), ("date", NearestBinaryDay), ("jsonb", WrittenJson)):
        adapters.register_loader(kind, loader)


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


GONE: Final = {
    "connect_timeout": "3", "keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "2",
    "tcp_user_timeout": "9000",
}  # fmt: skip
"""When a database elsewhere that says nothing is taken for gone: after nine seconds. The system itself would
wait a quarter of an hour for a machine that was pulled away, and so would each page."""
GONE_FOR_IT: Final = {
    "tcp_keepalives_idle": "5", "tcp_keepalives_interval": "2", "tcp_keepalives_count": "2",
    "tcp_user_timeout": "9000", "client_connection_check_interval": "5000",
}  # fmt: skip
"""The same for the server: otherwise what a machine that was pulled away has locked, such as a federation's
record, stays locked for two hours."""


def django_database(env: Env) -> dict[str, Any]:
    """Django's settings for the one database, as the role that this process has chosen."""
    read_as_django()
    parts = conninfo_to_dict(database_url(env, env.database_role))
    options: dict[str, Any] = {
        "application_name": f"schoolgate {env.database_role}",
        "server_side_binding": True,
        "cursor_factory": Cursor,
        "prepare_threshold": ASKED_BEFORE,
    }
    found = {name: parts.pop(name, None) for name in ("dbname", "user", "password", "host", "port")}
    options |= {name: value for name, value in parts.items() if value is not None}
    if found["host"] and not str(found["host"]).startswith(("/", "@")):
        asked = " ".join(f"-c {name}={value}" for name, value in GONE_FOR_IT.items())
        options = GONE | options | {"options": f"{asked} {options.get('options', '')}".rstrip()}
    if env.database_pool:
        options["pool"] = {"min_size": 1, "max_size": env.database_pool, "timeout": 10, "max_idle": 300}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": found["dbname"],
        "USER": found["user"] or "",
        "PASSWORD": found["password"] or "",
        "HOST": found["host"] or "",
        "PORT": str(found["port"] or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


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
