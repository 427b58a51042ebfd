"""A person has the rest of a thread sent, of which the network took only the beginning."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.errors import NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import discharge
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.people.models import Person
from schoolgate.publishing import queries
from schoolgate.publishing.actions.settling import lock
from schoolgate.publishing.actions.starting import judge_again
from schoolgate.publishing.duty_kinds import LOOK
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.states import PostState
from schoolgate.publishing.threads import is_begun


@action
def send_rest(*, by: Person, at: datetime, delivery: Delivery) -> Delivery:
    """Go on with a thread, unchanged and under the same approval and keys: what is there isn't sent again.

    Raises NotAllowed, NotNow (nothing is left to send; stopped; the approval no longer counts), Refused (the
    policy of today).
    """
    post = queries.post(delivery.post_id)
    if not is_begun(delivery) or lock(post).state != PostState.SENDING:
        raise NotNow(_("There is nothing left to send."), _("Open it again to see its status."))
    _approval, kept = judge_again(by=by, at=at, post=post, delivery=delivery)
    # Its waiting begins now: what was written days ago would count as overdue.
    move(
        delivery, to=Intent.WRITTEN, moves=MOVES, at=at, written_at=at, not_before=None, because="",
        what_next="", differences=[],
    )  # fmt: skip
    discharge(kind=LOOK, subject=delivery, by=by, at=at, how="rest_sent")
    record("delivery.rest_asked", subject=delivery, at=at, actor=by, post=post.pk, decision=kept.pk)
    return delivery  # the next sweep takes it: a job for this row may still be queued
