"""Remind people of duties, mark overdue ones, and pass them on to the second person."""

from datetime import datetime

from schoolgate.duties.actions import sweep
from schoolgate.jobs.everywhere import in_every_federation, until_nothing_is_left


def run(at: datetime) -> None:
    """Run in every federation, in short transactions, until nothing is left."""

    def look(federation_id: int) -> None:
        until_nothing_is_left(federation_id, lambda: sweep(at=at).more)

    in_every_federation(look, failed="looking after duties failed")
