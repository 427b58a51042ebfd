"""Where this installation's files lie: in its home, or in a bucket that several machines share
(`SCHOOLGATE_FILES`); and moving them from one to the other."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
from functools import lru_cache
from io import BufferedReader
from pathlib import Path

from schoolgate.core.env import env
from schoolgate.core.home import drafts, folder
from schoolgate.core.places import FolderStore, Place, Store, StoreTrouble

FILES, PASSING = "files", "passing"
"""The stores: what is kept, and what passes through (`core/passing.py`)."""
PIECE = 1 << 20
"""Bytes that are copied together."""
CHANGED = "it gives other bytes than it was given, or what was erased"


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
    lay_bytes(store, place, said)
    with store.open(place) as file:
        given = file.read()
    store.remove(place)
    if given != said or store.size(place) is not None:
        raise StoreTrouble(CHANGED)


def lay_bytes(store: Store, place: Place, content: bytes) -> None:
    """Give bytes a place in a store, instead of what may lie there."""
    with tempfile.NamedTemporaryFile(dir=drafts(), delete=False) as draft:
        path = Path(draft.name)
        try:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            store.lay(place, path)
        finally:
            path.unlink(missing_ok=True)


def the_store(which: str = FILES) -> Store:
    """Where this installation's files lie."""
    return in_the_home(which) if env().files is None else _the_bucket(which, folder(which))


def in_the_home(which: str = FILES) -> FolderStore:
    """The folder of the home: the whole store, or what hasn't been moved to the bucket yet."""
    return FolderStore(folder(which))


def the_bucket(which: str = FILES) -> Store:
    """The bucket alone, without what hasn't been moved to it."""
    return _the_bucket(which, drafts() / "none")


def _the_bucket(which: str, beside: Path) -> Store:
    address = env().files
    assert address is not None
    return _bucket(address.get_secret_value(), beside, "" if which == FILES else which, os.getpid())


@lru_cache(maxsize=4)
def _bucket(address: str, beside: Path, below: str, _process: int) -> Store:
    """A process that was copied makes its own: threads below the library don't come along."""
    from schoolgate.core.bucket import BucketStore  # an optional part

    return BucketStore(address, beside=FolderStore(beside), below=below)
