"""Sealing with age, in constant memory, and the archive inside the seal: a tar of named pieces, with one
digest over all of them at its end.

The library reads and writes whole files, so each direction has a pipe and a thread of its own. Pieces,
in this order: `head.json`, `tables/<table>/<federation, or 0>/<piece>`, `record/...`,
`files/<federation>/<digest>`, `end.json`. Tables are text as PostgreSQL's COPY writes it, in pieces of a
few megabytes, so that neither side ever holds much of one.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import os
import tarfile
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyrage

from schoolgate.core.backups.shelf import (
    CANNOT_WRITE,
    DAMAGED,
    NO_KEY,
    NO_SPACE,
    WRONG_KEY,
    BackupTrouble,
)
from schoolgate.core.outside.tars import BrokenTar, members
from schoolgate.core.outside.texts import read_json
from schoolgate.core.places import Place, Store

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


FORMAT = 1
HEAD, END = "head.json", "end.json"
BLOCK = 1 << 20
LARGEST_WHOLE = 256 << 20
"""Bytes of a piece that is taken into memory as a whole. The heads of the record are the largest: some ten
megabytes a year."""
QUICK = 1
"""Compression: the quickest. Pictures do not shrink, and the text of tables shrinks well enough."""


class Writer:
    """Writes an archive to a file that only goes forward."""

    def __init__(self, target: BinaryIO) -> None:
        self._zip = gzip.GzipFile(fileobj=target, mode="wb", compresslevel=QUICK, mtime=0)
        self._tar = tarfile.open(fileobj=self._zip, mode="w|", bufsize=BLOCK)  # noqa: SIM115 - closed in `close`
        self._digest = hashlib.sha256()
        self.bytes = 0

    def add(self, name: str, content: bytes) -> None:
        """Add a piece that is in memory."""
        self._begin(name, len(content))
        self._digest.update(content)
        self._put(name, len(content), io.BytesIO(content))

    def add_json(self, name: str, said: Any) -> None:
        """Add a piece of JSON."""
        self.add(name, json.dumps(said, sort_keys=True).encode())

    def add_file(self, name: str, store: Store, place: Place) -> int:
        """Add a file of the store, never all of it in memory; returns its size. Raises OSError."""
        with store.open(place) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            self._begin(name, size)
            self._put(name, size, _Digested(file, self._digest))
        return size

    def digest(self) -> str:
        """The digest (hex) over all pieces so far: their names, sizes and bytes, in order."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Write what belongs at the end; the file below stays open."""
        self._tar.close()
        self._zip.close()

    def _begin(self, name: str, size: int) -> None:
        self._digest.update(f"{name}\n{size}\n".encode())
        self.bytes += size

    def _put(self, name: str, size: int, content: Any) -> None:
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o600
        self._tar.addfile(told, content)


class _Digested:
    """A file whose bytes go into a digest as they are read."""

    def __init__(self, file: Any, digest: Any) -> None:
        self._file, self._digest = file, digest

    def read(self, size: int = -1) -> bytes:
        found: bytes = self._file.read(size)
        self._digest.update(found)
        return found


@dataclass(frozen=True)
class Piece:
    """One piece of the archive. Read or skip `file` before asking for the next piece."""

    name: str
    size: int
    file: Any

    def content(self) -> bytes:
        """All of it; for pieces that are small."""
        if self.size > LARGEST_WHOLE:
            raise _damaged()
        found: bytes = self.file.read(self.size)
        return found

    def json(self) -> dict[str, Any]:
        """What a piece of JSON says."""
        try:
            said = read_json(self.content())
        except ValueError as error:
            raise _damaged() from error
        if not isinstance(said, dict):
            raise _damaged()
        return said


def pieces(source: BinaryIO) -> Iterator[Piece]:
    """The pieces of an archive in order, `end.json` last and checked against all before it.

    Raises BackupTrouble where the archive is none, or is not whole.
    """
    digest = hashlib.sha256()
    complete = False
    try:
        with gzip.GzipFile(fileobj=source, mode="rb") as unzipped:
            for found in members(unzipped):
                if found.kind != "file" or complete:
                    raise _damaged()
                if found.name == END:
                    content = Piece(END, found.size, found.content).content()
                    if read_json(content)["digest"] != digest.hexdigest():
                        raise _damaged()
                    complete = True
                    yield Piece(END, found.size, io.BytesIO(content))
                    continue
                digest.update(f"{found.name}\n{found.size}\n".encode())
                digested = _Digested(found.content, digest)
                yield Piece(found.name, found.size, digested)
                while digested.read(BLOCK):
                    pass
    except (BrokenTar, EOFError, gzip.BadGzipFile, zlib.error, ValueError, KeyError, TypeError) as error:
        raise _damaged() from error
    if not complete:
        raise _damaged()


def _damaged() -> BackupTrouble:
    return BackupTrouble(
        DAMAGED,
        "This file is incomplete or has been altered. Nothing was restored. Use "
        "another backup, or another copy.",
    )
