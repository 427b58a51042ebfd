"""Add to the journal beside the backups what may not be forgotten by a restore."""

from datetime import datetime

from schoolgate.jobs import beating
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.records.journal import note


def run(at: datetime) -> None:
    """Run in every federation."""

    def look(federation_id: int) -> None:
        if not note(federation_id, at=at):
            beating.trouble()

    in_every_federation(look, failed="the journal beside the backups was not kept")
