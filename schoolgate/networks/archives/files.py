"""An uploaded file: its type by its first bytes, the files inside that a reader needs, and reading them; a
JSON file of any size, one item of its list at a time.

Nothing is unpacked onto the disk, so a malicious name has no effect; a file containing one is refused as
a whole, because no network's download has such a name. The standard library reads JSON as a whole. Here
the text is only scanned for strings and brackets, to find where an item ends; the item itself is then
read by the library.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from schoolgate.core.outside.tars import BrokenTar, Member, Reads, members
from schoolgate.networks.archives import port
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
        if self.read > port.MOST_READ or (
            self.read > port.RATIO_FROM and self.read > port.MOST_RATIO * self.size
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
        wanted = port.MOST_AT_ONCE if size < 0 else min(size, port.MOST_AT_ONCE)
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
def open_bundle(where: Path | BinaryIO) -> Iterator[Bundle]:
    """Look into a file; one that is open already is closed. Raises Unreadable."""
    with where.open("rb") if isinstance(where, Path) else where as file:
        size = file.seek(0, os.SEEK_END)
        if size == 0:
            raise Unreadable("empty_file")
        file.seek(0)
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
        if len(opened.filelist) > port.MOST_ENTRIES:
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
    if length > port.MOST_DIRECTORY:
        raise Unreadable("too_many")


class _Passes:
    """How often a packed stream is unpacked from its beginning, and how much comes out of it altogether."""

    def __init__(self) -> None:
        self.number = self.unpacked = 0

    def begin(self) -> None:
        """Count one more. Raises Unreadable."""
        self.number += 1
        if self.number > port.MOST_PASSES:
            raise Unreadable("too_many")

    def take(self, number: int) -> None:
        """Count what came out. Raises Unreadable."""
        self.unpacked += number
        if self.unpacked > port.MOST_PASSED:
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
            found = self._gzip.read(min(size, port.MOST_AT_ONCE))
        except (*_DAMAGE, OSError) as error:
            raise Unreadable("broken") from error
        reached = self._gzip.tell()
        self._passes.take(len(found))
        if reached > port.MOST_UNPACKED or (
            reached > port.RATIO_FROM and reached > port.MOST_RATIO * self._size
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
            if length > port.MOST_DIRECTORY:
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
                if number > port.MOST_ENTRIES:
                    raise Unreadable("too_many")
                if member.kind == "other":
                    raise Unreadable("leads_out")
                if member.kind == "file":
                    yield member
        except _DAMAGE as error:
            raise Unreadable("broken") from error


_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}"]', re.DOTALL)
_SCRIPT = re.compile(r"\s*window\.YTD\.[\w.]+\s*=\s*")
_CLOSES = {"]": "[", "}": "{"}


def items(stream: BinaryIO, *, under: Collection[str] = (), script: bool = False) -> Iterator[Any]:
    """The objects of a list, one after the other.

    Args:
        stream: UTF-8, with or without its mark at the beginning.
        under: where the file is an object and not a list, the keys below which its lists lie.
        script: the list is assigned to a name of X's own before it begins.

    Raises:
        Unreadable: the text ends too early, is no JSON, nests too deep, or one item is far too large.
    """
    scanner = _Scanner(frozenset(under), script=script)
    decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
    while True:
        chunk = stream.read(port.CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise Unreadable("encoding") from error
        yield from scanner.feed(text)
        if not chunk:
            break
    scanner.end()


def whole(stream: BinaryIO, *, script: bool = False) -> Any:
    """A small file as a whole. Raises Unreadable."""
    content = stream.read(port.MOST_WHOLE + 1)
    if len(content) > port.MOST_WHOLE:
        raise Unreadable("item_too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error
    if script and (found := _SCRIPT.match(text)):
        text = text[found.end() :].rstrip().rstrip(";")
    return _read(text)


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Unreadable("too_deep") from error
    except ValueError as error:
        raise Unreadable("broken") from error


class _Scanner:
    """Where we are in the text: which brackets are open, and where the item began that we are in."""

    def __init__(self, under: frozenset[str], *, script: bool) -> None:
        self._under, self._script = under, script
        self._text, self._at = "", 0
        self._open: list[str] = []
        self._begun: int | None = None
        self._level = 0
        """How many brackets are open around an item; 0: we are in no list of items."""
        self._said = ""
        """The last string straight below an object at the top: the key of what comes."""
        self._over = False

    def feed(self, text: str) -> Iterator[Any]:
        """Take more text; gives each item that has ended in it."""
        self._text += text
        if not self._open and not self._over and not self._start():
            return
        while not self._over and (found := _TOKEN.search(self._text, self._at)):
            mark = found[0]
            if mark == '"':
                self._at = found.start()  # a string that continues in the next piece
                break
            self._at = found.end()
            if mark in "[{":
                self._opens(mark, found.start())
            elif mark in "]}":
                item = self._closes(mark)
                if item is not None:
                    yield _read(item)
            elif len(self._open) == 1:
                self._said = mark
        else:
            self._rest()
        self._forget()

    def end(self) -> None:
        """The text is over. Raises Unreadable unless it ended where it should."""
        if self._open or not self._over:
            raise Unreadable("broken")

    def _rest(self) -> None:
        """No bracket and no string is left in this piece; after the end there may be nothing else either."""
        if self._over and self._text[self._at :].strip(" \t\r\n;"):
            raise Unreadable("broken")
        self._at = len(self._text)

    def _start(self) -> bool:
        begins = re.search(r"[\[{]", self._text)
        before = self._text[: begins.start()] if begins else self._text
        good = _SCRIPT.fullmatch(before) if self._script else not before.strip()
        if begins and not good:
            raise Unreadable("broken")
        if not begins and len(before) > port.CHUNK:
            raise Unreadable("broken")
        self._at = begins.start() if begins else 0
        return begins is not None

    def _opens(self, mark: str, at: int) -> None:
        if len(self._open) >= port.MOST_DEPTH:
            raise Unreadable("too_deep")
        if self._level and self._begun is None and len(self._open) == self._level:
            self._begun = at
        self._open.append(mark)
        if mark == "[" and not self._level:
            below = len(self._open) == 2 and self._open[0] == "{" and self._said.strip('"') in self._under
            if len(self._open) == 1 or below:
                self._level = len(self._open)

    def _closes(self, mark: str) -> str | None:
        if not self._open or self._open.pop() != _CLOSES[mark]:
            raise Unreadable("broken")
        depth = len(self._open)
        self._over = depth == 0
        if self._begun is not None and depth == self._level:
            item, self._begun = self._text[self._begun : self._at], None
            return item
        if depth < self._level:
            self._level = 0
        return None

    def _forget(self) -> None:
        """Let go of the text that is done with. Raises Unreadable where what is left is far too large."""
        keep = self._at if self._begun is None else self._begun
        if len(self._text) - keep > port.MOST_ITEM:
            raise Unreadable("item_too_large")
        self._text, self._at = self._text[keep:], self._at - keep
        if self._begun is not None:
            self._begun = 0


def named(bundle: Bundle, pattern: str) -> list[str]:
    """The files whose whole name fits, those least deep first, then by name: part 2 before part 10."""
    found = [name for name in bundle.names if re.fullmatch(pattern, name)]
    return sorted(found, key=lambda name: (name.count("/"), len(name), name))


def first_item(bundle: Bundle, name: str, *, under: Collection[str] = (), script: bool = False) -> Any:
    """The first item of a list in a file; None where there is none, or where it is no such list at all."""
    try:
        with bundle.open(name) as stream:
            return next(items(stream, under=under, script=script), None)
    except Unreadable:
        return None
