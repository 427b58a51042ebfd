"""A database of its own for the bench: a home that is thrown away, the server, all tables, copies."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from bench.machine import say

BASE, EMPTY = "bench_base", "bench_empty"


@cache
def prepared() -> str:
    """Start the server and make all tables; returns the name of the database that copies are made of."""
    _begin()
    return BASE


def _begin() -> None:
    """Make the database that copies are made of, and one that stays untouched."""
    home = Path(tempfile.mkdtemp(prefix="schoolgate-bench-"))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    os.environ["SCHOOLGATE_HOME"] = str(home)
    from schoolgate.core.env import env, use_settings

    env.cache_clear()
    use_settings()
    from schoolgate.core.postgres import server
    from schoolgate.core.postgres.server import ensure_server, release_server, server_of

    say("database: starting, making tables")
    ensure_server(home)
    atexit.register(_put_away, home, release_server, server_of)
    import django

    django.setup()
    from schoolgate.cli.database import bring_up_to_date

    with psycopg.connect(_url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(_name(BASE), _name(server.OWNER)))
    with psycopg.connect(_url("postgres", BASE), autocommit=True) as admin:
        server.prepare_database(admin, owner=server.OWNER, app=server.APP)
    connect_to(BASE, role=server.OWNER)
    bring_up_to_date(verbosity=0)
    connect_to(BASE)
    with psycopg.connect(_url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                _name(EMPTY), _name(BASE), _name(server.OWNER)
            )
        )


def untouched() -> str:
    """Return the name of a database with all tables and no federation, for copies: other parts make theirs in
    the first, and an example tells its story only where no real one is."""
    prepared()
    return EMPTY


@contextmanager
def told(*examples: str) -> Iterator[str]:
    """A database in which examples have told their stories, Django connected to it; dropped at the end."""
    connect_to(untouched())
    with copy_of(untouched()) as name:
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        for example in examples:
            say(f"database: telling {example}")
            _tell(example)
        yield name


def _tell(example: str) -> None:
    from schoolgate.cli.demo.telling import tell
    from schoolgate.core.clock import now

    tell(example, now=now())


def _put_away(home: Path, release: object, server_of: object) -> None:
    release(home)  # type: ignore[operator]
    server_of(home).stop()  # type: ignore[operator]
    shutil.rmtree(home, ignore_errors=True)


def _url(role: str, database: str) -> str:
    from schoolgate.core.env import env
    from schoolgate.core.postgres.server import server_of

    return server_of(env().home).url(role, database)


def connect_to(name: str, *, role: str | None = None) -> None:
    """Have Django's connection go to a database; as the application's role unless another is named."""
    from django.db import connection

    from schoolgate.core.postgres import server

    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name
    connection.settings_dict["USER"] = role or server.APP


@contextmanager
def copy_of(name: str) -> Iterator[str]:
    """A copy of a database, Django connected to it as the application's role; dropped at the end."""
    from django.db import connection

    connection.close()
    connection.close_pool()
    made = f"{name}_copy"
    with psycopg.connect(_url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(made)))
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(_name(made), _name(name)))
        admin.execute("CHECKPOINT")
    connect_to(made)
    try:
        yield made
    finally:
        connect_to(name)
        with psycopg.connect(_url("postgres", "postgres"), autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(_name(made)))


@contextmanager
def as_superuser() -> Iterator[psycopg.Connection]:
    """A connection that nothing binds, to the database that Django is connected to; for counting and for
    ANALYZE."""
    from django.db import connection

    with psycopg.connect(_url("postgres", connection.settings_dict["NAME"]), autocommit=True) as admin:
        yield admin


def _name(name: str) -> sql.Identifier:
    return sql.Identifier(name)


def server_seconds() -> float:
    """Processor time that the server's process behind Django's connection has used so far."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
