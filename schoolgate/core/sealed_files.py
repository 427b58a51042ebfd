"""Large files that only some may open: sealed piece by piece as they arrive, and opened piece by piece.

A file never lies open on the disk, and never whole in memory. First it is a draft in a folder of its own;
then it lies in the federation's store, so that backups have it. Its name is drawn by lot: a digest of the
content would tell which known file it is. All of it is file work: it has no place in a transaction.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from schoolgate.core import vault
from schoolgate.core.files import Place, the_store
from schoolgate.core.home import drafts
from schoolgate.core.vault import also_sealed

PIECE = 1 << 20
"""Bytes that are sealed together."""
_BEGINS = b"schoolgate sealed file 1\n"
_NAME = re.compile(r"[0-9a-f]{64}")
_KEY, _LENGTH = 16, 4
_PART = ".part"
SPARE = 100_000_000
"""Bytes of the disk that stay free."""


class Lost(Exception):
    """The file is gone, was damaged, or no key opens it."""


@dataclass(frozen=True)
class SealedFile:
    """A file that was sealed. `name`: of the file in the store; `digest`: SHA-256 of its content."""

    name: str
    size: int
    digest: str


class Draft:
    """A file on its way in. `write` takes what arrives; `close` ends it; `drop` leaves nothing behind."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(32)
        self.size = 0
        self._path = drafts() / f"{self.name}{_PART}"
        self._file: BinaryIO | None = self._path.open("xb")
        self._path.chmod(0o600)
        self._file.write(_BEGINS)
        self._known = vault.known_keys()
        self._waiting = bytearray()
        self._number = 0
        self._digest = hashlib.sha256()

    def write(self, content: bytes) -> None:
        """Take what comes next."""
        self.size += len(content)
        self._digest.update(content)
        self._waiting += content
        while len(self._waiting) >= PIECE:
            self._seal(bytes(self._waiting[:PIECE]))
            del self._waiting[:PIECE]

    def close(self) -> SealedFile:
        """Seal the rest, reach the disk, and say what there is. It stays a draft until `keep`."""
        if self._file is None:
            raise ValueError("the draft is closed")
        if self._waiting:
            self._seal(bytes(self._waiting))
            self._waiting.clear()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._file = None
        return SealedFile(self.name, self.size, self._digest.hexdigest())

    def drop(self) -> None:
        """Remove it, unless it was put into the store; safe to do twice."""
        if self._file is not None:
            self._file.close()
            self._file = None
        self._path.unlink(missing_ok=True)

    def _seal(self, content: bytes) -> None:
        assert self._file is not None
        _write_piece(self._file, vault.seal_piece(_place(self.name, self._number), content, self._known),
            self._known)  # fmt: skip
        self._number += 1


def there_is_room(size: int) -> bool:
    """Return whether the disk takes a file of this size."""
    return shutil.disk_usage(drafts()).free > size + size // 5 + SPARE


def seal_whole(content: bytes, *, federation_id: int) -> SealedFile:
    """Seal what is in memory already, into the federation's store."""
    draft = Draft()
    try:
        draft.write(content)
        sealed = draft.close()
        keep(sealed.name, federation_id=federation_id)
    finally:
        draft.drop()
    return sealed


def keep(name: str, *, federation_id: int) -> None:
    """Put a draft into the federation's store: before the transaction whose row names it. Raises Lost."""
    place, draft = _stored(name, federation_id), drafts() / f"{name}{_PART}"
    if not draft.exists():
        raise Lost(name)
    the_store().lay(place, draft)


def remove(name: str, *, federation_id: int) -> None:
    """Erase a file that no row names."""
    the_store().remove(_stored(name, federation_id))


def read(name: str, *, federation_id: int) -> Iterator[bytes]:
    """Yield the content, a piece at a time. Raises Lost, the first time before anything was yielded."""
    known = vault.known_keys()
    try:
        with the_store().open(_stored(name, federation_id)) as file:
            for number, (_key, sealed) in enumerate(_pieces(file)):
                yield vault.open_piece(_place(name, number), sealed, known)
    except (FileNotFoundError, vault.CannotOpen) as error:
        raise Lost(name) from error


def read_proven(name: str, digest: str, *, federation_id: int) -> Iterator[bytes]:
    """Yield the content; the last piece only if all together is what was sealed. Raises Lost: who receives it
    then sees that it is not whole."""
    seen, last = hashlib.sha256(), b""
    for piece in read(name, federation_id=federation_id):
        if last:
            yield last
        seen.update(piece)
        last = piece
    if seen.hexdigest() != digest:
        raise Lost(name)
    yield last


def sweep(named: Collection[str], *, federation_id: int, at: datetime, older_than: timedelta) -> int:
    """Remove drafts of any kind, and sealed files in the federation's store that no row names, if they are
    older than `older_than`; return how many. What a process that was killed had in hand goes this way."""
    until, store = at - older_than, the_store()
    gone = 0
    for draft in drafts().iterdir():
        if draft.stat().st_mtime < until.timestamp():
            draft.unlink(missing_ok=True)
            gone += 1
    for laid in list(store.laid(federation_id)):
        if laid.place.name not in named and laid.since < until and is_sealed(laid.place):
            store.remove(laid.place)
            gone += 1
    return gone


@also_sealed
def seal_anew(_newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal the files of every store with the vault's newest key; yields `file NAME` for what no key opens."""
    for laid in sorted(the_store().laid(), key=lambda laid: laid.place):
        try:
            if is_sealed(laid.place):
                _seal_file_anew(laid.place)
        except (vault.CannotOpen, Lost):
            yield f"file {laid.place.name}"
        except FileNotFoundError:
            continue


def add_piece(path: Path, number: int, content: bytes) -> None:
    """Seal the next piece of a file that comes from another installation, at its place in a store."""
    known = vault.known_keys()
    with path.open("ab" if number else "wb") as file:
        if not number:
            path.chmod(0o600)
            file.write(_BEGINS)
        _write_piece(file, vault.seal_piece(_place(path.name, number), content, known), known)


def _seal_file_anew(place: Place) -> None:
    known, store = vault.known_keys(), the_store()
    newest = vault.name_of(known[0])
    with store.open(place) as file:
        if all(key == newest for key, _sealed in _pieces(file)):
            return
    draft = drafts() / f"{place.name}.{secrets.token_hex(4)}"
    try:
        with store.open(place) as file, draft.open("xb") as out:
            draft.chmod(0o600)
            out.write(_BEGINS)
            for number, (_key, sealed) in enumerate(_pieces(file)):
                which = _place(place.name, number)
                content = vault.open_piece(which, sealed, known)
                _write_piece(out, vault.seal_piece(which, content, known), known)
            out.flush()
            os.fsync(out.fileno())
        store.lay(place, draft)
    finally:
        draft.unlink(missing_ok=True)


def _write_piece(file: BinaryIO, sealed: bytes, known: list[bytes]) -> None:
    file.write(vault.name_of(known[0]).encode() + len(sealed).to_bytes(_LENGTH, "big") + sealed)


def _pieces(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield the name of the key and the sealed bytes of each piece. Raises Lost."""
    if file.read(len(_BEGINS)) != _BEGINS:
        raise Lost
    while head := file.read(_KEY + _LENGTH):
        length = int.from_bytes(head[_KEY:], "big")
        sealed = file.read(length) if length < 2 * PIECE else b""
        if len(head) != _KEY + _LENGTH or len(sealed) != length:
            raise Lost
        yield head[:_KEY].decode("ascii", "replace"), sealed


def is_sealed(place: Place) -> bool:
    """Return whether a file of the store is sealed; one that is gone isn't."""
    try:
        with the_store().open(place) as file:
            return file.read(len(_BEGINS)) == _BEGINS
    except FileNotFoundError:
        return False


def _place(name: str, number: int) -> str:
    return f"{name}/{number}"


def _stored(name: str, federation_id: int) -> Place:
    if not _NAME.fullmatch(name):
        raise Lost(name)
    return Place(int(federation_id), name)
