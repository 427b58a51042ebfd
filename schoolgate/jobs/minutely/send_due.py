"""Start approved posts whose time has come, and resume what a worker left behind: a job for each."""

from datetime import datetime

import structlog

from schoolgate.core.tenancy import scope
from schoolgate.core.work import lanes
from schoolgate.jobs import beating
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.jobs.steps import send
from schoolgate.publishing import going_out, queries
from schoolgate.publishing.actions import begin_sending

log = structlog.get_logger(__name__)


def run(at: datetime) -> None:
    """Run in every federation: each post in its own transaction, then a job for each delivery that needs a
    step. No network requests."""

    def send(federation_id: int) -> None:
        start_due(federation_id, at)
        drive_waiting(federation_id, at)

    in_every_federation(send, failed="sending failed")


def start_due(federation_id: int, at: datetime) -> None:
    """Start every post that is due, each in a transaction of its own, so that one cannot hold up another."""
    with scope(federation_id):
        due = going_out.due_posts(at)
    for pk in due:
        try:
            with scope(federation_id):
                if going_out.still_due(pk, at=at):
                    begin_sending(at=at, post=queries.post(pk))
        except Exception:
            log.exception("a post did not start", federation=federation_id, post=pk)
            beating.trouble()


def drive_waiting(federation_id: int, at: datetime) -> None:
    """Start every intent that needs a step by now, once, in the lane that its network has earned."""
    with scope(federation_id):
        waiting = queries.deliveries_to_advance(at)
    for each in waiting:
        lanes.defer_once(
            send,
            lane=lanes.SENDING_SLOWLY if each.slow else lanes.SENDING,
            lock=lanes.of_account("sending", each.account_id),
            once=lanes.of_row(send.name, each.pk),
            federation_id=federation_id,
            delivery_id=each.pk,
        )
