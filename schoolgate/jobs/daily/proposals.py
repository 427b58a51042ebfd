"""Proposals that still wait for a decision."""

from datetime import datetime

from schoolgate.accounts.deciding import chase_proposals
from schoolgate.core.errors import NotNow
from schoolgate.jobs.everywhere import from_the_first, in_every_federation


def run(at: datetime) -> None:
    """Run in every federation with a policy in force, in short transactions, until all are done."""

    def chase(federation_id: int) -> None:
        try:
            from_the_first(federation_id, lambda after: chase_proposals(at=at, after=after))
        except NotNow:  # no policy is in force there yet
            return

    in_every_federation(chase, failed="looking after proposals failed")
