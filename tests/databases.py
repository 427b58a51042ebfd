"""The databases that tests use: one template with all tables, and clones of it.

Migrating takes seconds, and reading tables from SQL as many, so the data folder of a server that has the
template is kept in pytest's cache and copied by each run. It lies there under a digest of everything that the
template is made of: migrations, models, what closes the tables, the locked packages. A fresh checkout
migrates.
"""

import fcntl
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import django
import psycopg
import pytest
from django.db import connection
from psycopg import sql
from psycopg._preparing import Prepare, PrepareManager
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGresult

from schoolgate.cli.database import bring_up_to_date
from schoolgate.core.env import env
from schoolgate.core.postgres import for_django
from schoolgate.core.postgres.server import (
    APP,
    DATABASE,
    OWNER,
    SUPERUSER,
    Server,
    ensure_server,
    prepare_database,
    release_server,
    server_of,
)
from tests.digests import digest_of

ROOT = Path(__file__).parent.parent
MADE_OF = (
    "uv.lock",
    "tests/databases.py",
    "schoolgate/config/settings.py",
    "schoolgate/cli/database.py",
    "schoolgate/core/management/commands/*.py",
    "schoolgate/core/postgres/server.py",
    "schoolgate/core/tenancy.py",
    "schoolgate/core/protect.py",
    "schoolgate/*/migrations/*.py",
    "schoolgate/*/models.py",
    "schoolgate/*/models/*.py",
)
HOME = Path(os.environ["SCHOOLGATE_HOME"]).absolute()
TEMPLATE = "template_for_tests"
KEPT_IN = ROOT / ".pytest_cache" / "d" / "database"
SECONDS_TO_LEAVE = 60.0
ROLES = {"app": APP, "owner": OWNER, "superuser": SUPERUSER}
MAKE_FEDERATION = """
CREATE FUNCTION test_make_federation(
    slug text, name text, policy_key text, languages text[], example boolean DEFAULT false
) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public
AS $$
    INSERT INTO core_federation (slug, name, policy_key, languages, is_example)
    VALUES (slug, name, policy_key, languages, example) RETURNING id
$$
"""
_numbers = itertools.count(1)


@lru_cache(maxsize=1)
def server() -> Server:
    """This run's own server, with the template. A crash of the machine may lose its data, which makes it
    quick."""
    if not server_of(HOME).data.exists():
        bring_kept(HOME)
    _prepare_at_once()
    return ensure_server(HOME, durable=False)


def url(role: str, database: str) -> str:
    """The address of a database as `app`, `owner` or `superuser`."""
    return server().url(ROLES[role], database)


def bring_kept(home: Path) -> None:
    """Copy into a home the folder of a server's data in which the template stands; make that where there is
    none."""
    data = server_of(home).data
    data.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    kept = KEPT_IN / digest()
    with (KEPT_IN / "making").open("a") as making:
        fcntl.flock(making, fcntl.LOCK_EX)  # of runs that begin together one migrates, and the others wait
        if not kept.exists():
            for older in KEPT_IN.iterdir():
                if older.is_dir():
                    shutil.rmtree(older, ignore_errors=True)
            _make(kept)
        _copy(kept, data)


def _make(kept: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=HOME.name, dir=HOME.parent) as home:
        there = os.environ | {"SCHOOLGATE_HOME": home}
        subprocess.run([sys.executable, "-m", "tests.databases"], check=True, cwd=ROOT, env=there)
        draft = kept.with_suffix(".draft")
        _copy(server_of(Path(home)).data, draft)
    draft.rename(kept)


def _copy(folder: Path, to: Path) -> None:
    subprocess.run(["cp", "-a", str(folder), str(to)], check=True)  # with the server's user as its owner


def furnish(home: Path, fill: Callable[[Server], object] = lambda _there: None) -> None:
    """Give an empty home its database, migrated, as after a first start that nobody has used yet; `fill` puts
    something into it."""
    bring_kept(home)
    there = ensure_server(home, durable=False)
    with psycopg.connect(there.url(SUPERUSER, "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {}").format(_name(DATABASE)))
        admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(_name(TEMPLATE), _name(DATABASE)))
    fill(there)
    release_server(home)
    there.stop()


def make_kept() -> None:
    """Start a server in SCHOOLGATE_HOME, make the template, and end the server."""
    django.setup()
    there = ensure_server(HOME, durable=False)
    with psycopg.connect(there.url(SUPERUSER, "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(_name(TEMPLATE), _name(OWNER)))
    _migrate()
    release_server(HOME)
    there.stop()


def _migrate() -> None:
    with psycopg.connect(url("superuser", TEMPLATE), autocommit=True) as admin:
        prepare_database(admin, owner=OWNER, app=APP)
    connect_to(TEMPLATE, role=OWNER)
    bring_up_to_date(verbosity=0)
    connection.close()
    with psycopg.connect(url("owner", TEMPLATE), autocommit=True) as owner:
        owner.execute(MAKE_FEDERATION)


def digest() -> str:
    """Of everything that the template is made of."""
    return digest_of(_made_of(), ROOT)[:24]


def _made_of() -> Iterator[Path]:
    for pattern in MADE_OF:
        yield from sorted(ROOT.glob(pattern))


def clone(template: str) -> str:
    """Copy a database that nobody is connected to; returns the copy's name.

    Its files are copied: page by page through the log it took four times the processor time.
    """
    name = f"test_{next(_numbers)}"
    _let_go_of(template)
    _wait_until_left(template)
    _administrator().execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY = FILE_COPY").format(
            _name(name), _name(template), _name(OWNER)
        )
    )
    return name


@lru_cache(maxsize=1)
def _administrator() -> psycopg.Connection:
    """Who makes and removes databases in this run.

    The template is looked into first: what a session finds out about the catalogue lies then beside it, and
    is copied with it instead of found out again in each copy.
    """
    psycopg.connect(url("superuser", TEMPLATE)).close()
    return psycopg.connect(url("superuser", "postgres"), autocommit=True)


def _wait_until_left(name: str) -> None:
    """A session that was closed ends a moment later, on a busy machine more than the five seconds that the
    server itself waits."""
    end = time.monotonic() + SECONDS_TO_LEAVE
    who = "SELECT FROM pg_stat_activity WHERE datname = %s"
    while _administrator().execute(who, [name]).fetchone():
        if time.monotonic() > end:
            return  # the server says who is there
        time.sleep(0.02)


def drop(name: str) -> None:
    """Remove a clone, whoever is still connected."""
    _let_go_of(name)
    _administrator().execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(_name(name)))


_kept: dict[tuple[str, str], psycopg.Connection] = {}
"""Connections to databases that tests come back to, by database and role: a new one reads the catalogue
again, which takes as long as a small test."""
KEPT_AT_MOST = 12
STATEMENTS = 2_000
"""Prepared ones of a connection."""


CHANGES = re.compile(rb"(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b")
"""What was prepared before may not hold after it."""


def _prepare_at_once() -> None:
    """Have a test's connections prepare each statement the first time it is asked, and keep it when the test
    is rolled back: what was prepared is asked again by the next one. (Psycopg forgets all of it then, because
    a table may have come and gone; a test makes none.)"""
    connection.settings_dict["OPTIONS"]["prepare_threshold"] = 0
    for_django.KEPT = STATEMENTS
    forget = PrepareManager.clear

    def forgets_rarely(self: PrepareManager, _prepared: Prepare, results: Sequence[PGresult]) -> bool:
        return any(CHANGES.match(one.command_status or b"") for one in results) and forget(self)

    PrepareManager._should_discard = forgets_rarely  # type: ignore[method-assign,assignment]
    PrepareManager.clear = lambda _self: False  # type: ignore[method-assign]


def connect_to(name: str, *, role: str = APP) -> None:
    """Have Django's connections of this process go to a database, as a role."""
    settings = connection.settings_dict
    before = (settings["NAME"], settings["USER"])
    if before == (name, role):
        return
    open_one = connection.connection
    if open_one is not None and not connection.in_atomic_block and _is_idle(open_one):
        _keep(before, open_one)
        connection.connection = None
    connection.close()
    settings["NAME"], settings["USER"] = name, role
    kept = _kept.pop((name, role), None)
    if kept is not None and _is_idle(kept):
        connection.connection = kept


def _is_idle(one: psycopg.Connection) -> bool:
    return not one.closed and one.autocommit and one.info.transaction_status == TransactionStatus.IDLE


def _keep(key: tuple[str, str], one: psycopg.Connection) -> None:
    if (older := _kept.pop(key, None)) is not None:
        older.close()
    _kept[key] = one
    if len(_kept) > KEPT_AT_MOST:
        _kept.pop(next(iter(_kept))).close()


def only_kept_connection(name: str) -> psycopg.Connection | None:
    """The connection to a database that is kept for the application's role, if there is one; others end."""
    for key in [key for key in _kept if key[0] == name and key[1] != APP]:
        _kept.pop(key).close()
    return _kept.get((name, APP))


def _let_go_of(name: str) -> None:
    if connection.settings_dict["NAME"] == name and not connection.in_atomic_block:
        connection.close()
    for key in [key for key in _kept if key[0] == name]:
        _kept.pop(key).close()


def let_go_of_all() -> None:
    """Close the connections that were kept: the run ends."""
    while _kept:
        _kept.popitem()[1].close()
    _administrator().close()
    _administrator.cache_clear()


def name_for_programs(patch: pytest.MonkeyPatch, name: str) -> None:
    """Have programs that the test starts speak to a database."""
    for role, variable in (("app", "DATABASE_URL"), ("owner", "DATABASE_OWNER_URL")):
        patch.setenv(variable, url(role, name))
    env.cache_clear()


def _name(name: str) -> sql.Identifier:
    return sql.Identifier(name)


if __name__ == "__main__":
    make_kept()
