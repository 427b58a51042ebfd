"""Destroy what is due, a bounded piece in each transaction, with its certificate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from schoolgate.core import holds
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.core.models import DestroyedFile, Destruction
from schoolgate.core.retention import Kind, digest_of, forget
from schoolgate.people.models import Person
from schoolgate.records import queries

AT_ONCE = 500
"""Things that one transaction destroys, so that its locks are short."""
Place = tuple[datetime, int]


@dataclass(frozen=True)
class Piece:
    """What one transaction did. `after`: where the next begins; None: there is no more."""

    number: int
    after: Place | None


@action
def destroy_some(*, at: datetime, kind: Kind, after: Place | None = None) -> Piece:
    """Destroy the next things of a kind that are due, with a certificate, in this transaction.

    Nothing goes while no one has started it, while the kind is on hold, nor what is on hold or needed. Holds
    are placed before or after this, never meanwhile: one that was there first wins.
    """
    holds.one_at_a_time()
    now = queries.in_force(kind)
    if not now.runs or now.setting is None or now.months is None:
        return Piece(0, None)
    rows = queries.due(kind, now.months, at=at)
    if after is not None:
        rows = rows.filter(Q(since__gt=after[0]) | Q(since=after[0], pk__gt=after[1]))
    found = dict(rows.values_list("pk", "since")[:AT_ONCE])
    if not found:
        return Piece(0, None)
    last = list(found.items())[-1]
    following = (last[1], last[0]) if len(found) == AT_ONCE else None
    needed = kind.still_needed(list(found))
    going = {pk: since for pk, since in found.items() if pk not in needed}
    if going:
        setting = {"months": now.months, "setting": now.setting.pk}
        destroy_with_certificate(kind, going, "records.destroyed", at=at, actor=None, **setting)
    return Piece(len(going), following)


def destroy_with_certificate(
    kind: Kind, going: Mapping[int, datetime], event: str, *, at: datetime, actor: Person | None, **why: Any
) -> Destruction:
    """Take these rows away, with the certificate without which the database keeps them, and record it.

    Args:
        going: from which instant the period of each counts, by its number.
        why: fields of the certificate: the period that was over, or the thing that was erased.
    """
    days = [local_day(since) for since in going.values()]
    certificate = Destruction.objects.create(
        kind=kind.key, number=len(going), first_day=min(days), last_day=max(days),
        ids_digest=digest_of(going), at=at, **why,
    )  # fmt: skip
    kind.take_down(list(going), at=at)
    digests = sorted(set(kind.destroy(list(going), at=at)))
    forget([f"{kind.due(at, at=at).model._meta.label_lower}:{pk}" for pk in going])
    DestroyedFile.objects.bulk_create([DestroyedFile(destruction=certificate, digest=one) for one in digests])
    said = {name: value for name, value in why.items() if name != "by"}
    record(
        event, subject=certificate, at=at, actor=actor, kind=kind.key, number=len(going),
        ids=certificate.ids_digest, **said,
    )  # fmt: skip
    return certificate


@action
def files_gone(*, at: datetime, rows: Collection[int]) -> None:
    """Note that these files are gone from the disk, or are needed by a row that came since."""
    DestroyedFile.objects.filter(pk__in=rows).delete()
