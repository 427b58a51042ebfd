"""End the task of settling answers about pupils where nothing is left to settle."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.pupils.answering import end_what_settled_itself


def run(at: datetime) -> None:
    """Run in every federation."""

    def look(federation_id: int) -> None:
        with scope(federation_id):
            end_what_settled_itself(at=at)

    in_every_federation(look, failed="ending settled tasks failed")
