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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from schoolgate.core import vault
from schoolgate.core.days import stored_instant
from schoolgate.core.home import folder
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.networks.archives.port import OldPost

AT_ONCE = 500
"""Posts in one piece: one line of the file, one transaction."""
_DOWNLOAD, _POSTS, _PART = ".download", ".posts", ".part"
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
    place = _place(federation_id)
    if shutil.disk_usage(place).free < ROOM * size + 100_000_000:
        raise NoRoom
    name, digest = secrets.token_hex(12), hashlib.sha256()
    draft = place / f"{name}{_DOWNLOAD}{_PART}"
    try:
        with draft.open("xb") as file:
            while chunk := source.read(1 << 20):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        draft.replace(place / f"{name}{_DOWNLOAD}")
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


def download(file: str, *, federation_id: int) -> Path | None:
    """Return the path of a download; None if it is gone."""
    found = _place(federation_id) / f"{_safe(file)}{_DOWNLOAD}"
    return found if found.is_file() else None


def remove_download(file: str, *, federation_id: int) -> None:
    """Remove the download; its posts stay."""
    (_place(federation_id) / f"{_safe(file)}{_DOWNLOAD}").unlink(missing_ok=True)


def remove(file: str, *, federation_id: int) -> None:
    """Remove all its files; safe to do twice."""
    if file:
        remove_download(file, federation_id=federation_id)
        (_place(federation_id) / f"{_safe(file)}{_POSTS}").unlink(missing_ok=True)


def write_posts(file: str, pieces: Iterable[list[OldPost]], *, federation_id: int) -> int:
    """Write the posts, sealed, piece by piece; there is never half a file under its name. Returns the number
    of pieces. What the pieces raise goes through, and nothing is left."""
    target = _place(federation_id) / f"{_safe(file)}{_POSTS}"
    return _write(
        target,
        (vault.seal(json.dumps([_said(post) for post in piece], ensure_ascii=False)) for piece in pieces),
    )


def waiting() -> list[Path]:
    """The files of posts that wait, of every federation."""
    return sorted(folder("before").glob(f"*/*{_POSTS}"))


def rewrite(path: Path, anew: Callable[[str], str]) -> None:
    """Rewrite such a file, each of its sealed pieces as `anew` gives it. Raises FileNotFoundError, and what
    `anew` raises; the file is then unchanged."""
    with path.open(encoding="ascii") as lines:
        _write(path, (anew(line.rstrip("\n")) for line in lines))


def _write(target: Path, sealed: Iterable[str]) -> int:
    draft = target.with_name(target.name + _PART)
    number = 0
    try:
        with draft.open("w", encoding="ascii") as out:
            for line in sealed:
                out.write(line + "\n")
                number += 1
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return number


def read_posts(file: str, *, federation_id: int, after: int = 0) -> Iterator[list[OldPost]]:
    """The pieces, without the first `after`. FileNotFoundError where they are gone; CannotOpen."""
    with (_place(federation_id) / f"{_safe(file)}{_POSTS}").open(encoding="ascii") as lines:
        for number, line in enumerate(lines):
            if number >= after:
                yield [_read(said) for said in json.loads(vault.unseal(line.rstrip("\n")))]


def has_posts(file: str, *, federation_id: int) -> bool:
    """Whether its posts are here."""
    return bool(file) and (_place(federation_id) / f"{_safe(file)}{_POSTS}").is_file()


def sweep(keep: frozenset[str], *, federation_id: int, at: datetime, older_than: timedelta) -> int:
    """Remove files that belong to no download of `keep` and are older than `older_than`; return how many."""
    gone = 0
    for path in _place(federation_id).iterdir():
        name = path.name.partition(".")[0]
        if name not in keep and path.stat().st_mtime < (at - older_than).timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _place(federation_id: int) -> Path:
    return folder("before", str(int(federation_id)))


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
    for path in waiting():
        try:
            rewrite(path, lambda line: newly(line) or line)
        except CannotOpen:
            yield f"posts {path.stem}"
        except FileNotFoundError:  # imported or dropped a moment ago
            continue
