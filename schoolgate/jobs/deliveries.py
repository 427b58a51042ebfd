"""One event for one handler of an area above."""

from procrastinate.contrib.django import app

from schoolgate.core import events
from schoolgate.core.clock import now
from schoolgate.core.work import lanes


@app.task(name=events.TASK, retry=lanes.WhileAway())
def deliver(federation_id: int, delivery_id: int) -> None:
    """Call the handler, unless that is done already."""
    events.deliver(federation_id, delivery_id, now())
