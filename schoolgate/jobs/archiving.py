"""Making the file with everything of an account."""

from procrastinate.contrib.django import app

from schoolgate.accounts import archiving
from schoolgate.core.clock import now
from schoolgate.core.work import lanes


@app.task(name="accounts.archive", queue=lanes.LONG)
def archive(federation_id: int, archive_id: int) -> None:
    """Make it, from the beginning where a worker was killed."""
    archiving.make(federation_id, archive_id, clock=now)
