"""Keep the list of erasures complete, and erase again what a restore brought back. Outside any scope."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.backups import erasures
from schoolgate.core.backups.erasures import Erased
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import Federation, Restoration
from schoolgate.core.retention import kind_of
from schoolgate.core.tenancy import scope
from schoolgate.records import queries
from schoolgate.records.actions import erase_again


def list_erasures(federation_id: int) -> None:
    """Add to the list of erasures what it doesn’t have yet of a federation."""
    slug = Federation.objects.get(pk=federation_id).slug
    with scope(federation_id):
        rows = [
            Erased(slug, one.kind, int(one.thing or 0), one.because, one.by, one.at.isoformat())
            for one in queries.erased().order_by("pk")
        ]
    if rows or erasures.own_list().exists():
        erasures.add(rows)


def newer_than(restoration: Restoration) -> list[Erased]:
    """Return what was erased after the backup that this home was restored from, as far as a list tells."""
    path = erasures.own_list()
    return list(erasures.newer_than(path, restoration.backup_at).erased) if path.exists() else []


def since_backup(federation: Federation, restoration: Restoration) -> int | None:
    """Return how many things of a federation were erased after the backup; None where no list tells."""
    if not erasures.own_list().exists():
        return None
    return sum(one.federation == federation.slug for one in newer_than(restoration))


def erase_all_again(federation_id: int, restoration: Restoration, *, at: datetime) -> int:
    """Erase again what was erased after the backup; returns how many things a ban or open work of that time
    keeps. Safe to repeat."""
    slug = Federation.objects.get(pk=federation_id).slug
    left = 0
    for one in newer_than(restoration):
        kind = kind_of(one.kind)
        if one.federation != slug or kind is None:
            continue
        try:
            with scope(federation_id):
                erase_again(at=at, kind=kind, pk=one.number, because=one.because, by=one.by)
        except NotFound:
            continue
        except NotNow:
            left += 1
    return left


def here_again(federation: Federation, restoration: Restoration | None) -> list[Erased]:
    """Return what was erased once, is back since the restore, and couldn’t be erased again by itself. Inside
    a scope."""
    found = []
    for one in newer_than(restoration) if restoration else []:
        kind = kind_of(one.kind)
        if one.federation == federation.slug and kind is not None and kind.rows_of(one.number).exists():
            found.append(one)
    return found
