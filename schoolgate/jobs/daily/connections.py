"""Renew the connections of accounts before they end; clear pictures that a dead worker left handed over."""

from datetime import datetime

from schoolgate.accounts import renewing
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.networks.handing import clear


def run(at: datetime) -> None:
    """Run in every federation, account by account."""
    clear(at=at)

    def look(federation_id: int) -> None:
        with scope(federation_id):
            found = renewing.connected()
        for account_id in found:
            renewing.look_after(federation_id, account_id, at=at)

    in_every_federation(look, failed="renewing the connections of accounts failed")
