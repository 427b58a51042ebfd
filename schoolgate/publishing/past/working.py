"""Read a download and import it, as jobs and the command do: outside any transaction, a piece at a time, so
that a worker that is killed loses nothing and doubles nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.core.vault import CannotOpen
from schoolgate.networks.archives.port import LeftOut, OldPost, Owner, Unreadable
from schoolgate.networks.archives.reading import Download, open_download
from schoolgate.networks.driving import Clock
from schoolgate.networks.port import NetworkError
from schoolgate.publishing.past import actions, ours, storing
from schoolgate.publishing.past.models import PastImport
from schoolgate.publishing.past.states import PastState

HEARD_EVERY = 20
"""Pieces between two reports that the reading is still under way."""
Says = Callable[[int, int], None]

log = structlog.get_logger(__name__)


@dataclass
class Found:
    """What is in a download, in numbers and days."""

    posts: int = 0
    pictures: int = 0
    replies: int = 0
    first: datetime | None = None
    last: datetime | None = None
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, post: OldPost) -> None:
        """Count one post."""
        self.posts += 1
        self.pictures += post.pictures
        self.replies += post.reply
        self.first = min(self.first or post.written_at, post.written_at)
        self.last = max(self.last or post.written_at, post.written_at)

    def as_json(self) -> dict[str, Any]:
        """Return it as stored in the row: instants in ISO."""
        return {
            "posts": self.posts,
            "pictures": self.pictures,
            "replies": self.replies,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "left_out": dict(self.left_out),
        }


def read(federation_id: int, import_id: int, *, clock: Clock, source: Path | None = None) -> None:
    """Read a download that waits for it; one that was read or removed is left alone. A second run starts
    over.

    Args:
        source: the path of the file, if not in the home: then it is not removed.

    Raises RuntimeError inside a scope: reading a large file has no place in a transaction.
    """
    _check_outside()
    with scope(federation_id):
        brought = PastImport.objects.select_related("account").filter(pk=import_id).first()
        if brought is None or brought.state != PastState.READING:
            return
        actions.heard(import_id, at=clock())
        known = _known(brought)
    file = source or storing.download(brought.file, federation_id=federation_id)
    try:
        if file is None:
            raise Unreadable("broken")
        owner, found, pieces = _read(file, brought, federation_id, clock)
    except Unreadable as error:
        because = "gone" if file is None else error.code
        storing.remove(brought.file, federation_id=federation_id)
        with scope(federation_id):
            said = f"{because}:{error.network}" if error.network else because
            actions.note_unreadable(at=clock(), brought=brought, because=said)
        return
    known += _told_by_network(brought.account)
    with scope(federation_id):
        actions.note_found(
            at=clock(), brought=brought, found=found.as_json(), owner=owner, pieces=pieces, known=known
        )
    storing.remove_download(brought.file, federation_id=federation_id)


def take(federation_id: int, import_id: int, *, clock: Clock, says: Says | None = None) -> None:
    """Import the rest of a confirmed download; one that was stopped or ended meanwhile is left alone.

    Args:
        says: told after each piece how many are in, and how many there are.
    """
    _check_outside()
    with scope(federation_id):
        brought = PastImport.objects.select_related("account").filter(pk=import_id).first()
        if brought is None or brought.state != PastState.TAKING:
            return
        here = ours.ours_on(brought.account)
    try:
        pieces = storing.read_posts(brought.file, federation_id=federation_id, after=brought.done)
        for number, posts in enumerate(pieces, start=brought.done):
            with scope(federation_id):
                if not actions.take_piece(at=clock(), pk=import_id, number=number, posts=posts, ours=here):
                    return
            if says:
                says(number + 1, brought.pieces)
    except (FileNotFoundError, CannotOpen):
        # After a restore, or with another key: it cannot continue. What was imported stays, and its number is
        # shown.
        log.warning("the posts of a download are gone", federation=federation_id, download=import_id)
        with scope(federation_id):
            actions.note_gone(at=clock(), pk=import_id)
        return
    with scope(federation_id):
        ended = actions.finish(at=clock(), pk=import_id)
    if ended is not None:
        storing.remove(brought.file, federation_id=federation_id)


def _check_outside() -> None:
    if in_scope():
        raise RuntimeError("a download is not read inside a transaction")


def _read(file: Path, brought: PastImport, federation_id: int, clock: Clock) -> tuple[Owner, Found, int]:
    found = Found()
    with open_download(file, brought.account.network) as download:
        pieces = storing.write_posts(
            brought.file,
            _pieces(download, found, lambda: _heard(federation_id, brought.pk, clock)),
            federation_id=federation_id,
        )
        if not found.posts:
            storing.remove(brought.file, federation_id=federation_id)
            raise Unreadable("no_posts")
        return download.owner, found, pieces


def _heard(federation_id: int, import_id: int, clock: Clock) -> None:
    with scope(federation_id):
        actions.heard(import_id, at=clock())


def _pieces(download: Download, found: Found, heard: Callable[[], None]) -> Iterator[list[OldPost]]:
    piece: list[OldPost] = []
    number = 0
    for one in download.posts():
        if isinstance(one, LeftOut):
            found.left_out[one.why] += 1
            continue
        found.add(one)
        piece.append(one)
        if len(piece) == storing.AT_ONCE:
            yield piece
            piece, number = [], number + 1
            if number % HEARD_EVERY == 0:
                heard()
    if piece:
        yield piece


def _known(brought: PastImport) -> list[str]:
    """The network's own names of the account, as far as they are known here."""
    earlier = PastImport.objects.filter(account=brought.account_id, state=PastState.DONE)
    ids = [owner.get("id", "") for owner in earlier.order_by("-id").values_list("owner", flat=True)[:5]]
    return [*ours.ids_on(brought.account), *(one for one in ids if one)]


def _told_by_network(account: Account) -> list[str]:
    """Return the account's names on its connected network; none where it cannot be asked."""
    if account.vault_ref is None:
        return []
    try:
        return [client_for(account).profile().id]
    except (NetworkError, CannotOpen):
        return []
