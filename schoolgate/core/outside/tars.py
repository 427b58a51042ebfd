"""A tar archive, read forward and in linear time: what `tar`, macOS and Python's library write.

The library of older Pythons takes quadratic time over an extended header, believes whatever size one claims,
and takes a damaged header in the middle for the end. Formats: POSIX.1-1988 (ustar), POSIX.1-2001 (pax), GNU.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, Protocol

BLOCK: Final = 512
MOST_EXTENDED: Final = 1 << 20
"""Bytes of an extended header: names, and what a file system says beside them."""
MOST_RECORDS: Final = 10_000
"""Records of one extended header: a file has some dozens."""
LONGEST_NAME: Final = 4096
_STEP = 1 << 16
_EXTENDED = (b"x", b"X", b"g", b"L", b"K")
_FILES = (b"0", b"\0", b"7")
Kind = Literal["file", "folder", "other"]


class BrokenTar(Exception):
    """The archive is damaged, or is none."""


class Reads(Protocol):
    """What an archive is read from."""

    def read(self, size: int, /) -> bytes:
        """That many bytes; fewer only at the end."""
        ...


class Content:
    """The bytes of one member while it is its turn."""

    def __init__(self, source: Reads, size: int) -> None:
        self._source, self.left = source, size
        self._padding = -size % BLOCK

    def read(self, size: int = -1, /) -> bytes:
        """At most that many bytes. Raises BrokenTar where the archive ends first."""
        wanted = self.left if size < 0 else min(size, self.left)
        found = self._source.read(wanted) if wanted else b""
        if len(found) != wanted:
            raise BrokenTar("it ends inside a file")
        self.left -= wanted
        return found

    def pass_over(self) -> None:
        """Go to where the next member begins."""
        while self.left:
            self.read(_STEP)
        if len(self._source.read(self._padding)) != self._padding:
            raise BrokenTar("it ends inside a file")
        self._padding = 0


@dataclass(frozen=True)
class Member:
    """One entry. `kind` "other": links, devices, files with holes. Read `content` before the next."""

    name: str
    kind: Kind
    size: int
    content: Content


def members(source: Reads) -> Iterator[Member]:
    """The entries of an archive in order, to its end. Raises BrokenTar, and what `source` raises."""
    said: dict[str, bytes] = {}
    while (header := _header(source)) is not None:
        kind, size = header[156:157], _number(header[124:136])
        if kind in _EXTENDED:
            said |= _extended(kind, source, size)
            continue
        size = _figures(said["size"]) if "size" in said else size
        name = (said["path"] if "path" in said else _name(header)).rstrip(b"\0")
        if len(name) > LONGEST_NAME:
            raise BrokenTar("an unfinished name")
        what = _kind(kind, name, said)
        content = Content(source, size if kind in _FILES and what != "folder" else 0)
        yield Member(name.decode("utf-8", "surrogateescape").rstrip("/"), what, content.left, content)
        content.pass_over()
        said = {}
    if said:
        raise BrokenTar("it ends inside a header")


def _header(source: Reads) -> bytes | None:
    """The next header; None at the end. Raises BrokenTar."""
    header = source.read(BLOCK)
    if not header or header == bytes(BLOCK):
        return None
    if len(header) != BLOCK:
        raise BrokenTar("it ends inside a header")
    beside = header[:148] + b" " * 8 + header[156:]
    signed = sum(beside) - 256 * sum(byte > 127 for byte in beside)
    if _number(header[148:156]) not in (sum(beside), signed):
        raise BrokenTar("a header is damaged")
    return header


def _number(field: bytes) -> int:
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:])
    try:
        return int(field.split(b"\0")[0].strip() or b"0", 8)
    except ValueError:
        raise BrokenTar("a header is damaged") from None


def _figures(text: bytes) -> int:
    if not text.isdigit() or len(text) > 20:
        raise BrokenTar("a header is damaged")
    return int(text)


def _name(header: bytes) -> bytes:
    name, before = header[:100].split(b"\0")[0], header[345:500].split(b"\0")[0]
    return before + b"/" + name if before and header[257:263] == b"ustar\0" else name


def _kind(kind: bytes, name: bytes, said: dict[str, bytes]) -> Kind:
    if kind == b"5" or (kind == b"\0" and name.endswith(b"/")):
        return "folder"
    return "file" if kind in _FILES and "holes" not in said else "other"


def _extended(kind: bytes, source: Reads, size: int) -> dict[str, bytes]:
    """What an extended header says about the member after it."""
    if size > MOST_EXTENDED:
        raise BrokenTar("an unfinished header")
    content = Content(source, size)
    text = content.read()
    content.pass_over()
    if kind == b"L":
        return {"path": text}
    return _records(text) if kind in (b"x", b"X") else {}


def _records(text: bytes) -> dict[str, bytes]:
    """Records of pax: each is its length, a space, key=value and the end of a line."""
    said: dict[str, bytes] = {}
    begin = number = 0
    while begin < len(text) and text[begin]:
        number += 1
        space = text.find(b" ", begin, begin + 20)
        end = begin + _figures(text[begin:space]) if space > begin else 0
        if not space < end <= len(text) or text[end - 1 : end] != b"\n":
            raise BrokenTar("a header is damaged")
        key, equals, value = text[space + 1 : end - 1].partition(b"=")
        if not equals or number > MOST_RECORDS:
            raise BrokenTar("a header is damaged")
        if key in (b"path", b"size"):
            said[key.decode()] = value
        elif key.startswith(b"GNU.sparse."):
            said["holes"] = value
        begin = end
    return said
