"""Destroy the records whose retention period is over, where a person has started that."""

from datetime import datetime

from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.records.erasures import list_erasures
from schoolgate.records.sweeping import destroy_due


def run(at: datetime) -> None:
    """Run in every federation."""

    def look(federation_id: int) -> None:
        destroy_due(federation_id, at=at)
        list_erasures(federation_id)

    in_every_federation(look, failed="destroying the records that are due failed")
