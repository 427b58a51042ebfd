"""Policies whose day has come, and reviews that become due."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.policy.actions import bring_what_is_due_into_force, watch_reviews, watch_status


def run(at: datetime) -> None:
    """Run in every federation, each step in its own transaction."""

    def versions(federation_id: int) -> None:
        with scope(federation_id):
            bring_what_is_due_into_force(at=at)

    def reviews(federation_id: int) -> None:
        with scope(federation_id):
            watch_reviews(at=at)
            watch_status(at=at)

    in_every_federation(versions, failed="bringing a policy into force failed")
    in_every_federation(reviews, failed="looking after the review of a policy failed")
