"""Reading an account's published posts back: each account is a job, so a slow network delays no other."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.jobs import beating
from schoolgate.publishing import live


@app.task(name="publishing.look", queue=lanes.READING)
def look(federation_id: int, account_id: int) -> None:
    """Read the posts of one account that are due."""
    with beating.part_of("minutely.live", f"account-{account_id}"):
        live.look(federation_id, account_id, clock=now)
