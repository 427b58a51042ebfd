"""Pictures that a network fetches itself: each lies at an address that can't be guessed, from the moment at
which it is handed over until it was fetched, and at most a few minutes.

A file in the home for each, named by the digest of its token: who can read the folder can't make the address.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.home import folder
from schoolgate.networks.port import NetworkError, OutgoingPicture

LASTS = timedelta(minutes=5)
WHERE = "/handed-over/"
"""The beginning of the address's path; `web/public/noticeboard.py` answers there."""


@contextmanager
def handed_over(pictures: Sequence[OutgoingPicture]) -> Iterator[list[str]]:
    """Lay JPEG pictures out while the block runs; gives their addresses, in order. Raises NetworkError where
    this installation can't be reached from outside."""
    origin = env().public_address
    if not origin or not origin.startswith("https://"):
        raise NetworkError("not_reachable", what_next="give_up")
    laid: list[Path] = []
    try:
        addresses = []
        for picture in pictures:
            token = secrets.token_urlsafe(32)
            laid.append(_file(token))
            lay(laid[-1], picture.data, at=now())
            addresses.append(f"{origin}{WHERE}{token}.jpg")
        yield addresses
    finally:
        for path in laid:
            path.unlink(missing_ok=True)


def lay(path: Path, data: bytes, *, at: datetime) -> None:
    """Write a picture that can be fetched from `at` on, for as long as it LASTS; only we read the file."""
    path.touch(mode=0o600)
    path.write_bytes(data)
    os.utime(path, (at.timestamp(), at.timestamp()))


def picture_at(token: str, *, at: datetime) -> bytes | None:
    """Return the picture of an address; None where nothing is laid out there (any more)."""
    path = _file(token)
    try:
        return path.read_bytes() if _until(path) >= at else None
    except FileNotFoundError:
        return None


def clear(*, at: datetime) -> int:
    """Delete what a worker that died left behind; returns how many."""
    old = [path for path in _folder().iterdir() if _until(path) < at]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _until(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, now().tzinfo) + LASTS


def _folder() -> Path:
    return folder("handed-over")


def _file(token: str) -> Path:
    return _folder() / hashlib.sha256(token.encode()).hexdigest()
