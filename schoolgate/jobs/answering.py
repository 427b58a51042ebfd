"""The next step for one answer that is being sent."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.inbox import sending


@app.task(name="answering.drive")
def drive(federation_id: int, answer_id: int) -> None:
    """Take one answer as far as it goes now."""
    sending.drive(federation_id, answer_id, clock=now)
