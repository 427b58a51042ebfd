"""Posts in which a pupil of the school's list is shown or named."""

from schoolgate.networks.handshake import Intent
from schoolgate.publishing.models import Delivery, PostPerson
from schoolgate.publishing.states import Purpose
from schoolgate.pupils.models import Pupil


def live_copies_of(pupil: Pupil) -> list[Delivery]:
    """Return the live copies of posts that show or name this pupil, newest first, each with its post and
    account. Live as far as is known: sent, and no take-down of it was seen to work. One query."""
    posts = PostPerson.objects.filter(pupil=pupil).values("post")
    rows = Delivery.objects.filter(post__in=posts, purpose=Purpose.PUBLISH, receipt__isnull=False).exclude(
        take_downs__state=Intent.CONFIRMED
    )
    return list(rows.select_related("account", "post__school", "post__author").order_by("-id"))
