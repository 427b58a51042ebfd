"""`schoolgate move-database --to URL --owner-url URL`: from the home's own server to one of yours, and
back."""

import argparse
import os
import sys
import threading
from typing import Any

import psycopg

from schoolgate.cli.terminal import Words
from schoolgate.cli.up import the_only_one
from schoolgate.core.backups.shelf import BackupTrouble
from schoolgate.core.backups.snapshot import Loaded, Source, load, write_snapshot
from schoolgate.core.env import env, use_home
from schoolgate.core.home import folder, home
from schoolgate.core.places import FolderStore
from schoolgate.core.postgres.reaching import check_database, check_reached, reach
from schoolgate.core.postgres.server import (
    DATABASE,
    OWNER,
    SUPERUSER,
    ServerTrouble,
    database_url,
    ensure_server,
    prepare_server,
)

MOVED = "moved"
"""The code of the reason for the stop that the database left behind gets: a start with it sends nothing."""
STOP = """
INSERT INTO core_installationstop (reason, placed_at, placed_by, lifted_by) SELECT %s, now(), 'move', ''
WHERE NOT EXISTS (SELECT 1 FROM core_installationstop WHERE placed_by = 'move' AND lifted_at IS NULL)
"""
WAS_LEFT = "SELECT 1 FROM core_installationstop WHERE placed_by = 'move' AND lifted_at IS NULL"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", metavar="URL", help="an empty database, with the role the program uses")
    where.add_argument(
        "--to-embedded", action="store_true", help="move back into this installation, from DATABASE_URL"
    )
    parser.add_argument(
        "--owner-url", metavar="URL", help="with --to: the same database, with the role that owns it"
    )


def run(options: argparse.Namespace) -> int:
    """Copy every row, check the record there, and leave the old database stopped. 0: done, 1: not."""
    if options.to and not options.owner_url:
        print("schoolgate move-database: --to also needs --owner-url", file=sys.stderr)
        return 2
    check_database(env(), "app", "owner")
    if options.to:
        check_reached(
            reach(options.to, "app", named="--to"),
            reach(options.owner_url, "owner", named="--owner-url"),
        )
    said = Words()
    try:
        with the_only_one(folder("run")):
            return _move(options, said)
    except (BackupTrouble, ServerTrouble, psycopg.Error) as trouble:
        print(f"schoolgate move-database: {str(trouble).strip()}", file=sys.stderr)
        return 1


def _move(options: argparse.Namespace, said: Words) -> int:
    if env().embedded_database == bool(options.to_embedded):
        where = "the embedded database server" if options.to_embedded else "your own database server"
        raise BackupTrouble("not_empty", f"This installation already uses {where}. See DATABASE_URL.")
    here = home()
    if env().embedded_database:
        ensure_server(here)
    before = database_url(env(), "owner")
    if options.to_embedded:
        use_home(here)
        _empty_embedded(here)
    else:
        use_home(here, database_url=options.to, database_owner_url=options.owner_url)
    from schoolgate.cli import restoring as database

    _prepare_empty(database)
    loaded = _copy(before, database, said)
    database.finish()
    from schoolgate.core.ledger import own_heads

    bad = database.verify(own_heads())
    if bad:
        raise BackupTrouble(
            "not_sound",
            f"The record does not match after the move: {bad}. The old database is still in "
            "use and unchanged.",
        )
    database.leave()
    with psycopg.connect(before) as left:
        left.execute(STOP, [MOVED])
    said.end()
    print(
        f"Moved: {sum(loaded.rows.values())} rows. The record matches the signed heads. Everyone must "
        "sign in again."
    )
    print(
        "From now on, start it without DATABASE_URL and DATABASE_OWNER_URL."
        if options.to_embedded
        else ("From now on, start it with DATABASE_URL and DATABASE_OWNER_URL set to these addresses.")
    )
    print(
        "The old database is unchanged and stopped: nothing is sent if you start "
        "with it. Delete it when you are sure."
    )
    return 0


def _prepare_empty(database: Any) -> None:
    nothing = Loaded(head={"migrations": []})
    database.prepare_empty(nothing)


def _copy(before: str, database: Any, said: Words) -> Loaded:
    """One end writes what the other reads, in one go: nothing touches the disk on the way."""
    from schoolgate.core.clock import now

    hears, says = os.pipe()
    trouble: list[BaseException] = []
    source = Source(before, FolderStore(folder("run") / "no-files"), lambda _: b"", "")

    def write() -> None:
        try:
            with os.fdopen(says, "wb") as target:
                write_snapshot(target, source, number=0, at=now(), sign=lambda _: "")
        except BaseException as error:  # noqa: BLE001 - told by the one that waits for it
            trouble.append(error)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        with os.fdopen(hears, "rb") as reader:
            loaded = load(
                reader, database.owner_url(), make_tables=database.make_tables, last=lambda *_: None,
                files=None, leap=0, tell=said,
            )  # fmt: skip
    except BackupTrouble as error:
        writer.join()
        raise (trouble[0] if trouble else error) from error
    writer.join()
    return loaded


def _empty_embedded(here: Any) -> None:
    """Make room in the home's own server: only what an earlier move has left there may go."""
    server = ensure_server(here)
    with psycopg.connect(server.url(OWNER)) as owner:
        tables = owner.execute("SELECT to_regclass('public.core_installationstop')").fetchone()
        if tables == (None,):
            return
        if owner.execute(WAS_LEFT).fetchone() is None:
            raise BackupTrouble(
                "not_empty",
                "The embedded server has a database in use that was never moved. Nothing was done.",
            )
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    prepare_server(server.url(SUPERUSER, "postgres"), server.url(SUPERUSER))
