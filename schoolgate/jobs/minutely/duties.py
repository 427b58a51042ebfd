"""Remind of duties, mark those that are overdue, and move them on to the second person."""

from datetime import datetime

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import sweep


def run(at: datetime) -> None:
    """One federation after the other, in short transactions, until nothing is left."""
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        more = True
        while more:
            with scope(federation_id):
                more = sweep(at=at).more
