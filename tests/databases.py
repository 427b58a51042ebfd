"""The databases that tests use: one template with all tables, and clones of it.

Migrating takes seconds, so the outcome is kept as SQL in pytest's cache, under a digest of everything that it
is made of: migrations, models, what closes the tables, the locked packages. A fresh checkout migrates.
"""

import fcntl
import hashlib
import itertools
import os
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from schoolgate.cli.migrate import bring_up_to_date
from schoolgate.core.postgres import Server, ensure_server, roles
from schoolgate.core.postgres.places import binaries
from schoolgate.core.postgres.server import SUPERUSER

ROOT = Path(__file__).parent.parent
MADE_OF = (
    "uv.lock",
    "tests/databases.py",
    "schoolgate/config/settings.py",
    "schoolgate/cli/migrate.py",
    "schoolgate/core/management/commands/*.py",
    "schoolgate/core/postgres/roles.py",
    "schoolgate/core/tenancy/*.py",
    "schoolgate/*/migrations/*.py",
    "schoolgate/*/models.py",
    "schoolgate/*/models/*.py",
)
HOME = Path(os.environ["SCHOOLGATE_HOME"]).absolute()
TEMPLATE = "template_for_tests"
ROLES = {"app": roles.APP, "owner": roles.OWNER, "superuser": SUPERUSER}
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
    """This run's own server. A crash of the machine may lose its data, which makes it quick."""
    return ensure_server(HOME, durable=False)


def url(role: str, database: str) -> str:
    """The address of a database as `app`, `owner` or `superuser`."""
    return server().url(ROLES[role], database)


def make_template(cache: Path) -> str:
    """Make a database with all tables, from SQL in the folder `cache` or by migrating; returns its name."""
    with psycopg.connect(url("superuser", "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(_name(TEMPLATE), _name(roles.OWNER)))
    kept = cache / f"{_digest()}.sql"
    with (cache / "making").open("a") as making:
        fcntl.flock(making, fcntl.LOCK_EX)  # of runs that begin together one migrates, and the others wait
        if not kept.exists():
            _migrate()
            _keep(kept)
            return TEMPLATE
    _postgres("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", str(kept), url("superuser", TEMPLATE))
    return TEMPLATE


def _keep(kept: Path) -> None:
    draft = kept.with_suffix(f".{os.getpid()}")
    _postgres("pg_dump", "-f", str(draft), url("superuser", TEMPLATE))
    for older in kept.parent.glob("*.sql"):
        older.unlink(missing_ok=True)
    draft.replace(kept)


def _migrate() -> None:
    with psycopg.connect(url("superuser", TEMPLATE), autocommit=True) as admin:
        roles.prepare_database(admin, owner=roles.OWNER, app=roles.APP)
    connect_to(TEMPLATE, role=roles.OWNER)
    bring_up_to_date(verbosity=0)
    connection.close()
    with psycopg.connect(url("owner", TEMPLATE), autocommit=True) as owner:
        owner.execute(MAKE_FEDERATION)


def _digest() -> str:
    found = hashlib.sha256()
    for path in _made_of():
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:24]


def _made_of() -> Iterator[Path]:
    for pattern in MADE_OF:
        yield from sorted(ROOT.glob(pattern))


def _postgres(program: str, *words: str) -> None:
    subprocess.run([binaries() / program, *words], check=True, stdout=subprocess.DEVNULL)


def clone(template: str) -> str:
    """Copy a database that nobody is connected to; returns the copy's name.

    Its files are copied: page by page through the log it took four times the processor time.
    """
    name = f"test_{next(_numbers)}"
    with psycopg.connect(url("superuser", "postgres"), autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY = FILE_COPY").format(
                _name(name), _name(template), _name(roles.OWNER)
            )
        )
    return name


def drop(name: str) -> None:
    """Remove a clone, whoever is still connected."""
    with psycopg.connect(url("superuser", "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(_name(name)))


def connect_to(name: str, *, role: str = roles.APP) -> None:
    """Have Django's connections of this process go to a database, as a role."""
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.settings_dict["USER"] = role


def _name(name: str) -> sql.Identifier:
    return sql.Identifier(name)
