"""Trials of a reading that are begun and have lost their job: they go on."""

from datetime import datetime

import structlog

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions.reading import go_on_trying

log = structlog.get_logger(__name__)


def run(at: datetime) -> None:
    """In every federation, each in a transaction of its own; trouble in one keeps no other from its turn."""
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        try:
            with scope(federation_id):
                go_on_trying(at=at)
        except Exception:
            log.exception("going on with a trial failed", federation=federation_id)
