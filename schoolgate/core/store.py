"""Where this installation's files lie: in its home, or in a bucket that several machines share
(`SCHOOLGATE_FILES`); and moving them from one to the other."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from functools import lru_cache
from io import BufferedReader
from pathlib import Path

from schoolgate.core.env import env
from schoolgate.core.home import drafts
from schoolgate.core.home import files as home_files
from schoolgate.core.places import FolderStore, Place, Store, StoreTrouble

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
