"""Making a backup: written beside, proven readable, then named; only then the oldest goes. And a restore
that is rehearsed beside the running program, with the very command that would be used in earnest.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from django.db import connection
from django.db.models import Max

from schoolgate.core import ledger, vault
from schoolgate.core.backups import sealing
from schoolgate.core.backups.sealing import BROKE, BUSY, NOT_SOUND, BackupTrouble, OnShelf
from schoolgate.core.backups.snapshot import Snapshot, Source, read_through, write_snapshot
from schoolgate.core.days import stored_instant
from schoolgate.core.env import env, for_a_child_without_database
from schoolgate.core.errors import NotFound
from schoolgate.core.files import the_store
from schoolgate.core.home import folder
from schoolgate.core.home import keys as keys_folder
from schoolgate.core.ledger import public_key_pem
from schoolgate.core.models import Backup, BackupRehearsal, Restoration
from schoolgate.core.postgres.server import database_url

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
        gone = sealing.drop_oldest(place, keep=keep) if keep else []
        if gone and kept:
            Backup.objects.filter(number__in=gone, folder=str(place)).update(gone_at=at)
    return Made(row, made[0], gone, made[1])


def seal_whole_keys(passphrase: str) -> bytes:
    """The home's keys as one file, sealed with a passphrase. Raises BackupTrouble where it is too short.

    The keys of record and vault are made here where the home has not needed them yet: else a file of keys
    from its first hour would not open what comes after, nor know the home's own backups.
    """
    ledger.public_key()
    vault.known_keys()
    return sealing.seal_keys(passphrase)


def _save(row: Backup, *, kept: bool) -> None:
    """Save the row; a home that is being upgraded from an early release has no table for it yet."""
    if kept:
        row.save()


def _make(
    row: Backup, place: Path, *, wanted: int, at: datetime, tell: Tells
) -> tuple[OnShelf, timedelta | None]:
    to_the_safe = sealing.recipient()
    sealing.drop_drafts(place)
    sealing.check_room(place, wanted)
    private, public = sealing.key_of_one_backup()
    on = OnShelf(row.number, place / sealing.name_of(row.number, at))
    draft = place / f".{on.path.name}.draft"
    try:
        snapshot = _write(draft, [to_the_safe, public], number=row.number, at=at, tell=tell)
        row.digest = read_again(draft, private, snapshot.digest)
        row.size = draft.stat().st_size
        draft.replace(on.path)
        sealing.reach_the_disk([place])
    finally:
        draft.unlink(missing_ok=True)
    sealing.keep_newest(private)
    row.rows, row.files = sum(snapshot.rows.values()), snapshot.files
    row.record = {owner: said[0] for owner, said in snapshot.record.items()}
    sealing.write_note(on, _note(row, snapshot, to_the_safe))
    return on, _clock_behind(snapshot, at)


def _write(draft: Path, recipients: list[str], *, number: int, at: datetime, tell: Tells) -> Snapshot:
    try:
        with private_file(draft) as file, sealing.sealing(file, recipients) as target:
            done = write_snapshot(
                target,
                this_installation(recipients[0]),
                number=number,
                at=at,
                sign=ledger.sign_bytes,
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
    return Source(url, the_store(), _heads_for, ledger.public_key_pem(), recipient)


def _heads_for(record: dict[str, tuple[int, str, str]]) -> bytes:
    """Return the signed heads up to the snapshot: later ones refer to rows that it does not have."""
    path = ledger.heads_file()
    if not path.exists():
        return b""
    lines = path.read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if line.endswith(b"\n") and ledger.is_up_to(line, record))


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
    lying = sealing.shelf(place) if place.is_dir() else []
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
    stored = sum(laid.size for laid in the_store().laid())
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


EVERY = timedelta(days=7)
"""House rule: a backup that has never been restored is only a hope."""
AGAIN = timedelta(hours=20)
"""House rule: what failed is tried again by the next day's job, as a better backup may lie there by then."""
LATEST = timedelta(days=2)
"""House rule: with daily backups, an older one means that something has stopped."""
LONGEST = 4 * 60 * 60
Runs = Callable[[list[str]], "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True)
class BackupStatus:
    """The status of the backups. `trouble`: a short code, empty where all is well."""

    newest: Backup | None
    failed: Backup | None
    rehearsed: BackupRehearsal | None
    trouble: str


def standing(at: datetime) -> BackupStatus:
    """Return the status at an instant; three queries."""
    newest = Backup.objects.filter(trouble="", gone_at=None).order_by("-number").first()
    last = Backup.objects.order_by("-number", "-pk").first()
    failed = last if last is not None and last.trouble else None
    rehearsed = BackupRehearsal.objects.order_by("-began_at").first()
    trouble = ""
    if newest is None:
        trouble = "none"
    elif at - newest.began_at > LATEST:
        trouble = "old"
    elif rehearsed is not None and rehearsed.trouble:
        trouble = "rehearsal"
    return BackupStatus(newest, failed, rehearsed, trouble)


def is_due(at: datetime) -> bool:
    """Whether a trial restore of the newest backup is due. Not if it is on a disk that is not mounted now:
    the next daily backup comes soon."""
    if sealing.newest() is None or newest_on_shelf() is None:
        return False
    last = BackupRehearsal.objects.order_by("-began_at").first()
    return last is None or at - last.began_at >= (AGAIN if last.trouble else EVERY)


def newest_on_shelf() -> OnShelf | None:
    """Return the newest backup in its folder, which is the one that the home has the key of; None if it is
    not there. One that an upgrade made before there were rows for backups is found by its name."""
    row = Backup.objects.filter(trouble="", gone_at=None).order_by("-number").first()
    place = Path(row.folder) if row else backup_folder()
    lying = sealing.shelf(place) if place.is_dir() else []
    return next((each for each in lying if row is None or each.number == row.number), None)


def rehearse(*, at: datetime, clock: Callable[[], datetime], run: Runs | None = None) -> BackupRehearsal:
    """Restore the newest backup into a home of its own, verify its record, count, and remove it; save the
    result. Outside any scope. `run` starts the command. Raises NotFound if there is no backup."""
    on = newest_on_shelf()
    if on is None:
        raise NotFound
    shutil.rmtree(folder("run", "rehearsal"), ignore_errors=True)  # of one that was killed
    scratch = folder("run", "rehearsal")
    row = BackupRehearsal(number=on.number, began_at=at)
    try:
        row.rows = _try(on, scratch, run or _run)
    except BackupTrouble as trouble:
        row.trouble = trouble.code
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        row.trouble = BROKE
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    row.ended_at = clock()
    row.save()
    return row


def _try(on: OnShelf, scratch: Path, run: Runs) -> int:
    sealing.check_room(scratch, 4 * on.path.stat().st_size + 150_000_000)
    key = scratch / "record-key.pem"
    key.write_text(public_key_pem())
    done = run(
        [
            sys.executable, "-m", "schoolgate", "restore", str(on.path), "--json",
            "--identity", str(keys_folder() / sealing.NEWEST), "--record-key", str(key),
            "--into", str(scratch / "home"),
        ]
    )  # fmt: skip
    if done.returncode == 3:
        raise BackupTrouble(NOT_SOUND, "the record of the newest backup is not sound")
    if done.returncode != 0:
        raise BackupTrouble(BROKE, done.stderr[-400:])
    rows = int(json.loads(done.stdout)["rows"])
    note = sealing.read_note(on)
    if note is not None and sum(note["rows"].values()) != rows:
        raise BackupTrouble(NOT_SOUND, "the number of rows restored differs from the number backed up")
    return rows


def _run(words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        env=for_a_child_without_database(),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
