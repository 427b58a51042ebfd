"""Restores a home from a sealed file: read through first, then filled beside its destination, then renamed.

A restore that was interrupted leaves a folder with another name, which is never started. Import Django's
modules only after choosing the home: settings read it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from psycopg.types.json import Jsonb

from schoolgate.core.backups import sealing
from schoolgate.core.backups.sealing import BROKE, DAMAGED, NEWER, NOT_EMPTY, BackupTrouble
from schoolgate.core.backups.snapshot import Loaded, load, read_through, signed_bytes
from schoolgate.core.migrations import ONLY_BEFORE

Tells = Callable[[str, int], None]
STOP = """
INSERT INTO core_installationstop (reason, placed_at, placed_by, lifted_by) VALUES (%s, %s, 'restore', '')
"""
RESTORATION = """
INSERT INTO core_restoration (number, backup_at, restored_at, sound, lost, told, released_by)
VALUES (%s, %s, %s, %s, %s, '{}', '') RETURNING id
"""
REASON = "restored"
"""The code of the reason for the stop; pages put it into words (`core.stops`)."""


@dataclass(frozen=True)
class Vouched:
    """Whose signature the backup bears: `known` where it was checked against a key from elsewhere than the
    file."""

    known: bool
    key: Ed25519PublicKey


def read_sealed(file: Path, identity: str, tell: Tells = lambda _what, _count: None) -> Loaded:
    """Open a sealed file and read it to its end; nothing is written. Raises BackupTrouble, OSError."""
    with file.open("rb") as source, sealing.opened(source, identity) as opened:
        return read_through(opened, tell)


def check_signature(found: Loaded, key: Ed25519PublicKey | None) -> Vouched:
    """Whether the backup was made by a home of ours: its end is signed with the key of the record.

    Args:
        key: the record's public key from elsewhere; None: the one in the file, which says only that it is
            whole.

    Raises BackupTrouble.
    """
    from schoolgate.core.ledger import key_from_pem

    signed_with = key or key_from_pem(found.public_key)
    try:
        signed_with.verify(bytes.fromhex(str(found.end["signature"])), signed_bytes(found.end))
    except (InvalidSignature, ValueError, KeyError) as error:
        raise BackupTrouble(
            DAMAGED,
            "This backup was not made by the installation whose key you gave: its "
            "signature is not valid. It may have replaced a real one. Nothing was "
            "restored.",
        ) from error
    return Vouched(key is not None, signed_with)


def check_known_migrations(found: Loaded, known: set[tuple[str, str]]) -> None:
    """Raise BackupTrouble where a newer release made the backup: this one does not know all of its tables.
    Also where it was made before the first release."""
    if ONLY_BEFORE.intersection(found.migrations):
        raise BackupTrouble(
            NEWER,
            "This backup was made before the first release of Schoolgate. Restore it with the version that "
            "made it.",
        )
    unknown = [f"{app}.{name}" for app, name in found.migrations if (app, name) not in known]
    if unknown:
        raise BackupTrouble(
            NEWER,
            f"This backup was made by a newer release of Schoolgate ({unknown[0]} is not known here). "
            "Restore it with that release.",
        )


@contextmanager
def beside(into: Path) -> Iterator[Path]:
    """A folder beside `into` to fill; it takes that name once this is left without an error.

    Raises BackupTrouble unless `into` is not there, or is empty.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BackupTrouble(
            NOT_EMPTY,
            f"{into} is not empty. Choose a new or empty folder. Nothing was done.",
        )
    into.parent.mkdir(parents=True, exist_ok=True)
    draft = into.with_name(f".{into.name}.restoring")
    _put_away(draft)
    draft.mkdir(mode=0o711)
    try:
        yield draft
        _end_server(draft)
        draft.replace(into)
        sealing.reach_the_disk([into.parent])
    except BaseException:
        _put_away(draft)
        raise


def check_space(into: Path, file: Path) -> None:
    """Raise BackupTrouble if there is clearly too little space: tables take several times their sealed
    size."""
    place = into if into.exists() else into.parent
    while not place.exists():
        place = place.parent
    sealing.check_room(place, 3 * file.stat().st_size + 150_000_000)


def fill_database(
    file: Path,
    identity: str,
    url: str,
    *,
    make_tables: Callable[[list[tuple[str, str]]], None],
    files: Path,
    at: datetime,
    tell: Tells,
) -> Loaded:
    """Create the tables of the snapshot's own state and load its rows, with the stop that a restored home
    starts with. `url`: of an empty database, as its owner."""

    def stop(connection: psycopg.Connection, _found: Loaded) -> None:
        connection.execute(STOP, [REASON, at])

    with file.open("rb") as source, sealing.opened(source, identity) as opened:
        return load(opened, url, make_tables=make_tables, last=stop, files=files, tell=tell)


def note_restoration(url: str, found: Loaded, *, at: datetime, sound: bool, lost: dict[str, int]) -> int:
    """Write, as the owner, the row that stops the home from sending anything out; return its id."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "UPDATE core_restoration SET released_at = %s, released_by = 'restore' WHERE released_at IS NULL",
            [at],
        )
        row = connection.execute(
            RESTORATION,
            [found.head["number"], found.head["at"], at, sound, Jsonb(lost)],
        ).fetchone()
    if row is None:
        raise BackupTrouble(BROKE, "The restore could not be recorded in the database.")
    return int(row[0])


def rows_lost(found: Loaded, newer: list[Any]) -> dict[str, int]:
    """By federation, how many rows of the record were signed after the backup: they are not in it.

    Args:
        newer: signed heads from elsewhere, their signatures checked.
    """
    last = {owner: int(said[0]) for owner, said in found.end["record"].items()}
    lost: dict[str, int] = {}
    for head in newer:
        owner = str(head.federation)
        more = head.number - last.get(owner, 0)
        if more > lost.get(owner, 0):
            lost[owner] = more
    return lost


def _put_away(draft: Path) -> None:
    if draft.exists():
        _end_server(draft)
        shutil.rmtree(draft, ignore_errors=True)


def _end_server(home: Path) -> None:
    from schoolgate.core.postgres.server import release_server, server_of

    release_server(home)
    server_of(home).stop()
    for path in (home / "postgres").glob("*.lock"):
        path.unlink(missing_ok=True)
    _forget_socket(home)


def _forget_socket(home: Path) -> None:
    """Remove the socket's folder, which may be outside the home, under a name made from the home's path."""
    from schoolgate.core.postgres.server import server_of

    socket_folder = server_of(home).socket_folder
    if not socket_folder.is_relative_to(home) and socket_folder.is_dir() and not os.listdir(socket_folder):  # noqa: PTH208
        socket_folder.rmdir()
