"""Everything of one federation in open formats: to keep, to read without the program, or to move it to an
installation of its own; written beside its name, read back, and only then named. And its removal for
good, once an export was read through.

The archive is a backup's, with other pieces: each table as CSV with a header (RFC 4180; an empty field
is "no value", `""` an empty text), described in `datapackage.json`
(https://specs.frictionlessdata.io/data-package/): what each table is for, its columns with their types,
its key, and what points where; what people wrote and only some may read, opened, one JSON a line; each
file as it was uploaded. It leaves out the keys to networks, passwords, second steps and sign-ins: they
belong to the installation, or to people.

A removal takes the record too: this is what the owner of the tables may do and the program may not. What
stays is a signed line in `record/left.jsonl` of the home, which says that it was there and went, and
backups until they are deleted.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from psycopg import sql

from schoolgate.core import ledger, sealed_files, vault
from schoolgate.core.backups import sealing, snapshot
from schoolgate.core.backups.making import private_file, read_again, this_installation
from schoolgate.core.backups.sealing import BROKE, END, FORMAT, HEAD, NOT_SOUND, BackupTrouble, Writer
from schoolgate.core.backups.snapshot import (
    DIGEST,
    HEAD_OF_RECORD,
    PIECE,
    Loaded,
    Signs,
    Source,
    Table,
    Tells,
    signed_bytes,
    stored_files,
)
from schoolgate.core.data_map import entries
from schoolgate.core.data_map.checks import all_models
from schoolgate.core.files import FILES, PASSING, Place, Store, the_store
from schoolgate.core.ledger import Left, note, those_who_left
from schoolgate.core.models import Federation

TYPES: dict[type[models.Field[Any, Any]], tuple[str, str]] = {
    models.IntegerField: ("integer", ""),
    models.FloatField: ("number", ""),
    models.DecimalField: ("number", ""),
    models.DateTimeField: ("datetime", "any"),
    models.DateField: ("date", ""),
    models.TimeField: ("time", ""),
    models.JSONField: ("any", "JSON"),
    models.BinaryField: ("string", "hexadecimal, after \\x"),
    models.BooleanField: ("boolean", ""),
    models.EmailField: ("string", "email"),
}
"""By the kind of column; the first that fits. Anything else is text."""


FORMATS = ("", "any", "email")


def describe(slug: str, name: str, places: Mapping[str, list[str]], *, at: datetime) -> str:
    """Return `datapackage.json`.

    Args:
        places: for each table the paths of its pieces in the archive, to be read one after the other.
        at: the instant of the export.
    """
    by_table = {model._meta.db_table: model for model in all_models()}
    said = {
        "profile": "tabular-data-package",
        "name": slug,
        "title": name,
        "created": at.isoformat(),
        "resources": [_resource(by_table[table], paths) for table, paths in places.items() if paths],
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _resource(model: type[models.Model], paths: list[str]) -> dict[str, Any]:
    label = model._meta.label
    whose = {one.name: one for one in entries.load().fields_of(label)}
    fields = [field for field in model._meta.local_fields if field.column is not None]
    return {
        "profile": "tabular-data-resource",
        "name": model._meta.db_table,
        "description": entries.load().tables[label].why,
        "path": paths if len(paths) > 1 else paths[0],
        "encoding": "utf-8",
        "dialect": {"header": True, "nullSequence": ""},
        "schema": {
            "fields": [_field(field, whose[field.name]) for field in fields],
            "primaryKey": [field.column for field in fields if field.primary_key],
            "foreignKeys": [
                {"fields": field.column, "reference": {"resource": to._meta.db_table, "fields": "id"}}
                for field in fields
                if isinstance(field, models.ForeignKey)
                and (to := field.remote_field.model)._meta.pk.column == "id"
            ],
        },
    }


def _field(field: models.Field[Any, Any], said: entries.FieldSaid) -> dict[str, Any]:
    kind, how = next(
        (each for sort, each in TYPES.items() if isinstance(field, sort)),
        ("integer", "") if isinstance(field, models.AutoField | models.ForeignKey) else ("string", ""),
    )
    made: dict[str, Any] = {"name": field.column, "type": kind}
    if how and how in FORMATS:
        made["format"] = how
    whose = f" of {' '.join(said.whose)}" if said.whose else ""
    written = "" if how in FORMATS else f" ({how})"
    made["description"] = f"{said.kind.value}{whose}{written}"
    if kind == "boolean":
        made |= {"trueValues": ["t"], "falseValues": ["f"]}
    if not field.null:
        made["constraints"] = {"required": True}
    if field.choices:
        made["description"] += ": " + ", ".join(str(key) for key, _label in field.flatchoices if key != "")
    return made


WIDTH = 78


def readme(name: str, *, at: datetime, language: str) -> str:
    """Return the text in a language: what is in the archive, how to read it, and what is not in it."""
    with override(language):
        parts = [
            _("Everything that Schoolgate stores for %(name)s, as of %(when)s.")
            % {"name": name, "when": f"{timezone.localtime(at):%d.%m.%Y, %H:%M}"},
            _(
                "Keep this as safe as the program itself. It contains concerns about children, messages from "
                "the public and the names of staff."
            ),
            _(
                "tables: a folder for each table, as CSV (UTF-8). The first line has the names of the "
                "columns. An empty field means “no value”; two quotation marks mean an empty text. A large "
                "table has several files: read them one after the other."
            ),
            _(
                "datapackage.json: what each table and column is for, which types they have and what points "
                "to what (frictionlessdata.io)."
            ),
            _(
                "words: what was written in concerns, breaches, conduct cases and searches, one JSON object "
                "on each line. “about” names the row that it belongs to."
            ),
            _("files: pictures, films and documents as they were uploaded, named by their SHA-256."),
            _("sealed: evidence and copies that only some people may open, in pieces: join them in order."),
            _(
                "record: the signed heads of the record and the key to check them. Each row of "
                "core_ledgerrow has its own bytes and the fingerprint (SHA-256) of the row before it."
            ),
            _(
                "Not included: passwords and second steps, keys to networks and other services, links and "
                "codes that were given to people, and backups."
            ),
            _(
                "To move it to an installation of its own: schoolgate restore FILE --identity KEYFILE "
                "--into FOLDER"
            ),
        ]
        return "\n\n".join(textwrap.fill(part, WIDTH) for part in parts) + "\n"


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
        snapshot.enter(connection, owner.pk)
        found = [
            one
            for one in snapshot.tables(connection)
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
                if table.name not in snapshot.RECORD:
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
    for digest in sorted(named):
        done.files += _write_file(archive, source.files, Place(owner.pk, digest))
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
        "migrations": snapshot.migrations(connection),
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


def _write_file(archive: Writer, store: Store, place: Place) -> bool:
    """Write a file as it was uploaded, a sealed one opened and in pieces; return whether it is there: one
    that was erased meanwhile is needed by nothing any more."""
    owner, name, _group = place
    if sealed_files.is_sealed(place):
        try:
            for number, content in enumerate(sealed_files.read(name, federation_id=owner)):
                archive.add(f"sealed/{owner}/{name}/{number:06}", content)
        except sealed_files.Lost as error:
            raise BackupTrouble(
                BROKE, f"The sealed file {name[:12]} can't be opened. Nothing was exported."
            ) from error
        return True
    try:
        archive.add_file(f"files/{owner}/{name}", store, place)
    except FileNotFoundError:
        return False
    return True


@dataclass(frozen=True)
class Exported:
    """What was written; the size in bytes and the SHA-256 (hex) of the file."""

    written: Written
    size: int
    digest: str


def export_federation(
    federation: Federation, to: Path, *, at: datetime, tell: Tells = lambda _what, _count: None
) -> tuple[str, Exported]:
    """Write everything of a federation to a file, outside any scope; return the only key that opens it.

    Raises BackupTrouble, OSError: then there is no file.
    """
    private, public = sealing.key_of_one_backup()
    draft = to.with_name(f".{to.name}.draft")
    owner = Owner(federation.pk, federation.slug, federation.name, tuple(federation.languages))
    try:
        with private_file(draft) as file:
            try:
                with sealing.sealing(file, [public]) as target:
                    written = write_federation(
                        target, this_installation(), owner, at=at, sign=ledger.sign_bytes, tell=tell
                    )
            except OSError as error:
                raise sealing.cannot_write(error) from error
            except psycopg.Error as error:
                raise BackupTrouble(
                    BROKE, f"The database could not be read ({type(error).__name__}). Nothing was exported."
                ) from error
        digest = read_again(draft, private, written.digest)
        size = draft.stat().st_size
        draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)
    return private + "\n", Exported(written, size, digest)


OWNED = """
SELECT c.relname, 'federation_id' FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
AND a.attname = 'federation_id' AND NOT a.attisdropped ORDER BY 1
"""
"""The tables with a federation's rows: the record's and others of them point to nothing."""
POINTING = """
SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.confrelid = %s::regclass AND a.attname <> 'id' ORDER BY 1
"""
LAST_ROW = "SELECT number, encode(hash, 'hex') FROM core_ledgerhead WHERE federation_id = %s"


def check_export(found: Loaded, url: str, *, federation: int, slug: str) -> None:
    """Raise BackupTrouble unless the export is of this federation and has its record to the last row.

    `url`: of the database, as the owner of its tables.
    """
    said = found.head.get("federation", {})
    if (said.get("id"), said.get("slug")) != (federation, slug):
        raise BackupTrouble(NOT_SOUND, f"This file is not an export of {slug}. Nothing was removed.")
    with psycopg.connect(url) as owner:
        snapshot.enter(owner, federation)
        last = owner.execute(LAST_ROW, [federation]).fetchone() or (0, "")
    exported = found.end["record"].get(str(federation), (0, ""))
    if (int(exported[0]), exported[1]) != (int(last[0]), last[1]):
        raise BackupTrouble(
            NOT_SOUND,
            f"Something happened in {slug} since this export. Nothing was removed. Export it again while the "
            "program is stopped.",
        )


def remove_rows(url: str, *, federation: int, slug: str, at: datetime) -> Left:
    """Delete all rows of a federation and the sign-ins of people who have a place nowhere else, in one
    transaction of the owner's; return what to note.

    Raises psycopg.Error: then nothing went.
    """
    with psycopg.connect(url) as owner:
        owner.execute("SET CONSTRAINTS ALL DEFERRED")
        snapshot.enter(owner, federation)
        last = owner.execute(LAST_ROW, [federation]).fetchone() or (0, "")
        owned = _pointing_to(owner, "core_federation") + owner.execute(OWNED).fetchall()
        guarded = sorted({table for table, _column in owned if _has_guards(owner, table)})
        for table in guarded:
            owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
        rows = _remove_sign_ins(owner, federation)
        rows += sum(_delete(owner, table, column, [federation]) for table, column in owned)
        owner.execute("DELETE FROM core_federation WHERE id = %s", [federation])
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in guarded:
            owner.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
        left = Left(federation, slug, at.isoformat(), rows, int(last[0]), str(last[1]), done=False)
        note(left)
    return left


def remove_files(left: Left) -> None:
    """Delete the federation's files, and note that all is done."""
    for which in (FILES, PASSING):
        the_store(which).remove_all(left.federation)
    note(replace(left, done=True))


def cut_off(slug: str) -> Left | None:
    """Return a removal under this name whose files are still to go; None where there is none."""
    found = None
    for left in those_who_left():
        if left.slug == slug:
            found = None if left.done else left
    return found


def _has_guards(owner: psycopg.Connection, table: str) -> bool:
    row = owner.execute(
        "SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal LIMIT 1",
        [f"public.{table}"],
    ).fetchone()
    return row is not None


def _pointing_to(owner: psycopg.Connection, table: str) -> list[tuple[str, str]]:
    """Return the tables that point to one, each with its column."""
    return [(str(row[0]), str(row[1])) for row in owner.execute(POINTING, [table]).fetchall()]


def _delete(owner: psycopg.Connection, table: str, column: str, ids: list[int]) -> int:
    statement = sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(
        sql.Identifier(table), sql.Identifier(column)
    )
    return owner.execute(statement, [ids]).rowcount


def _remove_sign_ins(owner: psycopg.Connection, federation: int) -> int:
    """Delete the places in this federation, and who has no other with everything that points to them."""
    placed = owner.execute(
        "DELETE FROM people_membership WHERE federation_id = %s RETURNING user_id", [federation]
    ).fetchall()
    gone = [
        int(row[0])
        for row in owner.execute(
            "SELECT u.id FROM people_user u WHERE u.id = ANY(%s) "
            "AND NOT EXISTS (SELECT 1 FROM people_membership m WHERE m.user_id = u.id)",
            [[int(row[0]) for row in placed]],
        ).fetchall()
    ]
    count = sum(_delete(owner, table, column, gone) for table, column in _pointing_to(owner, "people_user"))
    return len(placed) + count + _delete(owner, "people_user", "id", gone)
