"""Where files lie: in a folder of the home, or in a bucket that several machines share (`SCHOOLGATE_FILES`).

Each has a place of its own, by federation and name; what lies there is whole, or isn't there.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple, Protocol

from django.utils.translation import gettext_lazy as _

from schoolgate.core.env import env
from schoolgate.core.errors import NotNow
from schoolgate.core.home import drafts
from schoolgate.core.home import files as home_files

PIECE = 1 << 20
"""Bytes that are copied together."""
CHANGED = "it gives other bytes than it was given, or what was erased"


class StoreTrouble(NotNow):
    """The store can't be reached, or refuses: nothing is known of the file."""

    def __init__(self, why: str = "") -> None:
        super().__init__(
            _("Pictures and files can’t be reached just now."),
            _("Try again in a few minutes. If it lasts, tell the person who runs the server."),
        )
        self.why = why


class Place(NamedTuple):
    """Whose file, and its name: 64 hex digits."""

    federation: int
    name: str

    @property
    def path(self) -> str:
        """Its path below the store, with slashes."""
        return f"{self.federation}/{self.name[:2]}/{self.name}"


@dataclass(frozen=True, slots=True)
class Laid:
    """A file that lies in a store, its bytes, and since when."""

    place: Place
    size: int
    since: datetime


class Store(Protocol):
    """A place for files. Each raises StoreTrouble where the store is away."""

    def lay(self, place: Place, draft: Path) -> None:
        """Give a file of the disk its place, instead of what may lie there; the draft goes."""
        ...

    def open(self, place: Place) -> BufferedReader:
        """What lies there, to read and to seek in. Raises FileNotFoundError."""
        ...

    def size(self, place: Place) -> int | None:
        """Bytes of what lies there; None for nothing."""
        ...

    def remove(self, place: Place) -> None:
        """Erase it; safe to do twice."""
        ...

    def laid(self, federation: int | None = None) -> Iterator[Laid]:
        """What lies there, of one federation or of all."""
        ...

    def remove_all(self, federation: int) -> None:
        """Erase all that a federation has."""
        ...


class FolderStore:
    """Files in a folder of this machine's disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def lay(self, place: Place, draft: Path) -> None:  # noqa: D102
        target = self.path(place)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.replace(target)
        around = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(around)
        finally:
            os.close(around)

    def open(self, place: Place) -> BufferedReader:  # noqa: D102
        try:
            return self.path(place).open("rb")
        except IsADirectoryError as error:
            raise FileNotFoundError(str(place)) from error

    def size(self, place: Place) -> int | None:  # noqa: D102
        path = self.path(place)
        return path.stat().st_size if path.is_file() else None

    def remove(self, place: Place) -> None:  # noqa: D102
        self.path(place).unlink(missing_ok=True)

    def laid(self, federation: int | None = None) -> Iterator[Laid]:  # noqa: D102
        whose = "[0-9]*" if federation is None else str(int(federation))
        for path in self._folder.glob(f"{whose}/??/*"):
            if path.name.startswith("."):
                continue
            try:
                told = path.stat()
            except FileNotFoundError:
                continue
            since = datetime.fromtimestamp(told.st_mtime, UTC)
            yield Laid(Place(int(path.parent.parent.name), path.name), told.st_size, since)

    def remove_all(self, federation: int) -> None:  # noqa: D102
        shutil.rmtree(self._folder / str(int(federation)), ignore_errors=True)

    def path(self, place: Place) -> Path:
        """Where it lies, or would."""
        return self._folder / place.path


def move(place: Place, source: Store, target: Store, *, replaces: bool) -> bool:
    """Lay a file into another store, read it again there, and only then erase it; whether it was there.

    Args:
        replaces: whether it takes the place of what may lie there.

    Raises StoreTrouble where the other store gives something else than it was given.
    """
    draft = drafts() / f"{place.name}.{secrets.token_hex(4)}"
    try:
        if replaces or target.size(place) is None:
            with source.open(place) as file, draft.open("xb") as out:
                draft.chmod(0o600)
                shutil.copyfileobj(file, out, PIECE)
                out.flush()
                os.fsync(out.fileno())
            given = _digest(draft.open("rb"))
            target.lay(place, draft)
            if _digest(target.open(place)) != given:
                raise StoreTrouble(CHANGED)
    except FileNotFoundError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    source.remove(place)
    return True


def _digest(file: BufferedReader) -> bytes:
    with file:
        return hashlib.file_digest(file, "sha256").digest()


def try_out(store: Store) -> None:
    """Lay a file, read it again and erase it. Raises StoreTrouble."""
    place, said = Place(0, secrets.token_hex(32)), secrets.token_bytes(100)
    draft = drafts() / f"{place.name}.{secrets.token_hex(4)}"
    draft.write_bytes(said)
    try:
        store.lay(place, draft)
        with store.open(place) as file:
            given = file.read()
        store.remove(place)
    finally:
        draft.unlink(missing_ok=True)
    if given != said or store.size(place) is not None:
        raise StoreTrouble(CHANGED)


def the_store() -> Store:
    """Where this installation's files lie."""
    address = env().files
    return (
        in_the_home() if address is None else _bucket(address.get_secret_value(), home_files(), os.getpid())
    )


def in_the_home() -> FolderStore:
    """The folder of the home: the whole store, or what hasn't been moved to the bucket yet."""
    return FolderStore(home_files())


def the_bucket() -> Store:
    """The bucket alone, without what hasn't been moved to it."""
    address = env().files
    assert address is not None
    return _bucket(address.get_secret_value(), drafts() / "none", os.getpid())


@lru_cache(maxsize=2)
def _bucket(address: str, beside: Path, _process: int) -> Store:
    """A process that was copied makes its own: threads below the library don't come along."""
    from schoolgate.core.bucket import BucketStore  # an optional part

    return BucketStore(address, beside=FolderStore(beside))
