"""Writes everything of one federation in open formats: to keep, to read without the program, or to move it
to an installation of its own.

The archive is a backup's (`archive`), with other pieces: each table as CSV with a header (RFC 4180; an empty
field is "no value", `""` an empty text), described in `datapackage.json` (Frictionless Data Package); what
people wrote and only some may read, opened, one JSON a line; each file as it was uploaded. It leaves out the
keys to networks, passwords, second steps and sign-ins: they belong to the installation, or to people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from psycopg import sql

from schoolgate.core import sealed_files, vault
from schoolgate.core.backups import tables
from schoolgate.core.backups.archive import END, FORMAT, HEAD, Writer
from schoolgate.core.backups.package import describe
from schoolgate.core.backups.readme import readme
from schoolgate.core.backups.tables import Table
from schoolgate.core.backups.trouble import BROKE, BackupTrouble
from schoolgate.core.backups.writing import (
    DIGEST,
    HEAD_OF_RECORD,
    PIECE,
    Signs,
    Source,
    Tells,
    signed_bytes,
    stored_files,
)

FEDERATION = "federation"
"""What the head of such an archive calls itself."""
SECRETS = "core_vaultsecret"
"""Keys and sealed words, as one table: only the words go along, opened."""
OF_THE_INSTALLATION = {
    "core_federation": "SELECT {columns} FROM core_federation WHERE id = {owner}",
    "people_membership": "SELECT {columns} FROM people_membership WHERE federation_id = {owner}",
    "people_user": (
        "SELECT {columns} FROM (SELECT u.id, '!' AS password, NULL::timestamptz AS last_login, u.email, "
        "u.is_active, false AS must_set_factor, u.address_unproven FROM people_user u WHERE EXISTS "
        "(SELECT 1 FROM people_membership m WHERE m.user_id = u.id AND m.federation_id = {owner})) u"
    ),
    "account_emailaddress": (
        "SELECT {columns} FROM account_emailaddress e WHERE EXISTS (SELECT 1 FROM people_membership m "
        "WHERE m.user_id = e.user_id AND m.federation_id = {owner})"
    ),
}
"""Of the tables without a federation: its own row, and who signs in there. No password goes along: `!` is
what Django sets where there is none."""


@dataclass
class Written:
    """What was written. `left_out`: how many keys and passwords for other services stayed behind."""

    rows: dict[str, int] = field(default_factory=dict)
    record: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    words: int = 0
    left_out: int = 0
    files: int = 0
    digest: str = ""


@dataclass(frozen=True)
class Owner:
    """The federation that is written: `languages`: those of the text that goes with it."""

    pk: int
    slug: str
    name: str
    languages: tuple[str, ...]


def write_federation(
    target: BinaryIO,
    source: Source,
    owner: Owner,
    *,
    at: datetime,
    sign: Signs,
    tell: Tells = lambda _what, _count: None,
) -> Written:
    """Write all of a federation to `target`, which is never rewound; return what there was.

    Raises BackupTrouble, psycopg.Error, OSError.
    """
    done = Written()
    archive = Writer(target)
    places: dict[str, list[str]] = {}
    named: set[str] = set()
    stored = stored_files(source.files, owner.pk)
    with psycopg.connect(source.url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables.enter(connection, owner.pk)
        found = [
            one
            for one in tables.tables(connection)
            if one.name != SECRETS and (one.scoped or one.name in OF_THE_INSTALLATION)
        ]
        archive.add_json(HEAD, _head(connection, found, owner, at=at))
        for language in owner.languages:
            archive.add(f"README.{language}.txt", readme(owner.name, at=at, language=language).encode())
        counters: dict[str, int] = {}
        for table in found:
            counters |= _highest(connection, table, owner.pk)
            places[table.name] = []
            done.rows[table.name] = 0
            for number, (content, rows) in enumerate(_pieces(connection, table, owner.pk)):
                if table.name not in tables.RECORD:
                    named.update(stored.intersection(each.decode() for each in DIGEST.findall(content)))
                place = f"tables/{table.name}/{owner.pk}/{number:06}.csv"
                archive.add(place, content)
                places[table.name].append(place)
                done.rows[table.name] += rows
                tell(table.name, done.rows[table.name])
        _write_words(archive, connection, done)
        head = connection.execute(HEAD_OF_RECORD).fetchone()
        if head is not None:
            done.record[str(owner.pk)] = (int(head[0]), str(head[1]), head[2].isoformat())
    archive.add("record/heads.jsonl", _own_heads(source.heads(done.record), owner.pk))
    archive.add("record/key.pem", source.public_key.encode())
    folder = source.files / str(owner.pk)
    for digest in sorted(named):
        done.files += _write_file(archive, folder / digest[:2] / digest, owner.pk)
        tell("files", done.files)
    archive.add("datapackage.json", describe(owner.slug, owner.name, places, at=at).encode())
    done.digest = archive.digest()
    end = {
        "digest": done.digest, "rows": done.rows, "record": done.record, "words": done.words,
        "files": done.files, "sequences": counters,
    }  # fmt: skip
    archive.add_json(END, end | {"signature": sign(signed_bytes(end))})
    archive.close()
    return done


def _head(
    connection: psycopg.Connection, found: list[Table], owner: Owner, *, at: datetime
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "kind": FEDERATION,
        "number": 0,
        "at": at.isoformat(),
        "federation": {"id": owner.pk, "slug": owner.slug, "name": owner.name},
        "migrations": tables.migrations(connection),
        "tables": [table.to_json() for table in found],
    }


def _rows_of(table: Table, owner: int) -> sql.Composed:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    if table.scoped:
        chosen = sql.SQL("SELECT {} FROM {} WHERE federation_id = {}").format(
            columns, sql.Identifier(table.name), sql.Literal(owner)
        )
    else:
        chosen = sql.SQL(OF_THE_INSTALLATION[table.name]).format(columns=columns, owner=sql.Literal(owner))
    return sql.SQL("COPY ({}) TO STDOUT (FORMAT csv, HEADER true)").format(chosen)


def _pieces(connection: psycopg.Connection, table: Table, owner: int) -> Iterator[tuple[bytes, int]]:
    """Yield a table's CSV in pieces of whole rows, and how many rows each has; the first begins with the
    names of the columns. None where it has no row."""
    held: list[bytes] = []
    size = rows = 0
    header = True
    with connection.cursor() as cursor, cursor.copy(_rows_of(table, owner)) as copy:
        for row in copy:
            held.append(bytes(row))
            size += len(row)
            rows += not header
            header = False
            if size >= PIECE:
                yield b"".join(held), rows
                held.clear()
                size = rows = 0
    if rows:
        yield b"".join(held), rows


def _highest(connection: psycopg.Connection, table: Table, owner: int) -> dict[str, int]:
    """Return the counter of a table's numbers, with the highest that this federation has: how far it went
    says how many rows the others have."""
    if "id" not in table.columns or not table.scoped:
        return {}
    row = connection.execute(
        sql.SQL("SELECT pg_get_serial_sequence({}, 'id'), max(id) FROM {} WHERE federation_id = {}").format(
            sql.Literal(table.name), sql.Identifier(table.name), sql.Literal(owner)
        )
    ).fetchone()
    if row is None or row[0] is None or row[1] is None:
        return {}
    return {str(row[0]).rpartition(".")[2].strip('"'): int(row[1])}


def _write_words(archive: Writer, connection: psycopg.Connection, done: Written) -> None:
    """What only some may read, opened; keys to other services stay behind."""
    known = vault.known_keys()
    held: list[str] = []
    size = pieces = 0

    def put() -> None:
        nonlocal size, pieces
        archive.add(f"words/{pieces:06}.jsonl", "".join(held).encode())
        held.clear()
        size, pieces = 0, pieces + 1

    with connection.cursor(name="words") as cursor:
        cursor.itersize = 500
        cursor.execute("SELECT id, federation_id, purpose, about, sealed FROM core_vaultsecret ORDER BY id")
        for pk, federation, purpose, about, sealed in cursor:
            if purpose not in vault.WORDS:
                done.left_out += 1
                continue
            said: dict[str, Any] = {"id": pk, "purpose": purpose, "about": about}
            try:
                said["text"] = vault.open_sealed(bytes(sealed), federation, pk, purpose, known)
            except vault.CannotOpen:
                said["cannot_open"] = True
            held.append(json.dumps(said, ensure_ascii=False) + "\n")
            size += len(held[-1])
            done.words += 1
            if size >= PIECE:
                put()
    if held:
        put()


def _own_heads(lines: bytes, owner: int) -> bytes:
    """Return the signed heads of this federation's record alone."""
    own = re.compile(rb'"federation": %d[,}]' % owner)
    return b"".join(line for line in lines.splitlines(keepends=True) if own.search(line))


def _write_file(archive: Writer, path: Path, owner: int) -> bool:
    """Write a file as it was uploaded, a sealed one opened and in pieces; return whether it is there: one
    that was erased meanwhile is needed by nothing any more."""
    if sealed_files.is_sealed(path):
        try:
            for number, content in enumerate(sealed_files.read(path.name, federation_id=owner)):
                archive.add(f"sealed/{owner}/{path.name}/{number:06}", content)
        except sealed_files.Lost as error:
            raise BackupTrouble(
                BROKE, f"The sealed file {path.name[:12]} can't be opened. Nothing was exported."
            ) from error
    elif path.is_file():
        archive.add_file(f"files/{owner}/{path.name}", path)
    else:
        return False
    return True
