"""The next step for one comment to show, hide or remove."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.inbox import moderating
from schoolgate.jobs import beating


@app.task(name="moderating.advance", queue=lanes.SENDING)
def advance(federation_id: int, moderation_id: int) -> None:
    """Take one moderator's step as far as it can go now."""
    with beating.part_of("minutely.poll", f"moderation-{moderation_id}"):
        moderating.advance(federation_id, moderation_id, clock=now)
