"""Look week by week whether our accounts show that they are ours; adopted pages reach the register."""

from datetime import datetime

import structlog

from schoolgate.accounts import proving
from schoolgate.accounts.actions.found import end_adopted
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation

log = structlog.get_logger(__name__)


def run(at: datetime, *, opener: proving.Open | None = None) -> None:
    """Each account by itself, so that trouble with one page keeps no other from its turn."""

    def settle(federation_id: int) -> None:
        with scope(federation_id):
            end_adopted(at=at)

    def look(federation_id: int) -> None:
        with scope(federation_id):
            due = proving.due_for_a_look(at=at)
        for account_id in due:
            try:
                proving.look(federation_id, account_id, at=at, opener=opener)
            except Exception:
                log.exception("looking at an account failed", federation=federation_id, account=account_id)

    in_every_federation(settle, failed="settling adopted pages failed")
    in_every_federation(look, failed="looking for the marks of accounts failed")
