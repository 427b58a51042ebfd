"""The journal beside the backups: what was erased, taken down, refused or ended since. A restore brings it
back, and with the journal it's done again.

One line for each, in JSON, with numbers, codes and days and no names. It lies in the home beside the signed
heads of the record, and beside the backups, so that a copy of their folder has it too. Lines are only added.
A restore adds a line of its own: what happened in an installation that went on from an older backup tells
nothing about the numbers of a newer one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from schoolgate.core.days import stored_instant
from schoolgate.core.env import env
from schoolgate.core.home import add_lines, folder, is_torn, whole_lines

NAME = "journal.jsonl"
BEFORE = "erasures.jsonl"
"""What it was called while it had erasures alone. Their lines have no `what`."""
ERASED = "erased"


@dataclass(frozen=True)
class Entry:
    """One thing that happened: to what (`core.retention.Again.key`), its number; `given`: what doing it again
    needs, in numbers, codes and days."""

    federation: str
    what: str
    number: int
    at: str
    """ISO 8601 with its zone."""
    given: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def erased(cls, federation: str, kind: str, number: int, *, because: str, by: str, at: str) -> Entry:
        """Return the entry of one thing that was erased: kind and number as in its certificate, why, and who
        decided it."""
        return cls(federation, ERASED, number, at, {"kind": kind, "because": because, "by": by})

    @property
    def line(self) -> str:
        """Return its line of the journal."""
        told = {"federation": self.federation, "what": self.what, "number": self.number, "at": self.at}
        return json.dumps(told | {"given": self.given}, sort_keys=True)


@dataclass(frozen=True)
class Newer:
    """What happened after a backup was made. `elsewhere`: how many lines are about an installation that went
    on from an older backup, so that their numbers may be those of other things. `torn`: whether its last line
    was cut off while it was written."""

    entries: tuple[Entry, ...]
    elsewhere: int = 0
    torn: bool = False


def own() -> Path:
    """Return the journal in the home."""
    return _now_called(folder("record"))


def beside(backups: Path) -> Path:
    """Return the journal in a folder of backups, whether it's there or not."""
    return _now_called(backups)


def add(entries: Iterable[Entry]) -> None:
    """Add to the journal in the home what it doesn’t have yet, and to the one beside the backups what it
    lacks of that. Not in a home that waits to be released: its journal may come from elsewhere."""
    from schoolgate.core.backups.making import backup_folder  # needs Django, which a restore sets up later

    add_lines(own(), [each.line for each in entries], once=True)
    add_lines(beside(backup_folder()), whole_lines(own()), once=True)


def add_once_committed(entries: Iterable[Entry]) -> None:
    """Add these to the journal as soon as what they tell is committed, in the same request, where this
    machine keeps it; what fails is logged, and each minute looks again."""
    transaction.on_commit(partial(_add_here, tuple(entries)), robust=True)


def _add_here(entries: tuple[Entry, ...]) -> None:
    from schoolgate.core.models import Restoration

    if env().keeps_record and not Restoration.objects.filter(released_at=None).exists():
        add(entries)


def take_over(source: Path, *, backup_at: datetime, at: datetime) -> None:
    """Begin the journal of a restored home: the lines of another, and that it was restored."""
    restored = json.dumps({"restored_to": backup_at.isoformat(), "at": at.isoformat()}, sort_keys=True)
    add_lines(own(), [*whole_lines(source), restored], once=True)


def newer_than(path: Path, backup_at: datetime) -> Newer:
    """Return what happened after a backup of that instant, each once. Raises ValueError, KeyError, TypeError
    for a damaged journal, OSError; a last line that was cut off is left out."""
    found: dict[str, Entry] = {}
    elsewhere, same = 0, True
    for read in _read(path):
        if stored_instant(read["at"]) <= backup_at:
            continue
        if "restored_to" in read:
            same = same and stored_instant(read["restored_to"]) >= backup_at
        elif same:
            entry = _entry(read)
            found[entry.line] = entry
        else:
            elsewhere += 1
    return Newer(tuple(found.values()), elsewhere, torn=is_torn(path))


def _entry(read: dict[str, Any]) -> Entry:
    if "what" in read:
        return Entry(**read)
    return Entry.erased(**read)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    for line in whole_lines(path):
        read = json.loads(line)
        if not isinstance(read, dict):
            raise TypeError("a line of the journal is no entry")
        yield read


def _now_called(where: Path) -> Path:
    """Return the journal in a folder, by the name it has now."""
    before, now = where / BEFORE, where / NAME
    if before.exists() and not now.exists():
        before.rename(now)
    return now
