"""`schoolgate database-url`: where the embedded server listens, for psql and the like.

`schoolgate migrate ...`: Django's command, as the role that owns the tables, and what belongs to it.

`schoolgate move-database --to URL --owner-url URL`: from the home's own server to one of yours, and
back.

`schoolgate upgrade`: a backup, then the tables of this release, then a check of the record.

A note in the home says how far it came. A run that was cut off continues from there: each migration is a
transaction of its own, and completed steps are not repeated. While the note exists, `up` starts nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from schoolgate.cli.main import prepare
from schoolgate.cli.registry import Needs
from schoolgate.cli.terminal import Words
from schoolgate.cli.up import NOTE, read_note, the_only_one
from schoolgate.core import files
from schoolgate.core.backups import restoring
from schoolgate.core.backups.sealing import BackupTrouble
from schoolgate.core.backups.snapshot import Loaded, Source, load, write_snapshot
from schoolgate.core.env import choose, env, for_a_child, use_home
from schoolgate.core.files import FolderStore
from schoolgate.core.home import folder, home, typed
from schoolgate.core.lasting import lasting_key
from schoolgate.core.migrations import ONLY_BEFORE
from schoolgate.core.postgres import server
from schoolgate.core.postgres.for_django import django_database
from schoolgate.core.postgres.reaching import check_database, check_reached, reach
from schoolgate.core.postgres.server import (
    DATABASE,
    OWNER,
    SUPERUSER,
    ServerTrouble,
    database_url,
    ensure_server,
    prepare_server,
    server_of,
)

if TYPE_CHECKING:
    from schoolgate.core.ledger import SignedHead


def database_url_arguments(parser: argparse.ArgumentParser) -> None:
    """The role to connect as."""
    parser.add_argument("--role", choices=["app", "owner"], default="app")


def run_database_url(options: argparse.Namespace) -> int:
    """Print the address; it does not start the server."""
    print(server_of(env().home).url(server.OWNER if options.role == "owner" else server.APP))
    return 0


_LOCK = 0x5C400B0D
"""The number of the database's lock for migrating."""


def migrate_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of Django's own command."""
    parser.add_argument("app_label", nargs="?")
    parser.add_argument("migration_name", nargs="?")
    parser.add_argument(
        "--check", action="store_true", help="only check (by exit status) whether migrations are needed"
    )
    parser.add_argument("--plan", action="store_true", help="only list the migrations that would run")
    parser.add_argument("--fake", action="store_true", help="only record the migrations as done")
    parser.add_argument("-v", "--verbosity", type=int, choices=range(4), default=1)


def run_migrate(options: argparse.Namespace) -> int:
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
            files.take_over()


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


MOVED = "moved"
"""The code of the reason for the stop that the database left behind gets: a start with it sends nothing."""
STOP = """
INSERT INTO core_installationstop (reason, placed_at, placed_by, lifted_by) SELECT %s, now(), 'move', ''
WHERE NOT EXISTS (SELECT 1 FROM core_installationstop WHERE placed_by = 'move' AND lifted_at IS NULL)
"""
WAS_LEFT = "SELECT 1 FROM core_installationstop WHERE placed_by = 'move' AND lifted_at IS NULL"


def move_database_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", metavar="URL", help="an empty database, with the role the program uses")
    where.add_argument(
        "--to-embedded", action="store_true", help="move back into this installation, from DATABASE_URL"
    )
    parser.add_argument(
        "--owner-url", metavar="URL", help="with --to: the same database, with the role that owns it"
    )


def run_move_database(options: argparse.Namespace) -> int:
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


def prepare_empty(found: Loaded) -> None:
    """Have the home's database, and see that it is empty and that this release knows all tables of the
    backup."""
    prepare(Needs.DATABASE_AS_OWNER, begins=True)
    connect_as("owner")
    known = set(MigrationLoader(None).disk_migrations or {})
    restoring.check_known_migrations(found, known)
    with psycopg.connect(owner_url()) as raw:
        if raw.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone():
            raise BackupTrouble("not_empty", "This database already has tables. Restore to an empty one.")


def owner_url() -> str:
    """The address of the database as the owner of its tables."""
    return database_url(env(), "owner")


def connect_as(role: str) -> None:
    """Have Django's connection go to the chosen home's database as `app` or `owner`."""
    choose(database_role="owner" if role == "owner" else "app")
    connection.close()
    fresh = django_database(env())
    for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT"):
        connection.settings_dict[name] = fresh[name]


def make_tables(applied: list[tuple[str, str]]) -> None:
    """Make the tables as these migrations make them, and no later ones."""
    from schoolgate.core.management.commands.migrate import WholeMigrations

    executor = WholeMigrations(connection)
    wanted = set(applied)
    graph = executor.loader.graph
    if wanted >= set(graph.nodes):
        bring_up_to_date(verbosity=0)
        return
    let_the_application_in()
    last = [
        key for key in wanted if key in graph.nodes
        and not any(child.key in wanted for child in graph.node_map[key].children if child.key[0] == key[0])
    ]  # fmt: skip
    executor.migrate(sorted(last), state=executor.state())


def finish() -> None:
    """Migrate the tables to this release and lock them down, then work as the application does."""
    connection.close()
    if MigrationExecutor(connection).migration_plan(MigrationLoader(connection).graph.leaf_nodes()):
        bring_up_to_date(verbosity=0)
    connect_as("app")


def verify(heads: list[SignedHead]) -> dict[str, str]:
    """By federation, what is wrong with its record; empty where all are sound."""
    from schoolgate.core.ledger import verify_all

    found = verify_all(heads, own=False)
    return {slug: f"row {one.first_bad}: {one.why}" for slug, one in found if not one.sound}


def leave() -> None:
    """Let the database go, so that its server can be stopped."""
    connection.close()


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
    prepare_empty(Loaded(head={"migrations": []}))
    loaded = _copy(before, said)
    finish()
    from schoolgate.core.ledger import own_heads

    bad = verify(own_heads())
    if bad:
        raise BackupTrouble(
            "not_sound",
            f"The record does not match after the move: {bad}. The old database is still in "
            "use and unchanged.",
        )
    leave()
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


def _copy(before: str, said: Words) -> Loaded:
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
                reader, owner_url(), make_tables=make_tables, last=lambda *_: None,
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


STEPS = ("backup", "migrate", "verify")


def upgrade_arguments(parser: argparse.ArgumentParser) -> None:
    """How to do without the backup."""
    parser.add_argument(
        "--without-backup",
        action="store_true",
        help="skip the backup, if you already have one: without a backup you can't go back",
    )


def run_upgrade(options: argparse.Namespace) -> int:
    """Do what is left to do; 0: done, 1: not, and how to go on or back."""
    check_database(env(), "app", "owner")
    with the_only_one(folder("run")):
        if env().embedded_database:
            ensure_server(home())
        note = folder("run") / NOTE
        said = read_note(note)
        if said:
            print(f"An upgrade was interrupted at this step: {said['step']}. Continuing.")
        if said.get("step", "backup") == "backup":
            planned = _schoolgate("migrate", "--plan", "--verbosity", "0", capture=True)
            if planned.returncode != 0:
                print(planned.stderr.strip(), file=sys.stderr)
                return 1
            said = {"step": "backup", "backup": said.get("backup", "")}
            _write(note, said)
            if not options.without_backup and not _backup(said):
                note.unlink()
                return 1
        return _bring_up(note, said)


def _backup(said: dict[str, Any]) -> bool:
    print("1 of 3: backup", flush=True)
    done = _schoolgate("backup", capture=True)
    if done.returncode != 0:
        print(
            f"{done.stderr.strip()}\nNothing was changed. Fix this, or make your own backup and use "
            "--without-backup.",
            file=sys.stderr,
        )
        return False
    print(done.stdout.rstrip())
    first = done.stdout.splitlines()[0]
    said["backup"] = first.partition(": ")[2]
    return True


def _bring_up(note: Path, said: dict[str, Any]) -> int:
    for number, (step, words, failed) in enumerate(
        (
            ("migrate", ("migrate", "--verbosity", "0"), "The database migrations failed."),
            ("verify", ("audit", "verify"), "The record has changed."),
        ),
        2,
    ):
        if STEPS.index(said["step"]) > STEPS.index(step):
            continue
        said["step"] = step
        _write(note, said)
        print(f"{number} of 3: {'migrations' if step == 'migrate' else 'verifying the record'}", flush=True)
        if _schoolgate(*words).returncode != 0:
            print(f"{failed} {_way_back(said)}", file=sys.stderr)
            return 1
    note.unlink()
    print(f"Done. Start it with: {typed('up')}")
    return 0


def _way_back(said: dict[str, Any]) -> str:
    if not said.get("backup"):
        return f"Fix the problem above and run `{typed('upgrade')}` again."
    return (
        f"Fix the problem above and run `{typed('upgrade')}` again. Or go back: reinstall the previous "
        f"release and run\n  {typed('restore', said['backup'])} --identity KEY-FROM-THE-SAFE --into "
        "ANOTHER-HOME"
    )


def _schoolgate(*words: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "schoolgate", *words],
        env=for_a_child(),
        text=True,
        capture_output=capture,
        check=False,
    )


def _write(note: Path, said: dict[str, Any]) -> None:
    draft = note.with_suffix(".draft")
    draft.write_text(json.dumps(said))
    draft.replace(note)
