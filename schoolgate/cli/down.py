"""`schoolgate down`: stops what `up` runs from this home, or has left."""

import argparse
import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path

from schoolgate.cli.children import end_left_behind
from schoolgate.cli.up import SECONDS_OF_SILENCE, left_behind
from schoolgate.core.env import env
from schoolgate.core.home import folder
from schoolgate.core.postgres.server import server_of
from schoolgate.core.processes import command_line
from schoolgate.core.typed import NOTE_OF_UP

SECONDS_TO_STOP = 90
NOTHING = "schoolgate: nothing was running from this installation"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing: the home says what runs."""


def run(options: argparse.Namespace) -> int:
    """Ask the supervisor to stop and wait for it; then end what an earlier one left. Returns 0 when nothing
    runs.
    """
    if not env().home.expanduser().exists():
        print(NOTHING, flush=True)
        return 0
    run_folder = folder("run")
    note = run_folder / NOTE_OF_UP
    was = False
    with (run_folder / "up.lock").open("ab") as lock:
        end = time.monotonic() + SECONDS_TO_STOP
        says_at = time.monotonic() + SECONDS_OF_SILENCE
        asked = 0
        while not _free(lock.fileno()):
            supervisor = _supervisor(note)
            if supervisor and supervisor != asked:
                os.kill(supervisor, signal.SIGTERM)
                asked, was = supervisor, True
            if time.monotonic() > says_at:
                says_at = end + 1
                print(f"schoolgate: waiting for it to stop, {SECONDS_TO_STOP} s at most", file=sys.stderr)
            if time.monotonic() > end:
                print("schoolgate: it did not stop", flush=True)
                return 1
            time.sleep(0.1)
        while asked and _still_runs(asked) and time.monotonic() < end:  # it lets the lock go, then ends
            time.sleep(0.02)
        was |= end_left_behind(left_behind(note).values(), "schoolgate", patience=5)
        note.unlink(missing_ok=True)
        if env().embedded_database:
            was |= server_of(env().home).stop()
    print("schoolgate: stopped" if was else NOTHING, flush=True)
    return 0


def _free(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _supervisor(note: Path) -> int | None:
    """The running supervisor's process, when the note names one that is still it."""
    try:
        pid = int(json.loads(note.read_text())["supervisor"])
    except (OSError, ValueError, KeyError):
        return None
    return pid if _still_runs(pid) else None


def _still_runs(pid: int) -> bool:
    words = command_line(pid)
    return words is not None and "schoolgate" in words
