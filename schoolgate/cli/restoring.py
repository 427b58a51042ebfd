"""What a restore does with the database, once the home is chosen: Django is set up here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from schoolgate.cli.main import prepare
from schoolgate.cli.registry import Needs
from schoolgate.core.backups import journal, restoring
from schoolgate.core.backups.journal import Newer
from schoolgate.core.backups.shelf import BackupTrouble
from schoolgate.core.backups.snapshot import Loaded
from schoolgate.core.days import stored_instant
from schoolgate.core.env import choose, env
from schoolgate.core.home import folder
from schoolgate.core.postgres.for_django import django_database
from schoolgate.core.postgres.server import database_url

if TYPE_CHECKING:
    from schoolgate.core.ledger import SignedHead


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
    from schoolgate.cli.migrate import bring_up_to_date, let_the_application_in
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
    from schoolgate.cli.migrate import bring_up_to_date

    connection.close()
    if MigrationExecutor(connection).migration_plan(MigrationLoader(connection).graph.leaf_nodes()):
        bring_up_to_date(verbosity=0)
    connect_as("app")


def keep_heads(found: Loaded, key: object, *, same_key: bool) -> list[SignedHead]:
    """Put the signed heads of the backup where they belong; returns those whose signatures hold."""
    from schoolgate.core.ledger import BEFORE_RESTORE, heads_file, read_heads

    path = heads_file() if same_key else folder("record") / BEFORE_RESTORE
    path.write_bytes(found.heads)
    return read_heads(path, key)  # type: ignore[arg-type]


def newer_heads(file: Path | None, key: object) -> list[SignedHead]:
    """Signed heads from elsewhere. Raises BadAnchor, OSError."""
    from schoolgate.core.ledger import read_heads

    return [] if file is None else read_heads(file, key)  # type: ignore[arg-type]


def verify(heads: list[SignedHead]) -> dict[str, str]:
    """By federation, what is wrong with its record; empty where all are sound."""
    from schoolgate.core.ledger import verify_all

    found = verify_all(heads, own=False)
    return {slug: f"row {one.first_bad}: {one.why}" for slug, one in found if not one.sound}


def begin(found: Loaded, *, at: datetime, sound: bool, lost: dict[str, int]) -> dict[str, int]:
    """Record that this home was restored, and what follows from it, before it is first started."""
    from schoolgate.core.models import Restoration
    from schoolgate.reports import after_restore

    pk = restoring.note_restoration(owner_url(), found, at=at, sound=sound, lost=lost)
    return after_restore.begin(Restoration.objects.get(pk=pk), at=at)


def take_journal(source: Path, found: Loaded, *, at: datetime) -> Newer:
    """Begin the home's journal with another; return what of it is newer than the backup."""
    backup_at = stored_instant(str(found.head["at"]))
    newer = journal.newer_than(source, backup_at)
    journal.take_over(source, backup_at=backup_at, at=at)
    return newer


def leave() -> None:
    """Let the database go, so that its server can be stopped."""
    connection.close()
