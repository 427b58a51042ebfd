"""Add to the journal beside the backups what may not be forgotten by a restore."""

from datetime import datetime

from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.records.journal import note


def run(at: datetime) -> None:
    """Run in every federation."""
    in_every_federation(
        lambda federation_id: note(federation_id, at=at), failed="the journal beside the backups was not kept"
    )
