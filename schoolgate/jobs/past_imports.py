"""Read a download of old posts, and import it."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.publishing import past_import


@app.task(name="past.read", queue=lanes.LONG)
def read(federation_id: int, import_id: int) -> None:
    """Read it, from the beginning where a worker was killed."""
    past_import.read(federation_id, import_id, clock=now)


@app.task(name="past.take", queue=lanes.LONG)
def take(federation_id: int, import_id: int) -> None:
    """Import it, from where a worker was killed."""
    past_import.take(federation_id, import_id, clock=now)
