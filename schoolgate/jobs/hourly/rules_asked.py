"""Count what reached each rule in the decisions since the last round, some thousands in an hour."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.reports.measuring import measure

PIECES = 80


def run(at: datetime) -> None:
    """Run in every federation, piece by piece, each in a transaction of its own. A decision is counted in the
    round after the one that first sees it."""

    def look(federation_id: int) -> None:
        for _piece in range(PIECES):
            with scope(federation_id):
                more = measure(at=at)
            if not more:
                break
        with scope(federation_id):
            measure(at=at)  # where all is counted, notes how far the next round goes

    in_every_federation(look, failed="counting what reached each rule failed")
