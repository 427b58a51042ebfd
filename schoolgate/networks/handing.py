"""Pictures that a network fetches itself: each lies at an address that can't be guessed, from the moment at
which it is handed over until it was fetched, and at most a few minutes.

A file in the store for each, named by the digest of its token: who can read the store can't make the address.
The token ends with the second until which it holds, and can't be made to last longer.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from schoolgate.core import files
from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.files import Place, lay_bytes
from schoolgate.networks.port import NetworkError, OutgoingPicture

LASTS = timedelta(minutes=5)
_KIND = "handed"
WHERE = "/handed-over/"
"""The beginning of the address's path; `web/public/noticeboard.py` answers there."""


@contextmanager
def handed_over(pictures: Sequence[OutgoingPicture]) -> Iterator[list[str]]:
    """Lay JPEG pictures out while the block runs; gives their addresses, in order. Raises NetworkError where
    this installation can't be reached from outside."""
    origin = env().public_address
    if not origin or not origin.startswith("https://"):
        raise NetworkError("not_reachable", what_next="give_up")
    tokens: list[str] = []
    try:
        for picture in pictures:
            tokens.append(new_token(at=now()))
            lay_bytes(files.passing(), _place(tokens[-1]), picture.data)
        yield [f"{origin}{WHERE}{token}.jpg" for token in tokens]
    finally:
        for token in tokens:
            files.passing().remove(_place(token))


def new_token(*, at: datetime) -> str:
    """Return a token that holds from `at` on for as long as a picture LASTS."""
    return f"{secrets.token_urlsafe(32)}-{int((at + LASTS).timestamp())}"


def picture_at(token: str, *, at: datetime) -> bytes | None:
    """Return the picture of an address; None where nothing is laid out there (any more)."""
    until = token.rpartition("-")[2]
    if not (until.isascii() and until.isdigit() and at.timestamp() <= int(until)):
        return None
    try:
        with files.passing().open(_place(token)) as file:
            return file.read()
    except FileNotFoundError:
        return None


def clear(*, at: datetime) -> int:
    """Delete what a worker that died left behind; returns how many."""
    return files.sweep(_KIND, at=at, older_than=LASTS)


def _place(token: str) -> Place:
    """They are of no federation: the address alone says who may fetch one."""
    return Place(0, hashlib.sha256(token.encode()).hexdigest(), _KIND)
