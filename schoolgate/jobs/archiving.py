"""Making the file with everything of an account."""

from procrastinate.contrib.django import app

from schoolgate.accounts import archiving
from schoolgate.core.clock import now


@app.task(name="accounts.archive")
def archive(federation_id: int, archive_id: int) -> None:
    """Make it, from the beginning where a worker was killed."""
    archiving.make(federation_id, archive_id, clock=now)
