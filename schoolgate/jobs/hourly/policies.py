"""Policies whose day has come, and reviews that fall due."""

from datetime import datetime

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import bring_what_is_due_into_force, watch_reviews


def run(at: datetime) -> None:
    """In every federation, each in a transaction of its own."""
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        with scope(federation_id):
            bring_what_is_due_into_force(at=at)
            watch_reviews(at=at)
