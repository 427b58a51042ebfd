"""`schoolgate migrate ...`: Django's command, as the role that owns the tables, and what belongs to it."""

import argparse
from typing import cast

import psycopg
from django.core.management import call_command
from django.db import connection

from schoolgate.core.env import env
from schoolgate.core.postgres import roles
from schoolgate.core.postgres.address import database_url


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of Django's own command."""
    parser.add_argument("app_label", nargs="?")
    parser.add_argument("migration_name", nargs="?")
    parser.add_argument(
        "--check", action="store_true", help="only say (by exit status) whether something is to do"
    )
    parser.add_argument("--plan", action="store_true", help="only list what would be done")
    parser.add_argument("--fake", action="store_true", help="only write down that it was done")
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
    if not check and not plan:
        let_the_application_in()
    call_command("migrate", *words, verbosity=verbosity, check_unapplied=check, plan=plan, fake=fake)
    if not check and not plan:
        call_command("createcachetable", verbosity=0)


def let_the_application_in() -> None:
    """Grant the application's role the rows of every table that the owner will make."""
    app = psycopg.conninfo.conninfo_to_dict(database_url(env(), "app")).get("user")
    owner = connection.settings_dict["USER"]
    connection.ensure_connection()
    raw = cast("psycopg.Connection", connection.connection)
    roles.prepare_database(raw, owner=owner, app=str(app or roles.APP))
