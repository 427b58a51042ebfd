"""Figures of how the installation runs, for a monitor: numbers, and federations by their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Model, QuerySet

from schoolgate.core import heartbeats
from schoolgate.core.models import Backup, Federation
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.networks.handshake import Intent
from schoolgate.notices.kinds import UNDER_WAY, MailState
from schoolgate.notices.models import Mail
from schoolgate.publishing.models import Delivery
from schoolgate.reports import running

IN_DOUBT = (Intent.UNKNOWN, Intent.ASKED, Intent.DIFFERENT)


@dataclass(frozen=True)
class Figure:
    """One number, with the labels that distinguish it from others of its name."""

    name: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


def figures(at: datetime) -> Iterator[Figure]:
    """Yield all figures; outside any scope. A fixed number of queries, and three for each federation."""
    for what, age in heartbeats.ages(at).items():
        yield Figure("beat_age_seconds", age, (("what", what),))
    yield Figure("standing_still", len(running.of_installation(at)))
    yield from _of_the_database()
    newest = Backup.objects.filter(trouble="", gone_at=None).order_by("-number").first()
    if newest is not None:
        yield Figure("backup_age_seconds", (at - newest.began_at).total_seconds())
        yield Figure("backup_bytes", newest.size)
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        with scope(federation_id):
            found = list(_of_federation(str(federation_id)))
        yield from found


def _of_the_database() -> Iterator[Figure]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        yield Figure("database_bytes", cursor.fetchone()[0])
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1 ORDER BY 1")
        for state, number in cursor.fetchall():
            yield Figure("jobs", number, (("state", state),))


def _of_federation(number: str) -> Iterator[Figure]:
    here = ("federation", number)
    duties = _by_state(Duty.objects.filter(state__in=STILL_TO_DO))
    mails = _by_state(Mail.objects.filter(state__in=(*UNDER_WAY, MailState.FAILED)))
    yield from (Figure("duties", count, (here, ("state", state))) for state, count in duties)
    yield from (Figure("mails", count, (here, ("state", state))) for state, count in mails)
    yield Figure("deliveries_in_doubt", Delivery.objects.filter(state__in=IN_DOUBT).count(), (here,))


def _by_state(rows: QuerySet[Model]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = list(rows.order_by("state").values_list("state").annotate(Count("pk")))
    return found
