"""Tell parents the outcome for the posts after a withdrawal of consent."""

from datetime import datetime

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.publishing.actions.withdrawing import pass_on


def run(at: datetime) -> None:
    """Run in every federation, by the clock: a late run judges by the present."""

    def look(federation_id: int) -> None:
        with scope(federation_id):
            pass_on(at=now())

    in_every_federation(look, failed="telling parents of withdrawals failed")
