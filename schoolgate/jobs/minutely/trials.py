"""Continue trials of a reading that have started and lost their job."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.policy.actions.reading import go_on_trying


def run(at: datetime) -> None:
    """Run in every federation, each in its own transaction."""

    def go_on(federation_id: int) -> None:
        with scope(federation_id):
            go_on_trying(at=at)

    in_every_federation(go_on, failed="going on with a trial failed")
