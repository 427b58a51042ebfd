"""Ask those who deal with open data breaches now: their people change, the 72 hours go on."""

from datetime import datetime

from schoolgate.breaches.cases import ask_again
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation


def run(at: datetime) -> None:
    """Run in every federation, each in its own transaction."""

    def look(federation_id: int) -> None:
        with scope(federation_id):
            ask_again(at=at)

    in_every_federation(look, failed="asking about data breaches failed")
