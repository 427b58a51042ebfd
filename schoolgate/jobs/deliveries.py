"""One event for one handler of an area above."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.events import recording
from schoolgate.core.work import lanes


@app.task(name=recording.TASK, retry=lanes.WhileAway())
def deliver(federation_id: int, delivery_id: int) -> None:
    """Call the handler, unless that is done already."""
    recording.deliver(federation_id, delivery_id, now())
