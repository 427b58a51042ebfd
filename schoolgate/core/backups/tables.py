"""What there is to back up, as the database's own catalogue has it: no list that could forget a table."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import sql

from schoolgate.core.backups.trouble import BROKE, BackupTrouble

LEFT_OUT = frozenset(
    {
        # Who is signed in ends with a restore; what is cached comes again.
        "django_session", "usersessions_usersession", "core_cache",
        # Jobs only say "look at this row"; the sweeps find due work without them.
        "procrastinate_jobs", "procrastinate_events",
        "procrastinate_periodic_defers", "procrastinate_workers",
        # Created by migrating; the archive's head says which migrations.
        "django_migrations",
    }
)  # fmt: skip
RECORD = frozenset({"core_ledgerrow", "ledger_clause"})
"""The record's own tables: full of digests, none of them a file's."""
TABLES = """
SELECT c.relname,
       c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
                                    AND a.attname = 'federation_id' AND NOT a.attisdropped),
       ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
             AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum),
       has_any_column_privilege(c.oid, 'SELECT')
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY c.relname
"""
NARROWED = """
SELECT tablename FROM pg_policies
WHERE schemaname = 'public' AND permissive = 'RESTRICTIVE' AND qual NOT LIKE '%schoolgate.copying%'
ORDER BY tablename
"""
"""Tables of which a federation's scope shows not every row, and of which a backup would not have them
either."""
SEQUENCES = """
SELECT sequencename::text, last_value FROM pg_sequences
WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename NOT LIKE 'procrastinate%%'
ORDER BY sequencename
"""


@dataclass(frozen=True)
class Table:
    """A table: whether each federation has its own rows in it, and the columns that are not computed."""

    name: str
    scoped: bool
    columns: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as the archive's head has it."""
        return asdict(self)

    @staticmethod
    def from_json(said: dict[str, Any]) -> Table:
        """What `to_json` wrote."""
        return Table(str(said["name"]), bool(said["scoped"]), tuple(map(str, said["columns"])))


def tables(connection: psycopg.Connection) -> list[Table]:
    """Return the tables of a database that belong in a backup, by name.

    Raises BackupTrouble if the connection's role may not read one, or not all of its rows: a backup without
    them would be a lie."""
    narrowed = [str(row[0]) for row in connection.execute(NARROWED).fetchall()]
    if narrowed:
        raise BackupTrouble(BROKE, f"Some rows of {narrowed[0]} can't be copied, so nothing was backed up.")
    found = []
    for name, scoped, columns, readable in connection.execute(TABLES).fetchall():
        if name in LEFT_OUT:
            continue
        if not readable:
            raise BackupTrouble(
                BROKE, f"The program is not allowed to read the table {name}, so nothing was backed up."
            )
        found.append(Table(name, scoped, tuple(columns)))
    return found


def sequences(connection: psycopg.Connection) -> dict[str, int]:
    """The number that each sequence gave last."""
    return {name: int(last) for name, last in connection.execute(SEQUENCES).fetchall()}


def migrations(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """Which migrations made the tables, in their order."""
    return [
        (str(app), str(name))
        for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    ]


def federations(connection: psycopg.Connection) -> list[int]:
    """Every federation of the installation."""
    return [
        int(row[0]) for row in connection.execute("SELECT id FROM core_federation ORDER BY id").fetchall()
    ]


def enter(connection: psycopg.Connection, federation_id: int | None) -> None:
    """Show the rows of one federation, or of none, until the transaction ends; also those that only their
    readers see (`only_read_by`): a backup without them would be a lie."""
    said = "" if federation_id is None else str(federation_id)
    connection.execute(
        "SELECT set_config('schoolgate.federation', %s, true), set_config('schoolgate.copying', 'all', true)",
        [said],
    )


def copy_out(table: Table) -> sql.Composed:
    """The statement that reads a table's rows."""
    return sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table.name), _columns(table))


def copy_in(table: Table) -> sql.Composed:
    """The statement that takes a table's rows."""
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), _columns(table))


def _columns(table: Table) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, table.columns))
