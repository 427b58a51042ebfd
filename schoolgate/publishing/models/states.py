"""States of posts and of news that was sent in, and their allowed transitions."""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PostState(models.TextChoices):
    """The status of a post as people see it; each network's outcome is in its deliveries."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Needs approval")
    APPROVED = "approved", _("Approved")
    SENDING = "sending", _("Being sent")
    PUBLISHED = "published", _("Published")
    NOT_SENT = "not_sent", _("Not sent")
    EXPIRED = "expired", _("Needs a new time")
    TAKING_DOWN = "taking_down", _("Being taken down")
    TAKEN_DOWN = "taken_down", _("Taken down")
    WITHDRAWN = "withdrawn", _("Withdrawn")


POST_MOVES: Mapping[PostState, frozenset[PostState]] = {
    PostState.DRAFT: frozenset({PostState.SUBMITTED, PostState.WITHDRAWN}),
    PostState.SUBMITTED: frozenset(
        {PostState.DRAFT, PostState.APPROVED, PostState.EXPIRED, PostState.WITHDRAWN}
    ),
    # Back to "submitted": something changed since the approval, so it needs approval again.
    PostState.APPROVED: frozenset(
        {PostState.DRAFT, PostState.SUBMITTED, PostState.SENDING, PostState.EXPIRED, PostState.WITHDRAWN}
    ),
    PostState.EXPIRED: frozenset({PostState.DRAFT, PostState.WITHDRAWN}),
    PostState.SENDING: frozenset({PostState.PUBLISHED, PostState.NOT_SENT, PostState.TAKING_DOWN}),
    # Back to "sending": what one network refused is sent again.
    PostState.PUBLISHED: frozenset({PostState.TAKING_DOWN, PostState.SENDING}),
    PostState.NOT_SENT: frozenset({PostState.DRAFT, PostState.SENDING, PostState.WITHDRAWN}),
    PostState.TAKING_DOWN: frozenset({PostState.TAKEN_DOWN}),
    # Back to "taking down": a person had posted it by hand before they were told not to.
    PostState.TAKEN_DOWN: frozenset({PostState.TAKING_DOWN}),
    # Back to "draft": withdrawn by mistake, and undone at once.
    PostState.WITHDRAWN: frozenset({PostState.DRAFT}),
}

STUCK: Mapping[PostState, Promise] = {
    PostState.SENDING: _("Not sent everywhere"),
    PostState.PUBLISHED: _("Partly published"),
    PostState.TAKING_DOWN: _("Not taken down yet"),
}
"""The status of a post of which a network refused something, so that a person has to act."""


HELD = _("Held: posting is stopped")
"""The status of a post that a stop holds (`going_out.held_of`)."""


BY_HAND = _("To post by hand")
"""The status of a post of which all that is left is for a person to post on a network itself."""
SCHEDULED = pgettext_lazy("a post", "Scheduled")
"""The status of an approved post whose time hasn't come."""


def state_in_words(
    state: PostState, *, stuck: bool = False, held: bool = False, by_hand: bool = False, timed: bool = False
) -> str:
    """Return a status as people read it. `stuck`: a person has to act on a network's answer. `held`: a stop
    holds it. `by_hand`: all that is left is for a person to post. `timed`: it has a time."""
    if stuck and state in STUCK:
        return str(STUCK[state])
    if held:
        return str(HELD)
    if by_hand and state == PostState.SENDING:
        return str(BY_HAND)
    return str(SCHEDULED if timed and state == PostState.APPROVED else state.label)


CAN_BE_CHANGED = frozenset(
    {PostState.DRAFT, PostState.SUBMITTED, PostState.APPROVED, PostState.EXPIRED, PostState.NOT_SENT}
)


class HitReply(models.TextChoices):
    """Why words that were found in a text may stay."""

    NOT_PUPIL = "not_pupil", _("It’s not this pupil")
    MAY_NAME = "may_name", _("They may be named here")
    OURS = "ours", _("It’s our own")
    RIGHT = "right", _("It may be published")
    NOT_IT = "not_it", _("It means something else")


MEANT = frozenset({HitReply.MAY_NAME, HitReply.RIGHT})
"""The answers about a name by which a person says that this pupil is meant, however it is written."""


class Purpose(models.TextChoices):
    """What an intent does on a network."""

    PUBLISH = "publish", _("Publish")
    TAKE_DOWN = "take_down", _("Take down")


class NewsState(models.TextChoices):
    """What became of news that someone sent in."""

    NEW = "new", _("Not looked at yet")
    USED = "used", _("Used for a post")
    DECLINED = "declined", _("Not this time")
    WITHDRAWN = "withdrawn", _("Withdrawn")


NEWS_MOVES: Mapping[NewsState, frozenset[NewsState]] = {
    NewsState.NEW: frozenset({NewsState.USED, NewsState.DECLINED, NewsState.WITHDRAWN}),
}


class ReadyState(models.TextChoices):
    """The status of a version of a text: reusable ones are ready at once, emergency texts need approval."""

    READY = "ready", _("Ready to use")
    DRAFT = "draft", _("Not finished")
    WAITING = "waiting", _("Needs approval")
    APPROVED = "approved", _("Approved")


READY_MOVES: Mapping[ReadyState, frozenset[ReadyState]] = {
    ReadyState.DRAFT: frozenset({ReadyState.WAITING}),
    ReadyState.WAITING: frozenset({ReadyState.APPROVED, ReadyState.DRAFT}),
}


class LiveEnd(models.TextChoices):
    """How a change that was made on the network came to its end."""

    STAYS = "stays", _("Accepted by an approver")
    NOTED = "noted", _("Noted")
    AS_APPROVED = "as_approved", _("Back to the approved version")
    TAKEN_DOWN = "taken_down", _("Taken down")
    CHANGED = "changed", _("Changed again")


WITHHELD_AFTER = frozenset({"safety", "consent"})
"""The reasons of a take-down after which its pictures are withheld, and archives leave out what it had."""
