"""Have published posts read back, to notice what was changed on the network: a job for each account."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.core.work import lanes
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.jobs.reading import look
from schoolgate.publishing.live import accounts_to_look_at


def run(at: datetime) -> None:
    """Run in every federation, without network requests."""

    def defer(federation_id: int) -> None:
        with scope(federation_id):
            accounts = accounts_to_look_at(at)
        for account_id, slow in accounts:
            lane = lanes.READING_SLOWLY if slow else lanes.READING
            lock = lanes.of_account("reading", account_id)
            once = lanes.of_row(look.name, account_id)
            lanes.defer_once(
                look, lane=lane, lock=lock, once=once, federation_id=federation_id, account_id=account_id
            )

    in_every_federation(defer, failed="having published posts read back failed")
