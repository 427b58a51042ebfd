"""Sealing with age, in constant memory: what is written at one end arrives sealed at the other.

The library reads and writes whole files, so each direction has a pipe and a thread of its own.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import pyrage

from schoolgate.core.backups.trouble import (
    CANNOT_WRITE,
    DAMAGED,
    NO_KEY,
    NO_SPACE,
    WRONG_KEY,
    BackupTrouble,
)

NO_SPACE_LEFT = (28, 122)
"""ENOSPC and EDQUOT: the disk, or the share of it that is ours, is full."""


class _Kept:
    """A file that remembers what went wrong with it: the sealing library tells of it in other words."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self.file.flush()


class _Work(threading.Thread):
    """A piece of work beside; `error` is what ended it, if anything did."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 - passed to the thread that joins this one
            self.error = error


def cannot_write(error: OSError) -> BackupTrouble:
    """What an error of the file system means for a backup that is being written."""
    if error.errno in NO_SPACE_LEFT:
        return BackupTrouble(
            NO_SPACE,
            "There is no space left where backups are written. Earlier backups are unchanged.",
        )
    return BackupTrouble(CANNOT_WRITE, f"The backup could not be written: {error.strerror or error}.")


@contextmanager
def sealing(target: BinaryIO, recipients: Sequence[str]) -> Iterator[BinaryIO]:
    """A file to write to; all of it is in `target`, sealed to `recipients`, once this is left without an
    error.

    Raises BackupTrouble where `target` takes no more, or a recipient is none.
    """
    try:
        keys = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    except pyrage.RecipientError as error:
        raise BackupTrouble(NO_KEY, "The key that encrypts backups can't be read. Make a new one.") from error
    hears, says = os.pipe()
    kept = _Kept(target)

    def seal() -> None:
        with os.fdopen(hears, "rb", buffering=1 << 16) as reader:
            pyrage.encrypt_io(reader, kept, keys)

    work = _Work(seal)
    work.start()
    try:
        with os.fdopen(says, "wb", buffering=1 << 16) as writer:
            yield writer
    except BrokenPipeError:
        work.join()
        raise _sealing_broke(work, kept) from work.error
    work.join()
    if work.error is not None:
        raise _sealing_broke(work, kept) from work.error


def _sealing_broke(work: _Work, kept: _Kept) -> BaseException:
    if kept.error is not None:
        return cannot_write(kept.error)
    return work.error or RuntimeError("the encryption ended early")


@contextmanager
def opened(source: BinaryIO, identity: str) -> Iterator[BinaryIO]:
    """What was sealed, opened with an age identity; to be read to its end.

    Raises BackupTrouble: another key, or a file that was cut or altered. The latter may show only at the
    end, so nothing that was read counts before this is left without an error."""
    key = read_identity(identity)
    hears, says = os.pipe()

    def unseal() -> None:
        with os.fdopen(says, "wb", buffering=1 << 16) as writer:
            pyrage.decrypt_io(source, writer, [key])

    work = _Work(unseal)
    work.start()
    reader = os.fdopen(hears, "rb", buffering=1 << 16)
    try:
        yield reader
        while reader.read(1 << 20):  # padding: the last piece is the one that proves the file is whole
            pass
    except Exception as error:
        reader.close()
        work.join()
        if isinstance(work.error, pyrage.DecryptError):
            raise _opening_broke(work.error) from error
        raise
    finally:
        with contextlib.suppress(OSError):
            reader.close()
        work.join()
    if work.error is not None:
        raise _opening_broke(work.error) from work.error


def read_identity(text: str) -> pyrage.x25519.Identity:
    """The identity in a key file: its one line that is no comment. Raises BackupTrouble."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        if len(lines) != 1:
            raise pyrage.IdentityError("not one line")
        return pyrage.x25519.Identity.from_str(lines[0])
    except pyrage.IdentityError as error:
        raise BackupTrouble(
            WRONG_KEY, "This key can't open backups: the key must be one line starting with AGE-SECRET-KEY-1."
        ) from error


def _opening_broke(error: BaseException) -> BackupTrouble:
    if "matching keys" in str(error).lower():
        return BackupTrouble(
            WRONG_KEY,
            "This key does not open this backup, which was encrypted to another key. "
            "Check the date the key was made, and try the key used before it.",
        )
    return BackupTrouble(
        DAMAGED,
        "This file is incomplete or has been altered. Nothing was restored. Use "
        "another backup, or another copy.",
    )
