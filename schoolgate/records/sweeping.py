"""Destroy what is due in a federation, piece by piece, and take its files off the disk. Outside any scope."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core import files
from schoolgate.core.each import each_by_itself
from schoolgate.core.models import DestroyedFile
from schoolgate.core.retention import Kind, kinds
from schoolgate.core.tenancy import scope
from schoolgate.records import queries
from schoolgate.records.actions import destroy_some, files_gone

FILES_AT_ONCE = 200


def destroy_due(federation_id: int, *, at: datetime) -> int:
    """Destroy everything that is due; returns how many things. Killed at any point, the next run does the
    rest: each piece is there with its certificate or not at all, and files go after it."""
    with scope(federation_id):
        running = [now.kind for now in queries.all_in_force(list(kinds())) if now.runs]
    number = sum(_all_of(kind, federation_id, at=at) for kind in running)
    remove_files(federation_id, at=at)
    return number


def remove_files(federation_id: int, *, at: datetime) -> int:
    """Take off the disk the files of what was destroyed, unless a row still needs them; returns how many.

    One that can't be removed delays none of the others. Raises OSError for it at the end, for a later try.
    """
    gone, after = 0, 0
    left: set[str] = set()
    while True:
        with scope(federation_id):
            rows = DestroyedFile.objects.filter(pk__gt=after).order_by("pk")
            waiting = list(rows.values_list("pk", "digest")[:FILES_AT_ONCE])
            free = {one for _, one in waiting if not any(kind.needs_file(one) for kind in kinds())}
        if not waiting:
            break
        left |= _remove_each(free, federation_id, at=at)
        with scope(federation_id):
            files_gone(at=at, rows=[pk for pk, digest in waiting if digest not in left])
        gone += len(free - left)
        after = waiting[-1][0]
    if left:
        raise OSError(f"{len(left)} files of destroyed records are still on the disk")
    return gone


def _remove_each(digests: set[str], federation_id: int, *, at: datetime) -> set[str]:
    """Remove files; return those that couldn't be."""

    def remove(digest: str) -> None:
        files.remove(digest, federation_id=federation_id)

    return set(
        each_by_itself(sorted(digests), remove, at=at, failed="a destroyed record's file is still there")
    )


def _all_of(kind: Kind, federation_id: int, *, at: datetime) -> int:
    number, after, more = 0, None, True
    while more:
        with scope(federation_id):
            piece = destroy_some(at=at, kind=kind, after=after)
        number, after, more = number + piece.number, piece.after, piece.after is not None
    return number
