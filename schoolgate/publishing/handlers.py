"""What follows from events of the rooms below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.events import subscribes
from schoolgate.notices.actions import tell
from schoolgate.notices.kinds import makes_letter
from schoolgate.notices.letters import LINK, LetterContent, LetterText, address
from schoolgate.publishing import queries
from schoolgate.publishing.actions.withdrawing import take_down_withdrawn
from schoolgate.publishing.ready import people_to_tell
from schoolgate.pupils.models import Withdrawal

EMERGENCY = LetterText(
    _("an emergency text was sent"),
    (
        _("A colleague has sent an emergency text that was approved beforehand."),
        _("Read it here. You can take it down there if something is wrong:"),
        LINK,
    ),
)


@subscribes("consent.withdrawn")
def take_down_posts(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Take down the posts that a withdrawal of consent concerns."""
    take_down_withdrawn(at=at, withdrawal=Withdrawal.objects.get(pk=subject_id))


@subscribes("post.emergency")
def tell_of_emergency(*, subject_id: int, event_id: int, at: datetime, **_ids: Any) -> None:
    """Tell the approvers and the people who can stop everything, at once."""
    post = queries.post(subject_id)
    for person in people_to_tell(post, on=local_day(at), but=[post.author_id]):
        tell(person=person, kind="posts.emergency", subject=post, at=at, number=event_id)


@makes_letter(
    "posts.emergency",
    _("Emergency texts that were sent"),
    because=_("It’s published already, without a second look."),
)
def emergency_letter(pk: int, at: datetime) -> LetterContent | None:
    """Return the link to the post that was sent."""
    return LetterContent(EMERGENCY, address("post", pk=pk))
