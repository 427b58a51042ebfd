"""Record that the worker is alive, and tell the administrators of a federation where something is stuck."""

from datetime import datetime

from schoolgate.core import heartbeats
from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.core.work import lanes
from schoolgate.jobs import beating
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.jobs.probing import WATCHED, probe
from schoolgate.networks.driving import Clock
from schoolgate.reports.running import watch


def run(at: datetime, *, clock: Clock = now) -> None:
    """Run by the clock, not by the scheduled time: a late run judges by the present."""
    beating.note(heartbeats.WORKER, at=clock())
    for lane in WATCHED:
        lanes.defer_once(probe, lane=lane, lock=f"probe-{lane}", once=f"probe-{lane}", which=lane)

    def look(federation_id: int) -> None:
        with scope(federation_id):
            watch(at=clock())

    in_every_federation(look, failed="looking whether all moves failed")
