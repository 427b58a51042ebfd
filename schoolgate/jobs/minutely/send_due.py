"""Start approved posts whose time has come, and take up what a worker left behind."""

from datetime import datetime

import structlog

from schoolgate.core.clock import now
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.jobs import beating
from schoolgate.networks.driving import Clock
from schoolgate.publishing import queries, sending
from schoolgate.publishing.actions import begin_sending

log = structlog.get_logger(__name__)


def run(at: datetime, *, clock: Clock = now) -> None:
    """One federation after the other: a post in one transaction each, then whatever wants a step. Trouble
    with one does not keep the others from going out."""
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        start_due(federation_id, at)
        for delivery_id in waiting(federation_id, at):
            try:
                sending.drive(federation_id, delivery_id, clock=clock)
            except Exception:
                log.exception("sending failed", federation=federation_id, delivery=delivery_id)
                beating.trouble()


def start_due(federation_id: int, at: datetime) -> None:
    """Start every post that is due, each in a transaction of its own, so that one cannot hold up another."""
    with scope(federation_id):
        due = [post.pk for post in queries.due_posts(at)]
    for pk in due:
        try:
            with scope(federation_id):
                begin_sending(at=at, post=queries.post(pk))
        except Exception:
            log.exception("a post did not start", federation=federation_id, post=pk)
            beating.trouble()


def waiting(federation_id: int, at: datetime) -> list[int]:
    """Ids of the intents that want a step by now."""
    with scope(federation_id):
        return queries.deliveries_to_drive(at)
