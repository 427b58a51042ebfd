"""Policies whose day has come, and reviews that fall due."""

from datetime import datetime

import structlog

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import bring_what_is_due_into_force, watch_reviews

log = structlog.get_logger(__name__)


def run(at: datetime) -> None:
    """In every federation, each in transactions of its own; trouble in one keeps no other from its turn."""
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        for look in (bring_what_is_due_into_force, watch_reviews):
            try:
                with scope(federation_id):
                    look(at=at)
            except Exception:
                log.exception("looking after the policy failed", federation=federation_id, step=look.__name__)
