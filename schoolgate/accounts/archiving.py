"""Everything of an account as one file: a page to read it by, the same as JSON, and its pictures.

Made outside any transaction, a piece at a time; each piece is read in a short one of its own.
"""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from django.template.loader import render_to_string
from django.utils import translation

from schoolgate.accounts import closing
from schoolgate.accounts.closing import ActivityProvider, Part, note_archive, note_archive_failed
from schoolgate.accounts.models import ARCHIVE_MOVES, Account, Archive, ArchiveState
from schoolgate.core import files
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.home import folder
from schoolgate.core.moves import move
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.networks.driving import Clock

AT_ONCE = 200
MEDIA_TYPE = "application/zip"
SHOWN = {"posts": "posts", "comments": "comments"}

log = structlog.get_logger(__name__)


def make(federation_id: int, archive_id: int, *, clock: Clock) -> None:
    """Create the file of one archive; one that is made already, or removed, is left alone. A second run
    starts again.

    Raises RuntimeError inside a scope: writing a large file has no place in a transaction.
    """
    if in_scope():
        raise RuntimeError("an archive is not made inside a transaction")
    account = _begin(federation_id, archive_id, clock())
    if account is None:
        return
    try:
        with TemporaryDirectory(dir=folder("making")) as place:
            target = Path(place) / "archive.zip"
            counted = _write(federation_id, archive_id, account, target)
            stored = files.keep_path(target, MEDIA_TYPE, federation_id=federation_id)
    except Exception:
        log.exception("making an archive failed", federation=federation_id, archive=archive_id)
        with scope(federation_id):
            note_archive_failed(archive=Archive.objects.get(pk=archive_id), at=clock())
        return
    with scope(federation_id):
        archive = Archive.objects.get(pk=archive_id)
        note_archive(archive=archive, at=clock(), digest=stored.digest, size=stored.size, **counted)


def _begin(federation_id: int, archive_id: int, at: datetime) -> Account | None:
    with scope(federation_id):
        archive = Archive.objects.select_related("account__school").filter(pk=archive_id).first()
        if archive is None:
            return None
        total = sum(provider.count(archive.account) for provider in closing.providers())
        try:
            move(archive, to=ArchiveState.MAKING, moves=ARCHIVE_MOVES, at=at, done=0, total=total)
        except NotNow:  # it is ready, or another process was quicker
            return None
        return archive.account


def _write(federation_id: int, archive_id: int, account: Account, target: Path) -> dict[str, int]:
    """Write the file and return what it holds. Pictures are read outside the pieces' transactions."""
    told: dict[str, list[dict[str, Any]]] = {"posts": [], "comments": []}
    pictures: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for piece in _pieces(federation_id, archive_id, account):
            for part in piece:
                told[part.kind].append(dict(part.data))
                for digest, name in part.pictures.items():
                    if name not in pictures and _add(bundle, federation_id, digest, name):
                        pictures.add(name)
        about = {"account": account.name, "network": account.network, "address": account.address, **told}
        bundle.writestr("archive.json", json.dumps(about, ensure_ascii=False, indent=1))
        with translation.override((account.school.languages or ["en"])[0] if account.school else "en"):
            bundle.writestr("index.html", render_to_string("care/archive.html", {"account": account, **told}))
    return {"posts": len(told["posts"]), "comments": len(told["comments"]), "pictures": len(pictures)}


def _pieces(federation_id: int, archive_id: int, account: Account) -> Iterator[list[Part]]:
    done = 0
    for provider in closing.providers():
        after = 0
        while piece := _piece(federation_id, account, provider, after):
            after = piece[-1][0]
            done += len(piece)
            yield [part for _number, part in piece]
            with scope(federation_id):
                Archive.objects.filter(pk=archive_id).update(done=done)


def _piece(
    federation_id: int, account: Account, provider: ActivityProvider, after: int
) -> list[tuple[int, Part]]:
    with scope(federation_id):
        return list(provider.parts(account, after=after, limit=AT_ONCE))


def _add(bundle: zipfile.ZipFile, federation_id: int, digest: str, name: str) -> bool:
    """Add a picture; False where its file is lost or damaged, which the text beside it outlives."""
    try:
        content = files.read(digest, federation_id=federation_id)
    except NotFound:
        return False
    bundle.writestr(name, content, compress_type=zipfile.ZIP_STORED)
    return True
