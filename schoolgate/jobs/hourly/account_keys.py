"""Account keys to change: a chosen day comes, or a person who knows them has left."""

from datetime import datetime

from schoolgate.accounts.keys import sweep_keys
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation


def run(at: datetime) -> None:
    """Run in every federation, each in its own transaction."""

    def look(federation_id: int) -> None:
        with scope(federation_id):
            sweep_keys(at=at)

    in_every_federation(look, failed="looking for keys of accounts that are to be changed failed")
