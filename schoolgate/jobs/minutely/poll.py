"""Read what came in on every open account, and take up answers that a worker left behind."""

from datetime import datetime

import structlog

from schoolgate.accounts.queries import open_accounts
from schoolgate.core.clock import now
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.inbox import polling, queries, sending
from schoolgate.jobs import beating
from schoolgate.networks.driving import Clock

log = structlog.get_logger(__name__)


def run(at: datetime, *, clock: Clock = now) -> None:
    """One account after the other; trouble with one does not keep the others from being read."""
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        with scope(federation_id):
            accounts = list(open_accounts().values_list("pk", flat=True))
            answers = queries.answers_to_drive(at)
        for account_id in accounts:
            try:
                polling.poll(federation_id, account_id, clock=clock)
            except Exception:
                log.exception("reading an account failed", federation=federation_id, account=account_id)
                beating.trouble()
        for answer_id in answers:
            try:
                sending.drive(federation_id, answer_id, clock=clock)
            except Exception:
                log.exception("sending an answer failed", federation=federation_id, answer=answer_id)
                beating.trouble()
