"""Keep the journal beside the backups complete, and do again what a restore forgot. Outside any scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.utils.translation import gettext_lazy as _

from schoolgate.core import retention
from schoolgate.core.actions import each_by_itself
from schoolgate.core.backups import journal
from schoolgate.core.backups.journal import ERASED, Entry
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import Federation, Restoration
from schoolgate.core.retention import Again, Happened, kind_of
from schoolgate.core.tenancy import scope
from schoolgate.records import destroying
from schoolgate.records.destroying import erase_again

log = structlog.get_logger(__name__)
OVERLAP = timedelta(minutes=20)
"""How far back each minute looks: what an outage of the worker left out is found within the day."""
A_DAY_LATER = timedelta(days=40)


class Erasures(Again):
    """What was erased before its time."""

    key, at_release = ERASED, True
    undone = _(
        "Number {number} was erased after the backup and is back, because of a ban or unfinished "
        "work. Lift or finish it, then erase the record again under Records."
    )

    def since(self, since: datetime) -> list[Happened]:
        """Return the certificates from an instant on."""
        rows = destroying.erased().filter(at__gte=since).order_by("pk")
        return [
            Happened(int(one.thing or 0), one.at, {"kind": one.kind, "because": one.because, "by": one.by})
            for one in rows
        ]

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Erase it again; not where a ban or open work of that time keeps it."""
        kind = kind_of(given["kind"])
        if kind is None:
            return True
        try:
            erase_again(at=at, kind=kind, pk=number, because=given["because"], by=given["by"])
        except NotFound:
            return True
        except NotNow:
            return False
        return True


def note(federation_id: int, *, at: datetime, back: timedelta = OVERLAP) -> bool:
    """Add to the journal what happened lately here and isn't in it yet, each kind of act by itself.
    Return whether all of them could be read."""
    slug = Federation.objects.get(pk=federation_id).slug
    found: list[Entry] = []

    def read(act: Again) -> None:
        found.extend(
            Entry(slug, act.key, one.number, one.at.isoformat(), dict(one.given))
            for one in act.since(at - back)
        )

    with scope(federation_id):
        left = each_by_itself(retention.acts(), read, at=at, failed="acts were not put in the journal")
    if found:
        journal.add(found)
    return not left


def newer_than(restoration: Restoration) -> list[Entry]:
    """Return what happened after the backup that this home was restored from, as far as its journal tells."""
    path = journal.own()
    return list(journal.newer_than(path, restoration.backup_at).entries) if path.exists() else []


def since_backup(federation: Federation, restoration: Restoration) -> int | None:
    """Return how many things happened in a federation after the backup; None where no journal tells."""
    if not journal.own().exists():
        return None
    return sum(one.federation == federation.slug for one in newer_than(restoration))


def do_all_again(
    federation_id: int, restoration: Restoration, *, at: datetime, at_release: bool = True
) -> list[Entry]:
    """Do again what happened after the backup, each by itself; returns what a person has to see to. Safe to
    repeat. Not `at_release`: only what needs no one to look first."""
    slug = Federation.objects.get(pk=federation_id).slug
    left = []
    for one in newer_than(restoration):
        act = retention.act_of(one.what)
        if one.federation != slug or (act is not None and act.at_release and not at_release):
            continue
        if act is None or not _done_again(act, one, federation_id, at=at):
            left.append(one)
    return left


def _done_again(act: Again, entry: Entry, federation_id: int, *, at: datetime) -> bool:
    try:
        with scope(federation_id):
            return act.again(entry.number, entry.given, at=at)
    except Exception:
        log.exception("what happened since the backup was not done again", what=entry.what, row=entry.number)
        return False


def left_to_people(federation: Federation, restoration: Restoration) -> list[str]:
    """Return in words what the restore couldn’t do again in a federation: what a person has to see to."""
    told = []
    for what, number, *of in restoration.told.get("left", {}).get(str(federation.pk), []):
        act = retention.act_of(what)
        words = (
            act.undone
            if act is not None
            else _("Number {number}: recorded by a newer version of Schoolgate.")
        )
        kind = kind_of(of[0]) if of else None
        said = str(words).format(number=number)
        told.append(f"{kind.thing}: {said}" if kind is not None else said)
    return list(dict.fromkeys(told))


def keep_left(restoration: Restoration, federation_id: int, left: Iterable[Entry]) -> None:
    """Save what is left to people in a federation."""
    known = {one.pk: one for one in Restoration.objects.filter(pk=restoration.pk)}[restoration.pk]
    told = known.told.get("left", {})
    told[str(federation_id)] = [
        [one.what, one.given.get("people_know", one.number), *_kind_erased(one)] for one in left
    ]
    Restoration.objects.filter(pk=restoration.pk).update(told=known.told | {"left": told})


def _kind_erased(one: Entry) -> list[str]:
    return [one.given["kind"]] if one.what == ERASED else []


def here_again(federation: Federation, restoration: Restoration | None) -> list[Entry]:
    """Return what was erased once, is back since the restore, and couldn’t be erased again by itself. Inside
    a scope."""
    found = []
    for one in newer_than(restoration) if restoration else []:
        kind = kind_of(one.given["kind"]) if one.what == ERASED else None
        if one.federation == federation.slug and kind is not None and kind.rows_of(one.number).exists():
            found.append(one)
    return found
