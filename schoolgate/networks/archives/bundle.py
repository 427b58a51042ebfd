"""An uploaded file: its type by its first bytes, the files inside, and reading them.

Nothing is unpacked onto the disk, so a malicious name has no effect; a file containing one is refused as a
whole, because no network's download has such a name.
"""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from schoolgate.core.outside.tars import BrokenTar, Member, Reads, members
from schoolgate.networks.archives import limits
from schoolgate.networks.archives.port import Bundle, Kind, Unreadable

WHOLE = ""
"""The name of the only file of a bundle that is no bundle."""
_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, BrokenTar, struct.error)


class Budget:
    """What may still be read of one file."""

    def __init__(self, size: int) -> None:
        self.size, self.read = max(size, 1), 0

    def take(self, number: int) -> None:
        """Count what was read. Raises Unreadable("too_much")."""
        self.read += number
        if self.read > limits.MOST_READ or (
            self.read > limits.RATIO_FROM and self.read > limits.MOST_RATIO * self.size
        ):
            raise Unreadable("too_much")


class Bounded(io.RawIOBase):
    """A stream whose damage and size are told as Unreadable."""

    def __init__(self, stream: Reads, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most MOST_AT_ONCE bytes. Raises Unreadable."""
        wanted = limits.MOST_AT_ONCE if size < 0 else min(size, limits.MOST_AT_ONCE)
        try:
            found = self._stream.read(wanted)
        except _DAMAGE as error:
            raise Unreadable("broken") from error
        self._budget.take(len(found))
        return found


def check_name(name: str) -> str:
    """The name as it is. Raises Unreadable("leads_out") for one that leads out of the file."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or "\0" in name or ":" in name.split("/", maxsplit=1)[0][1:2]:
        raise Unreadable("leads_out")
    return name


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """Look into a file. Raises Unreadable."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("empty_file")
    with path.open("rb") as file:
        head = file.read(4096)
        file.seek(0)
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            with _zip(file, size) as bundle:
                yield bundle
        elif head.startswith(b"\x1f\x8b"):
            yield _Tar(file, size)
        elif head[1:2] == b"\xa2" and b"roots" in head[:100]:
            yield _Single(file, size, "car")
        else:
            _check_text(head)
            yield _Single(file, size, "text")


def _check_text(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    if start[:1] == b"<":
        raise Unreadable("html")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("encoding")
    if not start.startswith((b"{", b"[", b"window.YTD")):
        raise Unreadable("not_known")


class _Single:
    """A file that is not packed."""

    names: tuple[str, ...] = (WHOLE,)

    def __init__(self, file: BinaryIO, size: int, kind: Kind) -> None:
        self.kind: Kind = kind
        self._file, self._budget = file, Budget(size)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The file itself, from its beginning."""
        self._file.seek(0)
        yield Bounded(self._file, self._budget)  # type: ignore[misc]


class _Zip:
    kind: Kind = "zip"

    def __init__(self, opened: zipfile.ZipFile, size: int) -> None:
        self._zip, self._budget = opened, Budget(size)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in opened.infolist():
            check_name(info.filename)
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise Unreadable("leads_out")
            if not info.is_dir():
                self._infos.setdefault(info.filename, info)
        self.names = tuple(self._infos)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """One file of it."""
        info = self._infos[name]
        if info.flag_bits & 1:
            raise Unreadable("locked")
        if info.compress_type not in _PACKING:
            raise Unreadable("broken")
        try:
            stream = self._zip.open(info)
        except (*_DAMAGE, RuntimeError) as error:
            raise Unreadable("broken") from error
        with stream:
            yield Bounded(stream, self._budget)  # type: ignore[misc]


@contextmanager
def _zip(file: BinaryIO, size: int) -> Iterator[_Zip]:
    _check_directory(file, size)
    try:
        opened = zipfile.ZipFile(file)
    except (*_DAMAGE, RuntimeError, ValueError, OverflowError) as error:
        raise Unreadable("broken") from error
    with opened:
        if len(opened.filelist) > limits.MOST_ENTRIES:
            raise Unreadable("too_many")
        yield _Zip(opened, size)


def _check_directory(file: BinaryIO, size: int) -> None:
    """Before the library reads the list of contents as a whole: that it is no larger than an honest one.

    PKWARE's APPNOTE 4.3.16 (end of central directory) and 4.3.14 (the same for large files).
    """
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        raise Unreadable("broken")
    (length,) = struct.unpack_from("<I", tail, at + 12)
    large = tail.rfind(b"PK\x06\x06", 0, at)
    if length == 0xFFFFFFFF and large >= 0 and large + 56 <= len(tail):
        (length,) = struct.unpack_from("<Q", tail, large + 40)
    if length > limits.MOST_DIRECTORY:
        raise Unreadable("too_many")


class _Passes:
    """How often a packed stream is unpacked from its beginning, and how much comes out of it altogether."""

    def __init__(self) -> None:
        self.number = self.unpacked = 0

    def begin(self) -> None:
        """Count one more. Raises Unreadable."""
        self.number += 1
        if self.number > limits.MOST_PASSES:
            raise Unreadable("too_many")

    def take(self, number: int) -> None:
        """Count what came out. Raises Unreadable."""
        self.unpacked += number
        if self.unpacked > limits.MOST_PASSED:
            raise Unreadable("too_much")


class _Unpacking:
    """What comes out of a packed stream, with its bounds."""

    def __init__(self, file: BinaryIO, size: int, passes: _Passes) -> None:
        file.seek(0)
        self._gzip, self._size, self._passes = gzip.GzipFile(fileobj=file), max(size, 1), passes
        passes.begin()

    def read(self, size: int, /) -> bytes:
        """At most MOST_AT_ONCE bytes. Raises Unreadable."""
        try:
            found = self._gzip.read(min(size, limits.MOST_AT_ONCE))
        except (*_DAMAGE, OSError) as error:
            raise Unreadable("broken") from error
        reached = self._gzip.tell()
        self._passes.take(len(found))
        if reached > limits.MOST_UNPACKED or (
            reached > limits.RATIO_FROM and reached > limits.MOST_RATIO * self._size
        ):
            raise Unreadable("too_much")
        return found


class _Tar:
    """A tar.gz. It can only be read from its beginning, so each file of it that is wanted costs one pass."""

    kind: Kind = "tar"

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size, self._budget, self._passes = file, size, Budget(size), _Passes()
        names, length = [], 0
        for member in self._members():
            names.append(member.name)
            length += len(member.name)
            if length > limits.MOST_DIRECTORY:
                raise Unreadable("too_many")
        self.names = tuple(names)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """One file of it."""
        for member in self._members():
            if member.name == name:
                yield Bounded(member.content, self._budget)  # type: ignore[misc]
                return
        raise Unreadable("broken")

    def _members(self) -> Iterator[Member]:
        try:
            for number, member in enumerate(
                members(_Unpacking(self._file, self._size, self._passes)), start=1
            ):
                check_name(member.name)
                if number > limits.MOST_ENTRIES:
                    raise Unreadable("too_many")
                if member.kind == "other":
                    raise Unreadable("leads_out")
                if member.kind == "file":
                    yield member
        except _DAMAGE as error:
            raise Unreadable("broken") from error
