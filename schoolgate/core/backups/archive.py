"""The archive inside the seal: a tar of named pieces, with one digest over all of them at its end.

Pieces, in this order: `head.json`, `tables/<table>/<federation, or 0>/<piece>`, `record/...`,
`files/<federation>/<digest>`, `end.json`. Tables are text as PostgreSQL's COPY writes it, in pieces of a few
megabytes, so that neither side ever holds much of one.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from schoolgate.core.backups.trouble import DAMAGED, BackupTrouble
from schoolgate.core.outside.jsons import read_json
from schoolgate.core.outside.tars import BrokenTar, members

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

    def add_file(self, name: str, path: Path) -> int:
        """Add a file of the disk, never all of it in memory; returns its size. Raises OSError."""
        with path.open("rb") as file:
            size = path.stat().st_size
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
