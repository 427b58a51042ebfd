"""Renew the connections of accounts before they end, and ask servers for their limits; clear pictures that a
dead worker left handed over."""

from datetime import datetime

from schoolgate.accounts import connecting
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.networks.handing import clear


def run(at: datetime) -> None:
    """Run in every federation, account by account."""
    clear(at=at)

    def look(federation_id: int) -> None:
        with scope(federation_id):
            found, differing = connecting.connected(), connecting.with_own()
        for account_id in found:
            connecting.look_after(federation_id, account_id, at=at)
        for account_id in differing:
            connecting.ask(federation_id, account_id)

    in_every_federation(look, failed="renewing the connections of accounts failed")
