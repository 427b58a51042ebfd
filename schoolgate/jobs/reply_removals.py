"""The next step for one reply that is being taken down."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.inbox import deleting
from schoolgate.inbox.actions.taking_off import ADVANCE
from schoolgate.jobs import beating


@app.task(name=ADVANCE, queue=lanes.SENDING)
def advance(federation_id: int, removal_id: int) -> None:
    """Take one take-down of a reply as far as it can go now."""
    with beating.part_of("minutely.poll", f"reply-removal-{removal_id}"):
        deleting.advance(federation_id, removal_id, clock=now)
