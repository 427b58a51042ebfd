"""Making a backup: written beside, proven readable, then named; only then the oldest goes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from django.db import connection
from django.db.models import Max

from schoolgate.core import vault
from schoolgate.core.backups import keys, sealing, shelf
from schoolgate.core.backups.loading import read_through
from schoolgate.core.backups.shelf import OnShelf
from schoolgate.core.backups.trouble import BROKE, BUSY, BackupTrouble
from schoolgate.core.backups.writing import Snapshot, Source, write_snapshot
from schoolgate.core.days import stored_instant
from schoolgate.core.env import env
from schoolgate.core.home import files, folder
from schoolgate.core.ledger import heads
from schoolgate.core.models.running import Backup, Restoration
from schoolgate.core.postgres.address import database_url

Tells = Callable[[str, int], None]
SKEW = timedelta(minutes=5)
_LOCK = 0x5C400B0C
"""The number of the database's lock that one backup at a time holds."""


@dataclass(frozen=True)
class Made:
    """A backup that was made. `clock_behind`: how far this machine's clock is behind the record's last
    row."""

    row: Backup
    on: OnShelf
    gone: list[int]
    clock_behind: timedelta | None


def backup_folder() -> Path:
    """Return the default folder for backups, made on first use."""
    chosen = env().backup_folder
    if chosen is None:
        return folder("backups")
    chosen.mkdir(parents=True, exist_ok=True, mode=0o700)
    return chosen


def make_backup(
    *,
    at: datetime,
    to: Path | None = None,
    keep: int | None = None,
    tell: Tells = lambda _what, _count: None,
    clock: Callable[[], datetime] | None = None,
) -> Made:
    """Back the installation up, outside any scope; return what was made.

    Args:
        to: the folder; None: the one that was chosen.
        keep: how many backups stay in it; None: all.
        clock: tells when the backup finished; without it that is `at`.

    Raises BackupTrouble. A row of its own records what went wrong, and earlier backups are untouched.
    """
    place = to or backup_folder()
    with _alone():
        kept = Backup._meta.db_table in connection.introspection.table_names()
        number = _next_number(place, kept=kept)
        row = Backup(number=number, began_at=at, folder=str(place))
        try:
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            made = _make(row, place, wanted=_room_wanted(kept=kept), at=at, tell=tell)
        except (BackupTrouble, psycopg.Error, OSError) as error:
            trouble = _as_trouble(error)
            row.trouble, row.ended_at = trouble.code, clock() if clock else at
            _save(row, kept=kept)
            raise trouble from error
        row.ended_at = clock() if clock else at
        _save(row, kept=kept)
        gone = shelf.drop_oldest(place, keep=keep) if keep else []
        if gone and kept:
            Backup.objects.filter(number__in=gone, folder=str(place)).update(gone_at=at)
    return Made(row, made[0], gone, made[1])


def seal_whole_keys(passphrase: str) -> bytes:
    """The home's keys as one file, sealed with a passphrase. Raises BackupTrouble where it is too short.

    The keys of record and vault are made here where the home has not needed them yet: else a file of keys
    from its first hour would not open what comes after, nor know the home's own backups.
    """
    heads.public_key()
    vault.known_keys()
    return keys.seal_keys(passphrase)


def _save(row: Backup, *, kept: bool) -> None:
    """Save the row; a home that is being upgraded from an early release has no table for it yet."""
    if kept:
        row.save()


def _make(
    row: Backup, place: Path, *, wanted: int, at: datetime, tell: Tells
) -> tuple[OnShelf, timedelta | None]:
    to_the_safe = keys.recipient()
    shelf.drop_drafts(place)
    shelf.check_room(place, wanted)
    private, public = keys.key_of_one_backup()
    on = OnShelf(row.number, place / shelf.name_of(row.number, at))
    draft = place / f".{on.path.name}.draft"
    try:
        snapshot = _write(draft, [to_the_safe, public], number=row.number, at=at, tell=tell)
        row.digest = read_again(draft, private, snapshot.digest)
        row.size = draft.stat().st_size
        draft.replace(on.path)
        shelf.reach_the_disk([place])
    finally:
        draft.unlink(missing_ok=True)
    keys.keep_newest(private)
    row.rows, row.files = sum(snapshot.rows.values()), snapshot.files
    row.record = {owner: said[0] for owner, said in snapshot.record.items()}
    shelf.write_note(on, _note(row, snapshot, to_the_safe))
    return on, _clock_behind(snapshot, at)


def _write(draft: Path, recipients: list[str], *, number: int, at: datetime, tell: Tells) -> Snapshot:
    try:
        with private_file(draft) as file, sealing.sealing(file, recipients) as target:
            done = write_snapshot(
                target,
                this_installation(recipients[0]),
                number=number,
                at=at,
                sign=heads.sign_bytes,
                tell=tell,
            )
    except OSError as error:
        raise sealing.cannot_write(error) from error
    return done


def read_again(draft: Path, private: str, digest: str) -> str:
    """Read what reached the disk to its end, as a restore would; return the SHA-256 of the sealed file.

    `digest`: of what was written. Raises BackupTrouble.
    """
    with draft.open("rb") as file, sealing.opened(file, private) as opened:
        found = read_through(opened)
    if found.end["digest"] != digest:
        raise BackupTrouble(
            BROKE, "The backup reads back differently from what was written. The disk may be failing."
        )
    with draft.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner may read, flushed to the disk on leaving."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def this_installation(recipient: str = "") -> Source:
    """Return where a snapshot of this installation is taken from; `recipient` goes along in a backup.

    Django's connection may go to another database of the same server (a test's).
    """
    url = psycopg.conninfo.make_conninfo(
        database_url(env(), "app"),
        dbname=connection.settings_dict["NAME"],
        application_name="schoolgate backup",
    )
    return Source(url, files(), _heads_for, heads.public_key_pem(), recipient)


def _heads_for(record: dict[str, tuple[int, str, str]]) -> bytes:
    """Return the signed heads up to the snapshot: later ones refer to rows that it does not have."""
    path = heads.heads_file()
    if not path.exists():
        return b""
    lines = path.read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if line.endswith(b"\n") and heads.is_up_to(line, record))


def _note(row: Backup, snapshot: Snapshot, to_the_safe: str) -> dict[str, Any]:
    return {
        "number": row.number, "at": row.began_at.isoformat(), "size": row.size, "sha256": row.digest,
        "rows": snapshot.rows, "record": {owner: said[0] for owner, said in snapshot.record.items()},
        "files": snapshot.files, "sealed_to": to_the_safe,
    }  # fmt: skip


def _next_number(place: Path, *, kept: bool) -> int:
    """Return one more than any number known here or in the folder: after a restore the rows know less than
    the folder, and the backup that the home was made from has no row of itself."""
    newest = made_from = 0
    if kept:
        newest = Backup.objects.aggregate(most=Max("number"))["most"] or 0
        made_from = Restoration.objects.aggregate(most=Max("number"))["most"] or 0
    lying = shelf.shelf(place) if place.is_dir() else []
    return max([newest, made_from, *(each.number for each in lying)]) + 1


def _room_wanted(*, kept: bool) -> int:
    """Bytes that the next backup may take: as the last one and a fifth more; before the first, half of the
    database and all files."""
    last = Backup.objects.filter(trouble="").order_by("-number").first() if kept else None
    if last is not None:
        return last.size + last.size // 5
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        found = cursor.fetchone()
    stored = sum(path.stat().st_size for path in files().glob("*/??/*"))
    return (int(found[0]) if found else 0) // 2 + stored


def _clock_behind(snapshot: Snapshot, at: datetime) -> timedelta | None:
    last = max((stored_instant(said[2]) for said in snapshot.record.values()), default=at)
    return last - at if last - at > SKEW else None


def _as_trouble(error: Exception) -> BackupTrouble:
    if isinstance(error, BackupTrouble):
        return error
    if isinstance(error, OSError):
        return sealing.cannot_write(error)
    return BackupTrouble(
        BROKE, f"The database could not be read ({type(error).__name__}). Nothing was written."
    )


@contextmanager
def _alone() -> Iterator[None]:
    """One backup at a time. The lock belongs to the connection: a killed process leaves none behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if cursor.fetchone() != (True,):
            raise BackupTrouble(BUSY, "Another backup is already running.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
