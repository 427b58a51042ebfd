"""Writing the file of an answer to a request about data."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.rights.answering import WRITE, make


@app.task(name=WRITE, queue=lanes.LONG)
def write(federation_id: int, answer_id: int) -> None:
    """Make it, from the beginning where a worker was killed."""
    make(federation_id, answer_id, clock=now)
