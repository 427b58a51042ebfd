"""What commands that take their time say and ask at a terminal."""

from __future__ import annotations

import getpass
import sys
import time
from pathlib import Path

from schoolgate.core.backups.sealing import BackupTrouble

SECONDS_BETWEEN_WORDS = 2.0


def passphrase(file: Path | None, *, twice: bool = False) -> str:
    """What the file of keys is sealed with: the first line of a file, or asked for."""
    if file is not None:
        return (file.read_text().splitlines() or [""])[0]
    first = getpass.getpass("Passphrase for the key file: ")
    if twice and getpass.getpass("Enter it again: ") != first:
        raise BackupTrouble("wrong_key", "The two did not match. Nothing was written.")
    return first


class Words:
    """Says every few seconds how far it is."""

    def __init__(self) -> None:
        self._next = time.monotonic() + SECONDS_BETWEEN_WORDS
        self._said = False

    def __call__(self, what: str, count: int) -> None:
        """Take a word for what is under way, and how many of it there are."""
        if time.monotonic() >= self._next:
            print(f"  {what}: {count}", file=sys.stderr, flush=True)
            self._next = time.monotonic() + SECONDS_BETWEEN_WORDS
            self._said = True

    def end(self) -> None:
        """Say that it is over, where anything was said."""
        if self._said:
            print("  done", file=sys.stderr, flush=True)
