"""A restore that is rehearsed beside the running program, with the very command that would be used in
earnest."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from schoolgate.core.backups import keys, shelf
from schoolgate.core.backups.making import backup_folder
from schoolgate.core.backups.shelf import OnShelf
from schoolgate.core.backups.trouble import BROKE, NOT_SOUND, BackupTrouble
from schoolgate.core.env import for_a_child_without_database
from schoolgate.core.errors import NotFound
from schoolgate.core.home import folder
from schoolgate.core.home import keys as keys_folder
from schoolgate.core.ledger.heads import public_key_pem
from schoolgate.core.models.running import Backup, BackupRehearsal

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
    """How it goes with the backups. `trouble`: a short code, nothing where all is well."""

    newest: Backup | None
    failed: Backup | None
    rehearsed: BackupRehearsal | None
    trouble: str


def standing(at: datetime) -> BackupStatus:
    """How it goes at an instant; three queries."""
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
    if keys.newest() is None or newest_on_shelf() is None:
        return False
    last = BackupRehearsal.objects.order_by("-began_at").first()
    return last is None or at - last.began_at >= (AGAIN if last.trouble else EVERY)


def newest_on_shelf() -> OnShelf | None:
    """Return the newest backup in its folder, which is the one that the home has the key of; None if it is
    not there. One that an upgrade made before there were rows for backups is found by its name."""
    row = Backup.objects.filter(trouble="", gone_at=None).order_by("-number").first()
    place = Path(row.folder) if row else backup_folder()
    lying = shelf.shelf(place) if place.is_dir() else []
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
    shelf.check_room(scratch, 4 * on.path.stat().st_size + 150_000_000)
    key = scratch / "record-key.pem"
    key.write_text(public_key_pem())
    done = run(
        [
            sys.executable, "-m", "schoolgate", "restore", str(on.path), "--json",
            "--identity", str(keys_folder() / keys.NEWEST), "--record-key", str(key),
            "--into", str(scratch / "home"),
        ]
    )  # fmt: skip
    if done.returncode == 3:
        raise BackupTrouble(NOT_SOUND, "the record of the newest backup is not sound")
    if done.returncode != 0:
        raise BackupTrouble(BROKE, done.stderr[-400:])
    rows = int(json.loads(done.stdout)["rows"])
    note = shelf.read_note(on)
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
