"""`schoolgate migrate ...`: Django's command, as the role that owns the tables, and what belongs to it."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from schoolgate.core import passing
from schoolgate.core.env import env
from schoolgate.core.lasting import lasting_key
from schoolgate.core.migrations import ONLY_BEFORE
from schoolgate.core.postgres import server
from schoolgate.core.postgres.server import ServerTrouble, database_url
from schoolgate.core.typed import typed

_LOCK = 0x5C400B0D
"""The number of the database's lock for migrating."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of Django's own command."""
    parser.add_argument("app_label", nargs="?")
    parser.add_argument("migration_name", nargs="?")
    parser.add_argument(
        "--check", action="store_true", help="only check (by exit status) whether migrations are needed"
    )
    parser.add_argument("--plan", action="store_true", help="only list the migrations that would run")
    parser.add_argument("--fake", action="store_true", help="only record the migrations as done")
    parser.add_argument("-v", "--verbosity", type=int, choices=range(4), default=1)


def run(options: argparse.Namespace) -> int:
    """Migrate, then make the cache's table. The application's role may use whatever comes to be."""
    words = [word for word in (options.app_label, options.migration_name) if word]
    bring_up_to_date(
        *words, verbosity=options.verbosity, check=options.check, plan=options.plan, fake=options.fake
    )
    return 0


def bring_up_to_date(
    *words: str, verbosity: int = 1, check: bool = False, plan: bool = False, fake: bool = False
) -> None:
    """Migrate as the role that this process's connection has, which must be the owner. Safe to repeat."""
    check_can_be_upgraded()
    lasting_key()  # made while the secret is still the one of the digests that are stored
    with _alone():
        if not check and not plan:
            let_the_application_in()
        call_command("migrate", *words, verbosity=verbosity, check_unapplied=check, plan=plan, fake=fake)
        if not check and not plan:
            call_command("createcachetable", verbosity=0)
            passing.take_over()


@contextmanager
def _alone() -> Iterator[None]:
    """Ensure one migration at a time: a killed run may have left its child at work, which continues.

    The lock belongs to the connection, so that a killed process leaves none behind.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def check_can_be_upgraded() -> None:
    """Raise ServerTrouble where a newer release made some of the tables: this one would not know what they
    hold. Also where the home was made before the first release."""
    loader = MigrationLoader(connection)
    if ONLY_BEFORE & loader.applied_migrations.keys():
        raise ServerTrouble(
            "This home was made before the first release of Schoolgate and can't be upgraded. "
            "Name a new folder with SCHOOLGATE_HOME and start there: "
            f"`{typed('up', home='NEW-FOLDER')}` makes the examples again, "
            f"`{typed('setup', home='NEW-FOLDER')}` is for a real school."
        )
    ours = {app for app, _ in loader.disk_migrations}
    unknown = sorted(
        key for key in loader.applied_migrations if key[0] in ours and key not in known_to(loader)
    )
    if unknown:
        raise ServerTrouble(
            f"This installation has been used with a newer release of Schoolgate ({'.'.join(unknown[0])} "
            "is not known here). Reinstall that release, or restore a backup made before it."
        )


def known_to(loader: MigrationLoader) -> set[tuple[str, str]]:
    """Return the migrations of this release, with those replaced by a squashed one."""
    replaced = {old for each in loader.disk_migrations.values() for old in each.replaces}
    return set(loader.disk_migrations) | replaced


def let_the_application_in() -> None:
    """Grant the application's role the rows of every table that the owner will make."""
    app = psycopg.conninfo.conninfo_to_dict(database_url(env(), "app")).get("user")
    owner = connection.settings_dict["USER"]
    connection.ensure_connection()
    raw = cast("psycopg.Connection", connection.connection)
    server.prepare_database(raw, owner=owner, app=str(app or server.APP))
