"""Fills a database from a snapshot: creates empty tables in the state that the snapshot was taken in, then
loads their rows.

Done as the owner of the tables, before row security binds the owner too: `migrate` locks them down
afterwards, as it does with every database. So row security, triggers and rights of a restored database are
those of a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from psycopg import sql

from schoolgate.core.backups import tables
from schoolgate.core.backups.archive import BLOCK, END, FORMAT, HEAD, Piece, pieces
from schoolgate.core.backups.tables import Table
from schoolgate.core.backups.trouble import BROKE, DAMAGED, NEWER, BackupTrouble
from schoolgate.core.outside.jsons import read_json

LEAP = 100_000
"""How far each id counter jumps ahead after a restore: ids given out since the backup were used in addresses,
in mails and on networks, and must never be reused."""
KEYS = """
SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c
WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND c.conparentid = 0 ORDER BY 1, 2
"""
FORCED = """
SELECT c.oid::regclass::text FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relforcerowsecurity ORDER BY 1
"""
WORDS = """
INSERT INTO core_vaultsecret (id, federation_id, purpose, about, sealed, sealed_with)
VALUES (%s, %s, %s, %s, %s, %s)
"""
Tells = Callable[[str, int], None]


@dataclass
class Loaded:
    """What a snapshot says about itself, and what was taken from it."""

    head: dict[str, Any] = field(default_factory=dict)
    end: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    heads: bytes = b""
    public_key: str = ""
    recipient: str = ""

    @property
    def one_federation(self) -> bool:
        """Whether it is a federation's export (`federation`), not a backup of an installation."""
        return "federation" in self.head

    @property
    def migrations(self) -> list[tuple[str, str]]:
        """The migrations that had made the tables."""
        return [(str(app), str(name)) for app, name in self.head["migrations"]]


def read_through(source: BinaryIO, tell: Tells = lambda _what, _count: None) -> Loaded:
    """Read a snapshot to its end and return only its own summary. Raises BackupTrouble."""
    found = Loaded()
    for piece in pieces(source):
        where = piece.name.split("/")
        if piece.name == HEAD:
            found.head = check_head(piece.json())
        elif piece.name == END:
            found.end = piece.json()
        elif where[0] == "tables":
            count = _count_rows(piece, csv=found.one_federation)
            found.rows[where[1]] = found.rows.get(where[1], 0) + count
            tell(where[1], found.rows[where[1]])
        elif where[0] == "files" or _begins_sealed(where):
            found.files += 1
            tell("files", found.files)
        else:
            _note(found, piece)
    check_counts(found)
    return found


def check_head(head: dict[str, Any]) -> dict[str, Any]:
    """The head, where this release understands it. Raises BackupTrouble."""
    if int(head["format"]) > FORMAT:
        raise BackupTrouble(
            NEWER, "This backup was made by a newer release of Schoolgate. Restore it with that release."
        )
    return head


def check_counts(found: Loaded) -> None:
    """Raise BackupTrouble unless as many rows and files came as the end says."""
    said = {name: count for name, count in found.end["rows"].items() if count}
    if (
        said != {name: count for name, count in found.rows.items() if count}
        or found.end["files"] != found.files
    ):
        raise BackupTrouble(
            DAMAGED, "The contents of this backup do not match its own list. None of it has been used."
        )


def load(
    source: BinaryIO,
    url: str,
    *,
    make_tables: Callable[[list[tuple[str, str]]], None],
    last: Callable[[psycopg.Connection, Loaded], None],
    files: Path | None,
    leap: int = LEAP,
    tell: Tells = lambda _what, _count: None,
) -> Loaded:
    """Fill the database at `url` (its owner's address, without tables) in one transaction.

    Args:
        make_tables: makes the tables by these migrations, and no later ones.
        last: called in the transaction that brings the rows, before it commits.
        files: the folder of the store; None leaves the files where they are.
        leap: how far the counters of ids go ahead of the snapshot's.

    Raises BackupTrouble, psycopg.Error, OSError.
    """
    found = Loaded()
    each = pieces(source)
    first = next(each)
    if first.name != HEAD:
        raise BackupTrouble(DAMAGED, "This file is not a Schoolgate backup.")
    found.head = check_head(first.json())
    make_tables(found.migrations)
    named = {table.name: table for table in map(Table.from_json, found.head["tables"])}
    with psycopg.connect(url) as connection, unguarded(connection):
        _empty(connection, named)
        for piece in each:
            where = piece.name.split("/")
            if where[0] == "tables":
                _take_rows(connection, named[where[1]], piece, found, tell)
            elif where[0] == "words":
                _take_words(connection, piece, found)
            elif where[0] in ("files", "sealed"):
                found.files += where[0] == "files" or _begins_sealed(where)
                if files is not None:
                    _take_file(files, where, piece)
                tell("files", found.files)
            elif piece.name == END:
                found.end = piece.json()
            else:
                _note(found, piece)
        check_counts(found)
        _set_counters(connection, found.end["sequences"], leap)
        last(connection, found)
        connection.execute("ANALYZE")  # or the server would plan by guesswork until autovacuum runs
    return found


@contextmanager
def unguarded(connection: psycopg.Connection) -> Iterator[None]:
    """Take foreign keys and forced row security away for as long as rows come in, and put each back as it
    was: keys are checked in one go instead of row by row, and in whatever order the tables come."""
    keys = connection.execute(KEYS).fetchall()
    forced = [str(row[0]) for row in connection.execute(FORCED).fetchall()]
    away = [(table, "DROP CONSTRAINT {}", name) for table, name, _ in keys]
    _alter(connection, [*away, *((table, "NO FORCE ROW LEVEL SECURITY", "") for table in forced)])
    yield
    back = [(table, "ADD CONSTRAINT {} " + definition, name) for table, name, definition in keys]
    _alter(connection, [*back, *((table, "FORCE ROW LEVEL SECURITY", "") for table in forced)])


def _alter(connection: psycopg.Connection, changes: list[tuple[str, str, str]]) -> None:
    """Change each table once: at each change the server reads the table again, and those that it names."""
    for table, its in groupby(sorted(changes), key=itemgetter(0)):
        # The names of tables come from the catalogue, quoted where they need to be.
        how = sql.SQL(", ").join(sql.SQL(one).format(sql.Identifier(name)) for _table, one, name in its)
        connection.execute(sql.SQL("ALTER TABLE " + table + " ") + how)


def _empty(connection: psycopg.Connection, named: dict[str, Table]) -> None:
    """Remove what migrating itself has put into the tables: the snapshot has its own of it."""
    standing = {table.name for table in tables.tables(connection)}
    gone = sorted(set(named) - standing)
    if gone:
        raise BackupTrouble(
            BROKE, f"This release does not know these tables of the backup: {', '.join(gone[:5])}."
        )
    for name in sorted(named):
        table = sql.Identifier(name)
        if connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(table)).fetchone():
            connection.execute(sql.SQL("DELETE FROM {}").format(table))


def _take_rows(
    connection: psycopg.Connection, table: Table, piece: Piece, found: Loaded, tell: Tells
) -> None:
    statement = tables.copy_in(table)
    if found.one_federation:
        header = sql.SQL("true" if _has_header(piece) else "false")
        statement += sql.SQL(" (FORMAT csv, HEADER {})").format(header)
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            while block := piece.file.read(BLOCK):
                copy.write(block)
        found.rows[table.name] = found.rows.get(table.name, 0) + cursor.rowcount
    tell(table.name, found.rows[table.name])


def _count_rows(piece: Piece, *, csv: bool) -> int:
    """Return how many rows a piece of a table has. In CSV a line's end within quotes ends no row, and the
    first piece begins with the names of the columns."""
    count = 0
    quoted = False
    while block := piece.file.read(BLOCK):
        if not csv:
            count += block.count(b"\n")
            continue
        for number, part in enumerate(block.split(b'"')):
            quoted ^= number > 0
            count += 0 if quoted else part.count(b"\n")
    return count - (csv and _has_header(piece))


def _has_header(piece: Piece) -> bool:
    return piece.name.endswith("/000000.csv")


def _begins_sealed(where: list[str]) -> bool:
    return where[0] == "sealed" and where[-1] == "000000"


def _take_words(connection: psycopg.Connection, piece: Piece, found: Loaded) -> None:
    """Seal what only some may read with this installation's own keys."""
    from schoolgate.core import vault  # reads Django's models, which the home has to be chosen for

    owner, known = int(found.head["federation"]["id"]), vault.known_keys()
    name = vault.name_of(known[0])
    with connection.cursor() as cursor:
        for line in piece.content().splitlines():
            said = read_json(line)
            if "text" not in said:
                continue
            sealed = vault.seal_for(owner, said["id"], said["purpose"], said["text"], known)
            cursor.execute(WORDS, [said["id"], owner, said["purpose"], said["about"], sealed, name])


def _take_file(folder: Path, where: list[str], piece: Piece) -> None:
    """Put one file into the store. Its name is checked, for it comes from outside."""
    owner, digest = where[1:3]
    if not owner.isdigit() or len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise BackupTrouble(DAMAGED, "This backup contains a file with a name that Schoolgate never uses.")
    path = folder / owner / digest[:2] / digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if where[0] == "sealed":
        from schoolgate.core import sealed_files

        sealed_files.add_piece(path, int(where[3]), piece.file.read(piece.size))
        return
    with path.open("wb") as file:
        path.chmod(0o600)
        while block := piece.file.read(BLOCK):
            file.write(block)


def _note(found: Loaded, piece: Piece) -> None:
    if piece.name == "record/heads.jsonl":
        found.heads = piece.content()
    elif piece.name == "record/key.pem":
        found.public_key = piece.content().decode()
    elif piece.name == "record/recipient.txt":
        found.recipient = piece.content().decode()


def _set_counters(connection: psycopg.Connection, last: dict[str, int], leap: int) -> None:
    standing = {
        str(name): int(most)
        for name, most in connection.execute(
            "SELECT sequencename::text, max_value FROM pg_sequences WHERE schemaname = 'public'"
        ).fetchall()
    }
    for name, value in last.items():
        if name in standing:
            connection.execute(
                "SELECT setval(%s::regclass, %s)",
                [f'public."{name}"', min(int(value) + leap, standing[name])],
            )
