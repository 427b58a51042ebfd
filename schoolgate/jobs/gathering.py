"""Search for what a request about data asks for."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.rights import working


@app.task(name="rights.gather", queue=lanes.LONG)
def gather(federation_id: int, gathering_id: int) -> None:
    """Search, from where a worker was killed."""
    working.gather(federation_id, gathering_id, clock=now)
