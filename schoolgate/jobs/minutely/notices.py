"""Tell people what is new, overdue or due soon, and send waiting messages."""

from datetime import datetime

from schoolgate.core.clock import now
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.notices import sign_in
from schoolgate.notices.round import tell_now
from schoolgate.notices.sending import Clock


def run(at: datetime, *, clock: Clock = now) -> None:
    """Run by the clock, not by the scheduled time: a late run reports the present."""
    sign_in.send_waiting(clock=clock)

    def look(federation_id: int) -> None:
        tell_now(federation_id, clock=clock)

    in_every_federation(look, failed="sending notices failed")
