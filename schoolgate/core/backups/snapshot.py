"""A snapshot of the database: what there is to back up, as its own catalogue has it, written at one instant
with the files that it refers to; and empty tables in that state, filled from it.

It is read as the application's role, one federation after the other in one transaction: no greater right
is needed than the program has anyway, on its own server or on another. Files are only ever added, and
are written before the rows that refer to them, so that everything a row of the snapshot names is there
when its turn comes.

It is loaded as the owner of the tables, before row security binds the owner too: `migrate` locks them
down afterwards, as it does with every database. So row security, triggers and rights of a restored
database are those of a new one. A restore reads this before its home is chosen: nothing here reads
Django.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from psycopg import sql

from schoolgate.core.backups.sealing import (
    BLOCK,
    BROKE,
    DAMAGED,
    END,
    FORMAT,
    HEAD,
    NEWER,
    BackupTrouble,
    Piece,
    Writer,
    pieces,
)
from schoolgate.core.files import Place, Store
from schoolgate.core.outside.texts import read_json

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


PIECE = 4 << 20
DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
HEAD_OF_RECORD = """
SELECT h.number, encode(h.hash, 'hex'), r.at FROM core_ledgerhead h
JOIN core_ledgerrow r ON r.federation_id = h.federation_id AND r.number = h.number
"""
Signs = Callable[[bytes], str]
Tells = Callable[[str, int], None]
"""Told a word for what is being written, and how many rows or files of it there are so far."""


@dataclass
class Snapshot:
    """What was written. `rows` by table; `record` by federation: number and hash of the last row, and its
    instant."""

    rows: dict[str, int] = field(default_factory=dict)
    record: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    files: int = 0
    files_bytes: int = 0
    files_missing: int = 0
    digest: str = ""


@dataclass(frozen=True)
class Source:
    """Where a snapshot is taken from: the address of the database as the owner of its tables, the store of
    files, and the lines of signed heads with the key they are checked with."""

    url: str
    files: Store
    heads: Callable[[dict[str, tuple[int, str, str]]], bytes]
    public_key: str
    recipient: str = ""
    """The public key that backups are sealed to, so that a restored home keeps using it."""


def write_snapshot(
    target: BinaryIO,
    source: Source,
    *,
    number: int,
    at: datetime,
    sign: Signs,
    tell: Tells = lambda _what, _count: None,
) -> Snapshot:
    """Write a whole snapshot to `target`, which is never rewound; return what there was.

    Args:
        number: the counter of backups: the newest has the greatest, whatever the clock says.
        at: the instant of the snapshot.
        sign: signs the end, so that no one can substitute a backup of their own.

    Raises BackupTrouble, psycopg.Error, OSError.
    """
    done = Snapshot()
    archive = Writer(target)
    with psycopg.connect(source.url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = tables(connection)
        known = federations(connection)
        archive.add_json(HEAD, _head(connection, found, number=number, at=at))
        stored = {owner: stored_files(source.files, owner) for owner in known}
        wanted: dict[int, set[str]] = {owner: set() for owner in known}
        for table in found:
            done.rows[table.name] = 0
            for owner in known if table.scoped else [0]:
                enter(connection, owner or None)
                _write_table(
                    archive,
                    connection,
                    table,
                    owner=owner,
                    stored=stored.get(owner, set()),
                    named=wanted.get(owner, set()),
                    done=done,
                    tell=tell,
                )
        for owner in known:
            enter(connection, owner)
            head = connection.execute(HEAD_OF_RECORD).fetchone()
            if head is not None:
                done.record[str(owner)] = (int(head[0]), str(head[1]), head[2].isoformat())
        last = sequences(connection)
    archive.add("record/heads.jsonl", source.heads(done.record))
    archive.add("record/key.pem", source.public_key.encode())
    archive.add("record/recipient.txt", source.recipient.encode())
    _write_files(archive, source.files, wanted, done, tell)
    done.digest = archive.digest()
    archive.add_json(END, _end(done, last, number=number, sign=sign))
    archive.close()
    return done


def signed_bytes(end: dict[str, Any]) -> bytes:
    """Return the bytes that the end's signature covers: everything else in the end."""
    said = {name: value for name, value in end.items() if name != "signature"}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def _head(connection: psycopg.Connection, found: list[Table], *, number: int, at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "number": number,
        "at": at.isoformat(),
        "server": connection.info.server_version,
        "migrations": migrations(connection),
        "tables": [table.to_json() for table in found],
    }


def _end(done: Snapshot, last: dict[str, int], *, number: int, sign: Signs) -> dict[str, Any]:
    said = {
        "number": number,
        "digest": done.digest,
        "rows": done.rows,
        "record": done.record,
        "files": done.files,
        "files_missing": done.files_missing,
        "sequences": last,
    }
    return said | {"signature": sign(signed_bytes(said))}


def _write_table(
    archive: Writer,
    connection: psycopg.Connection,
    table: Table,
    *,
    owner: int,
    stored: set[str],
    named: set[str],
    done: Snapshot,
    tell: Tells,
) -> None:
    """The rows of one table and federation, in pieces; adds to `named` which of the stored files they
    name."""
    look = bool(stored) and table.name not in RECORD
    held: list[bytes] = []
    size = pieces = 0

    def put() -> None:
        nonlocal size, pieces
        content = b"".join(held)
        if look:
            named.update(stored.intersection(each.decode() for each in DIGEST.findall(content)))
        archive.add(f"tables/{table.name}/{owner}/{pieces:06}", content)
        done.rows[table.name] += content.count(b"\n")
        tell(table.name, done.rows[table.name])
        held.clear()
        size, pieces = 0, pieces + 1

    with connection.cursor() as cursor, cursor.copy(copy_out(table)) as copy:
        for row in copy:
            held.append(bytes(row))
            size += len(row)
            if size >= PIECE:
                put()
    if held:
        put()


def stored_files(store: Store, owner: int) -> set[str]:
    """Return the digests of the files that a federation has in the store."""
    return {laid.place.name for laid in store.laid(owner)}


def _write_files(
    archive: Writer, store: Store, wanted: dict[int, set[str]], done: Snapshot, tell: Tells
) -> None:
    for owner, digests in wanted.items():
        for digest in sorted(digests):
            try:
                done.files_bytes += archive.add_file(f"files/{owner}/{digest}", store, Place(owner, digest))
            except FileNotFoundError:  # erased since the snapshot: then nothing needs it any more
                done.files_missing += 1
                continue
            done.files += 1
            tell("files", done.files)


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
    standing = {table.name for table in tables(connection)}
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
    statement = copy_in(table)
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
