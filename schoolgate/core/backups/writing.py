"""Writes a snapshot: the database at one instant, then the files that it refers to.

It is read as the application's role, one federation after the other in one transaction: no greater right is
needed than the program has anyway, on its own server or on another. Files are only ever added, and are
written before the rows that refer to them, so that everything a row of the snapshot names is there when its
turn comes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import psycopg

from schoolgate.core.backups import tables
from schoolgate.core.backups.archive import END, FORMAT, HEAD, Writer
from schoolgate.core.backups.tables import Table

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
    """Where a snapshot is taken from: the address of the database as the owner of its tables, the folder of
    files, and the lines of signed heads with the key they are checked with."""

    url: str
    files: Path
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
        found = tables.tables(connection)
        known = tables.federations(connection)
        archive.add_json(HEAD, _head(connection, found, number=number, at=at))
        stored = {owner: stored_files(source.files, owner) for owner in known}
        wanted: dict[int, set[str]] = {owner: set() for owner in known}
        for table in found:
            done.rows[table.name] = 0
            for owner in known if table.scoped else [0]:
                tables.enter(connection, owner or None)
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
            tables.enter(connection, owner)
            head = connection.execute(HEAD_OF_RECORD).fetchone()
            if head is not None:
                done.record[str(owner)] = (int(head[0]), str(head[1]), head[2].isoformat())
        last = tables.sequences(connection)
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
        "migrations": tables.migrations(connection),
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
    look = bool(stored) and table.name not in tables.RECORD
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

    with connection.cursor() as cursor, cursor.copy(tables.copy_out(table)) as copy:
        for row in copy:
            held.append(bytes(row))
            size += len(row)
            if size >= PIECE:
                put()
    if held:
        put()


def stored_files(folder: Path, owner: int) -> set[str]:
    """Return the digests of the files that a federation has in the store."""
    return {path.name for path in (folder / str(owner)).glob("??/*") if not path.name.startswith(".")}


def _write_files(
    archive: Writer, folder: Path, wanted: dict[int, set[str]], done: Snapshot, tell: Tells
) -> None:
    for owner, digests in wanted.items():
        for digest in sorted(digests):
            path = folder / str(owner) / digest[:2] / digest
            if not path.is_file():  # erased since the snapshot: then nothing needs it any more
                done.files_missing += 1
                continue
            done.files_bytes += archive.add_file(f"files/{owner}/{digest}", path)
            done.files += 1
            tell("files", done.files)
