"""Look again for the people that comments may mean, after a person came, was renamed or got a role. Concerns
are read each minute (`minutely/reports.py`)."""

from datetime import datetime

from schoolgate.inbox.actions.reading_again import read_names_again
from schoolgate.jobs.everywhere import in_every_federation, until_nothing_is_left


def run(at: datetime) -> None:
    """Run in every federation, in short transactions, until nothing is left."""

    def read(federation_id: int) -> None:
        until_nothing_is_left(federation_id, lambda: bool(read_names_again(at=at)))

    in_every_federation(read, failed="reading again for names failed")
