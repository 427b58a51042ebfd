"""One round of notices: read the record, check the clock, prepare the morning mails, then send."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.notices import pushing, sending, telling
from schoolgate.notices.sending import Clock, Sent, pass_on
from schoolgate.notices.telling import make_mails
from schoolgate.notices.ways import PushServices, Way


def make_ready(federation_id: int, at: datetime) -> None:
    """Write every mail that is to go out by now, in short transactions. Run twice, the second finds them
    there."""
    more = True
    while more:
        with scope(federation_id):
            more = telling.read_record(at=at)
    with scope(federation_id):
        telling.read_clock(at=at)
    with scope(federation_id):
        pass_on(at=at)
    with scope(federation_id):
        make_mails(at=at)
    with scope(federation_id):
        telling.prepare(at=at)
    with scope(federation_id):
        pushing.make_pushes(at=at)


def tell_now(
    federation_id: int, *, clock: Clock, way: Way | None = None, services: PushServices | None = None
) -> Sent:
    """Prepare and send until nothing is left to send now, or the channel has stopped. Devices first: they are
    quick, and don't depend on an email server."""
    make_ready(federation_id, clock())
    pushing.send_pushes(federation_id, clock=clock, services=services or PushServices())
    done = Sent(more=True)
    while done.more:
        done = sending.send_waiting(federation_id, clock=clock, way=way)
    return done
