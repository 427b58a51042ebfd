"""The next step for the author of one comment: to block, to unblock, to report."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.inbox import author_driving
from schoolgate.jobs import beating


@app.task(name="author_steps.advance", queue=lanes.SENDING)
def advance(federation_id: int, step_id: int) -> None:
    """Take one step about an author as far as it can go now."""
    with beating.part_of("minutely.poll", f"author-step-{step_id}"):
        author_driving.advance(federation_id, step_id, clock=now)
