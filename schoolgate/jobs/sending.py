"""The next step for one thing that is being sent."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.publishing import sending


@app.task(name="sending.drive")
def drive(federation_id: int, delivery_id: int) -> None:
    """Take one intent as far as it goes now."""
    sending.drive(federation_id, delivery_id, clock=now)
