"""The next step for one answer that is being sent."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.inbox import sending
from schoolgate.jobs import beating


@app.task(name="answering.advance", queue=lanes.SENDING)
def advance(federation_id: int, answer_id: int) -> None:
    """Take one reply as far as it can go now."""
    with beating.part_of("minutely.poll", f"answer-{answer_id}"):
        sending.advance(federation_id, answer_id, clock=now)
