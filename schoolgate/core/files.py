"""Pictures and documents by their digest: what was approved is what is sent, byte for byte.

Each federation has a folder of its own, so that erasing a file for one never takes it from another. Files are
written before the transaction that speaks of them: a file without a row is swept away later, a row without a
file would be a lie.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.places import Place
from schoolgate.core.store import lay_bytes, the_store
from schoolgate.core.tenancy import current_scope

DIGEST = re.compile(r"[0-9a-f]{64}")
PIECE = 1 << 20
"""Bytes that are read together."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store: its SHA-256 (hex), its media type as the caller knows it, its size in bytes."""

    digest: str
    media_type: str
    size: int


def keep(content: bytes, media_type: str, *, federation_id: int | None = None) -> StoredFile:
    """Put bytes into the federation's store; safe to do twice, and at once.

    Call it before a scope is opened: no file work belongs inside a transaction.

    Args:
        federation_id: whose store; without it that of the federation in scope.
    """
    digest = hashlib.sha256(content).hexdigest()
    place, store = _place(digest, federation_id), the_store()
    if store.size(place) is None:
        lay_bytes(store, place, content)
    return StoredFile(digest, media_type, len(content))


def keep_path(source: Path, media_type: str, *, federation_id: int) -> StoredFile:
    """Put a file that lies on the disk into the federation's store, whatever its size; the source is moved.

    `source` lies in the home, so that giving it its name is one step. Never inside a transaction.
    """
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    size = source.stat().st_size
    the_store().lay(_place(digest, federation_id), source)
    return StoredFile(digest, media_type, size)


def opened(digest: str, *, federation_id: int | None = None) -> BufferedReader:
    """A file to read and to seek in, such as for a page to send. Raises NotFound, also for a text that is no
    digest."""
    try:
        return the_store().open(_place(digest, federation_id))
    except FileNotFoundError:
        raise _gone() from None


def is_there(digest: str, *, federation_id: int | None = None) -> bool:
    """Return whether the store has a file. Raises NotFound for a text that is no digest."""
    return the_store().size(_place(digest, federation_id)) is not None


def read(digest: str, *, federation_id: int | None = None) -> bytes:
    """A file's bytes. Raises NotFound where it is gone, or is not what its name says any more."""
    with opened(digest, federation_id=federation_id) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != digest:
        raise _damaged()
    return content


def read_in_pieces(digest: str, *, federation_id: int | None = None) -> Iterator[bytes]:
    """Yield a file's bytes a piece at a time, after reading all of it once. Raises NotFound, before the first
    piece, where it is gone or is not what its name says any more."""
    with opened(digest, federation_id=federation_id) as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != digest:
            raise _damaged()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def remove(digest: str, *, federation_id: int | None = None) -> None:
    """Erase a file; the caller has asked `holds` and knows that no row of the federation needs it."""
    the_store().remove(_place(digest, federation_id))


def _gone() -> NotFound:
    return NotFound(
        _("This file is no longer stored."),
        _("Ask the person who added it, or the person who runs the server."),
    )


def _damaged() -> NotFound:
    return NotFound(
        _("This file has been damaged, so it can’t be used."), _("Ask the person who runs the server.")
    )


def _place(digest: str, federation_id: int | None) -> Place:
    if not DIGEST.fullmatch(digest):
        raise _gone()
    return Place(current_scope().federation_id if federation_id is None else federation_id, digest)
