"""The folder of backups: their names, their order, and which of them to drop.

Order is by the number in the name, never by a date: clocks go wrong.

What can go wrong with a backup, in words for the machine's operator.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


class BackupTrouble(Exception):
    """A backup that was not made, or cannot be used.

    `code` is stored in rows and worded by the page; the message is for the command line.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


NO_KEY, NO_SPACE, CANNOT_WRITE = "no_key", "no_space", "cannot_write"
WRONG_KEY, DAMAGED, NEWER, NOT_EMPTY = "wrong_key", "damaged", "newer", "not_empty"
NOT_SOUND, BROKE, BUSY = "not_sound", "broke", "busy"
CODES = (
    NO_KEY,
    NO_SPACE,
    CANNOT_WRITE,
    WRONG_KEY,
    DAMAGED,
    NEWER,
    NOT_EMPTY,
    NOT_SOUND,
    BROKE,
    BUSY,
)


NAME = re.compile(r"schoolgate-(\d{6})-\d{4}-\d\d-\d\d-\d{4}\.age")


@dataclass(frozen=True)
class OnShelf:
    """One backup in the folder."""

    number: int
    path: Path

    @property
    def note(self) -> Path:
        """What is stored beside it without a key: when, how large, how many rows, its digest."""
        return self.path.with_suffix(".json")


def name_of(number: int, at: datetime) -> str:
    """The name of a backup."""
    return f"schoolgate-{number:06}-{at:%Y-%m-%d-%H%M}.age"


def shelf(folder: Path) -> list[OnShelf]:
    """The backups in a folder, the newest first; nothing where there is no such folder."""
    if not folder.is_dir():
        return []
    found = [(NAME.fullmatch(path.name), path) for path in folder.iterdir()]
    return sorted(
        (OnShelf(int(match[1]), path) for match, path in found if match),
        key=lambda each: each.number,
        reverse=True,
    )


def drop_drafts(folder: Path) -> int:
    """Remove what a backup that was cut off has left; returns how many."""
    drafts = list(folder.glob(".schoolgate-*.draft"))
    for draft in drafts:
        draft.unlink(missing_ok=True)
    return len(drafts)


def drop_oldest(folder: Path, *, keep: int) -> list[int]:
    """Remove all but the newest `keep`; return the numbers of the removed ones."""
    gone = shelf(folder)[max(keep, 1) :]
    for each in gone:
        each.note.unlink(missing_ok=True)
        each.path.unlink(missing_ok=True)
    return [each.number for each in gone]


def check_room(folder: Path, wanted: int) -> None:
    """Raise BackupTrouble where the disk has not that many bytes left."""
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise BackupTrouble(
            NO_SPACE,
            f"About {_megabytes(wanted)} MB are needed in {folder}, but only {_megabytes(free)} MB are "
            "free. Nothing was written, and earlier backups are unchanged. Free up space, or choose "
            "another folder.",
        )


def write_note(on: OnShelf, said: dict[str, Any]) -> None:
    """Write the description beside a backup."""
    draft = on.note.with_suffix(".draft")
    draft.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n")
    draft.replace(on.note)


def read_note(on: OnShelf) -> dict[str, Any] | None:
    """Return the description beside a backup; None where it is lost."""
    try:
        found: dict[str, Any] = json.loads(on.note.read_text())
    except (OSError, ValueError):
        return None
    return found


def reach_the_disk(paths: Iterable[Path]) -> None:
    """Have what was renamed in these folders survive a power cut."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)
