"""The list of what was erased before its time, outside the database: a restore brings erased things back, and
with this list they are erased again.

One line for each, in JSON, with numbers and codes and no names. It lies in the home beside the signed heads
of the record, and beside the backups, so that a copy of their folder has it too. Lines are only added. A
restore adds a line of its own: what was erased in an installation that went on from an older backup tells
nothing about the numbers of a newer one.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from schoolgate.core.days import stored_instant
from schoolgate.core.home import folder

NAME = "erasures.jsonl"


@dataclass(frozen=True)
class Erased:
    """One thing that was erased: kind and number as in its certificate, why, and who decided it."""

    federation: str
    kind: str
    number: int
    because: str
    by: str
    at: str
    """ISO 8601 with its zone."""

    @property
    def line(self) -> str:
        """Return its line of the list."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True)
class Newer:
    """What was erased after a backup was made. `elsewhere`: how many lines are about an installation that
    went on from an older backup, so that their numbers may be those of other things."""

    erased: tuple[Erased, ...]
    elsewhere: int


def own_list() -> Path:
    """Return the list in the home."""
    return folder("record") / NAME


def add(erased: Iterable[Erased]) -> None:
    """Add to the list in the home what it doesn’t have yet, and to the one beside the backups what it lacks
    of that. Not in a home that waits to be released: its list may come from elsewhere."""
    from schoolgate.core.backups.making import backup_folder  # needs Django, which a restore sets up later

    _add(own_list(), [each.line for each in erased])
    _add(backup_folder() / NAME, own_list().read_text().splitlines())


def take_over(source: Path, *, backup_at: datetime, at: datetime) -> None:
    """Begin the list of a restored home: the lines of another list, and that it was restored."""
    restored = json.dumps({"restored_to": backup_at.isoformat(), "at": at.isoformat()}, sort_keys=True)
    _add(own_list(), [*source.read_text().splitlines(), restored])


def newer_than(path: Path, backup_at: datetime) -> Newer:
    """Return what was erased after a backup of that instant. Raises ValueError, KeyError, TypeError for a
    damaged list, OSError."""
    found: list[Erased] = []
    elsewhere, same = 0, True
    for line in path.read_text().splitlines():
        read = json.loads(line)
        if stored_instant(read["at"]) <= backup_at:
            continue
        if "restored_to" in read:
            same = same and stored_instant(read["restored_to"]) >= backup_at
        elif same:
            found.append(Erased(**read))
        else:
            elsewhere += 1
    return Newer(tuple(found), elsewhere)


def _add(path: Path, lines: list[str]) -> None:
    path.touch(mode=0o600)
    with path.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        there = set(file.read().splitlines())
        file.writelines(f"{line}\n" for line in dict.fromkeys(lines) if line not in there)
        file.flush()
        os.fsync(file.fileno())
