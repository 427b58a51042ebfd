"""Reading one account, and looking for its mark: each account is a job, so that a slow network doesn't hold
up the others."""

from datetime import timedelta

from procrastinate.contrib.django import app

from schoolgate.accounts import proving
from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.inbox import polling
from schoolgate.jobs import beating

LIMIT, SLOW_LIMIT = timedelta(seconds=45), timedelta(minutes=3)
"""How long a reading may take; the second for an account for which the first was too short."""


@app.task(name="accounts.read", queue=lanes.READING)
def read(federation_id: int, account_id: int, slow: bool) -> None:
    """Read what arrived on the account."""
    with beating.part_of("minutely.poll", f"account-{account_id}"):
        polling.poll(federation_id, account_id, clock=now, limit=SLOW_LIMIT if slow else LIMIT)


@app.task(name="accounts.look_for_marks", queue=lanes.READING_SLOWLY)
def look_for_marks(federation_id: int, account_id: int) -> None:
    """Check whether the account shows our mark."""
    proving.look(federation_id, account_id, at=now())
