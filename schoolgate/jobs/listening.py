"""Searching one place of a watch: each place is a job, so that a slow one doesn't hold up the others."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.jobs import beating
from schoolgate.listening.watching import read_source


@app.task(name="listening.read", queue=lanes.READING_SLOWLY)
def read(federation_id: int, source_id: int) -> None:
    """Search the place once."""
    with beating.part_of("hourly.listening", f"source-{source_id}"):
        read_source(federation_id, source_id, clock=now)
