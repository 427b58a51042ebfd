"""Look week by week whether our accounts show that they are ours; adopted pages reach the register."""

from datetime import datetime

from schoolgate.accounts import proving
from schoolgate.accounts.actions.found import end_adopted
from schoolgate.core.tenancy import scope
from schoolgate.core.work import lanes
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.jobs.reading import look_for_marks


def run(at: datetime) -> None:
    """Start a job for each account, so that one slow or broken page doesn't hold up the others."""

    def settle(federation_id: int) -> None:
        with scope(federation_id):
            end_adopted(at=at)

    def look(federation_id: int) -> None:
        with scope(federation_id):
            due = proving.due_for_a_look(at=at)
        for account_id in due:
            lock = lanes.of_account("marks", account_id)
            lanes.defer_once(
                look_for_marks, lane=lanes.READING_SLOWLY, lock=lock, once=lock, federation_id=federation_id,
                account_id=account_id,
            )  # fmt: skip

    in_every_federation(settle, failed="settling adopted pages failed")
    in_every_federation(look, failed="looking for the marks of accounts failed")
