"""Stores a download of earlier posts between upload and end: the file itself until it was read, then only
its posts, sealed, some hundreds in each line.

All of it is file work: call it before a scope is opened, or once it is closed. A download may contain
private messages and much else that the school has no business with; so it is deleted as soon as its posts
are read."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from schoolgate.core import files, vault
from schoolgate.core.days import stored_instant
from schoolgate.core.files import Place, key_of
from schoolgate.core.home import drafts
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.networks.archives.port import OldPost

AT_ONCE = 500
"""Posts in one piece: one line of the file, one transaction."""
_KIND = "posts"
_DOWNLOAD, _POSTS = ".download", ".posts"
ROOM = 2
"""How many times the file's size must be free on the disk before it is stored."""


@dataclass(frozen=True)
class KeptDownload:
    """A stored download. `file`: its name here; `content`: its digest."""

    file: str
    content: str
    size: int


class NoRoom(Exception):
    """The disk has no space for the file and what is read out of it."""


def keep_download(source: BinaryIO, size: int, *, federation_id: int) -> KeptDownload:
    """Store a download as a stream. Raises NoRoom."""
    if shutil.disk_usage(drafts()).free < ROOM * size + 100_000_000:
        raise NoRoom
    name, digest = secrets.token_hex(12), hashlib.sha256()
    draft = drafts() / f"{name}{_DOWNLOAD}"
    try:
        with draft.open("xb") as file:
            while chunk := source.read(1 << 20):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        files.passing().lay(_place(name, _DOWNLOAD, federation_id), draft)
    finally:
        draft.unlink(missing_ok=True)
    return KeptDownload(name, digest.hexdigest(), size)


def digest_of(source: Path) -> str:
    """The digest of a file that stays where it is."""
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def new_name() -> str:
    """Return a name for the posts of a download that is read in place."""
    return secrets.token_hex(12)


def download(file: str, *, federation_id: int) -> BufferedReader | None:
    """Open a download; None if it is gone."""
    place = _place(file, _DOWNLOAD, federation_id)
    try:
        return files.passing().open(place)
    except FileNotFoundError:
        return None


def remove_download(file: str, *, federation_id: int) -> None:
    """Remove the download; its posts stay."""
    files.passing().remove(_place(file, _DOWNLOAD, federation_id))


def remove(file: str, *, federation_id: int) -> None:
    """Remove all its files; safe to do twice."""
    if file:
        remove_download(file, federation_id=federation_id)
        files.passing().remove(_place(file, _POSTS, federation_id))


def write_posts(file: str, pieces: Iterable[list[OldPost]], *, federation_id: int) -> int:
    """Write the posts, sealed, piece by piece; there is never half a file under its name. Returns the number
    of pieces. What the pieces raise goes through, and nothing is left."""
    return _write(
        _place(file, _POSTS, federation_id),
        (vault.seal(json.dumps([_said(post) for post in piece], ensure_ascii=False)) for piece in pieces),
    )


def waiting() -> list[Place]:
    """The files of posts that wait, of every federation."""
    return sorted(laid.place for laid in files.passing().laid() if laid.place.name.endswith(_POSTS))


def rewrite(place: Place, anew: Callable[[str], str]) -> None:
    """Rewrite such a file, each of its sealed pieces as `anew` gives it. Raises FileNotFoundError, and what
    `anew` raises; the file is then unchanged."""
    _write(place, (anew(line) for line in _lines(place)))


def _write(place: Place, sealed: Iterable[str]) -> int:
    draft = drafts() / f"{place.name}.{secrets.token_hex(4)}"
    number = 0
    try:
        with draft.open("x", encoding="ascii") as out:
            for line in sealed:
                out.write(line + "\n")
                number += 1
            out.flush()
            os.fsync(out.fileno())
        files.passing().lay(place, draft)
    finally:
        draft.unlink(missing_ok=True)
    return number


def _lines(place: Place) -> Iterator[str]:
    with TextIOWrapper(files.passing().open(place), encoding="ascii") as lines:
        for line in lines:
            yield line.rstrip("\n")


def read_posts(file: str, *, federation_id: int, after: int = 0) -> Iterator[list[OldPost]]:
    """The pieces, without the first `after`. FileNotFoundError where they are gone; CannotOpen."""
    for number, line in enumerate(_lines(_place(file, _POSTS, federation_id))):
        if number >= after:
            yield [_read(said) for said in json.loads(vault.unseal(line))]


def has_posts(file: str, *, federation_id: int) -> bool:
    """Whether its posts are here."""
    return bool(file) and files.passing().size(_place(file, _POSTS, federation_id)) is not None


def sweep(keep: Collection[str], *, federation_id: int, at: datetime, older_than: timedelta) -> int:
    """Remove what belongs to no download of `keep` and is older than `older_than`; return how many."""
    return files.sweep(_KIND, at=at, older_than=older_than, federation_id=federation_id, keep=keep)


def _place(file: str, ending: str, federation_id: int) -> Place:
    return Place(int(federation_id), f"{_safe(file)}{ending}", _KIND)


def _safe(file: str) -> str:
    if len(file) != 24 or not all(letter in "0123456789abcdef" for letter in file):
        raise FileNotFoundError(file)
    return file


def _said(post: OldPost) -> list[object]:
    return [
        post.key, post.written_at.isoformat(), post.text, post.address, post.pictures, post.edited,
        post.reply, post.language, post.alts,
    ]  # fmt: skip


def _read(said: list[object]) -> OldPost:
    key, at, *rest = said
    return OldPost(str(key), stored_instant(str(at)), *rest)  # type: ignore[arg-type]


@also_sealed
def seal_posts_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal the waiting posts of each download, file by file; yields `posts NAME` for what no key opens."""
    for place in waiting():
        try:
            rewrite(place, lambda line: newly(line) or line)
        except CannotOpen:
            yield f"posts {key_of(place.name)}"
        except FileNotFoundError:  # imported or dropped a moment ago
            continue
