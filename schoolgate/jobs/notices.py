"""New messages go out at once; the sweep of each minute finds what got lost on the way."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.notices import sign_in
from schoolgate.notices.actions import TASK
from schoolgate.notices.round import tell_now


@app.task(name=TASK, queue=lanes.MAIL)
def send(federation_id: int) -> None:
    """Send every notice of one federation that is due now."""
    tell_now(federation_id, clock=now)


@app.task(name=sign_in.TASK, queue=lanes.MAIL)
def send_sign_in_mails() -> None:
    """The mails of the sign-in pages."""
    sign_in.send_waiting(clock=now)
