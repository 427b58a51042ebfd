"""Expire downloads of old posts that were not confirmed within a day, restart silent ones, and erase files
that no download needs any more."""

from datetime import datetime, timedelta

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.publishing.past import storing
from schoolgate.publishing.past.actions import look_after

NOT_YOUNGER = timedelta(hours=1)
"""A file that is being stored at this moment has no row yet."""


def run(at: datetime) -> None:
    """Run in every federation; files are deleted after the transaction."""

    def look(federation_id: int) -> None:
        with scope(federation_id):
            needed = look_after(at=at)
        storing.sweep(needed, federation_id=federation_id, at=at, older_than=NOT_YOUNGER)

    in_every_federation(look, failed="looking after downloads failed")
