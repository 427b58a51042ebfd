"""Removes a federation from an installation for good, once an export of all of it was read through.

The record goes too: this is what the owner of the tables may do and the program may not. What stays is a
signed line in `record/left.jsonl` of the home, which says that it was there and went, and backups until
they are deleted."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime

import psycopg
from psycopg import sql

from schoolgate.core.backups import tables
from schoolgate.core.backups.loading import Loaded
from schoolgate.core.backups.trouble import NOT_SOUND, BackupTrouble
from schoolgate.core.home import files, folder
from schoolgate.core.ledger.left import Left, note, those_who_left

PLACES = ("before", "uploads")
"""Folders of the home, beside the files, that have one for each federation."""
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
HEAD = "SELECT number, encode(hash, 'hex') FROM core_ledgerhead WHERE federation_id = %s"


def check_export(found: Loaded, url: str, *, federation: int, slug: str) -> None:
    """Raise BackupTrouble unless the export is of this federation and has its record to the last row.

    `url`: of the database, as the owner of its tables.
    """
    said = found.head.get("federation", {})
    if (said.get("id"), said.get("slug")) != (federation, slug):
        raise BackupTrouble(NOT_SOUND, f"This file is not an export of {slug}. Nothing was removed.")
    with psycopg.connect(url) as owner:
        tables.enter(owner, federation)
        last = owner.execute(HEAD, [federation]).fetchone() or (0, "")
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
        tables.enter(owner, federation)
        last = owner.execute(HEAD, [federation]).fetchone() or (0, "")
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
    owner = str(left.federation)
    shutil.rmtree(files() / owner, ignore_errors=True)
    for place in PLACES:
        shutil.rmtree(folder(place) / owner, ignore_errors=True)
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
