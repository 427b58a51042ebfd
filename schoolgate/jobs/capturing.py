"""Fetching a public page that is evidence of a concern."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.incidents.capturing import working


@app.task(name="incidents.capture", queue=lanes.READING_SLOWLY)
def capture(federation_id: int, person_id: int, evidence_id: int) -> None:
    """Fetch it and keep it, from the beginning where a worker was killed."""
    working.capture(federation_id, person_id, evidence_id, clock=now)
