"""Destroy the records whose retention period is over, where a person has started that."""

from datetime import datetime

from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.records.destroying import destroy_due
from schoolgate.records.journal import A_DAY_LATER, note


def run(at: datetime) -> None:
    """Run in every federation."""

    def look(federation_id: int) -> None:
        destroy_due(federation_id, at=at)
        note(federation_id, at=at, back=A_DAY_LATER)

    in_every_federation(look, failed="destroying the records that are due failed")
