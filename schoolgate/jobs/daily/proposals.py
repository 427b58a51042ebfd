"""Proposals that still wait for their yes or no."""

from datetime import datetime

from schoolgate.accounts.actions import chase_proposals
from schoolgate.core.errors import NotNow
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation


def run(at: datetime) -> None:
    """In every federation with a policy in force, in short transactions, until all are seen."""

    def chase(federation_id: int) -> None:
        following: int | None = 0
        while following is not None:
            try:
                with scope(federation_id):
                    following = chase_proposals(at=at, after=following)
            except NotNow:  # no policy is in force there yet
                return

    in_every_federation(chase, failed="looking after proposals failed")
