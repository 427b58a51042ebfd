"""Whether the lanes without sweeps are working: each runs a job that only reports so."""

from typing import Final

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.jobs import beating

WATCHED: Final = (lanes.SENDING, lanes.READING)


@app.task(name="lanes.probe")
def probe(which: str) -> None:
    """Note that a slot of this lane was free."""
    beating.note(f"lane.{which}", at=now())
