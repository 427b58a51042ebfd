"""The next step for one thing that is being sent."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.jobs import beating
from schoolgate.publishing import sending


@app.task(name="sending.advance", queue=lanes.SENDING)
def advance(federation_id: int, delivery_id: int) -> None:
    """Take one intent as far as it can go now."""
    with beating.part_of("minutely.send_due", f"delivery-{delivery_id}"):
        sending.advance(federation_id, delivery_id, clock=now)
