"""Values of this app: when a shift applies, why it is uncovered, the status of a swap."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class When(TextChoices):
    """On which days a shift applies."""

    ALWAYS = "always", _("All year")
    TERM = "term", _("Term time only")
    HOLIDAYS = "holidays", _("Holidays only")


class Gap(TextChoices):
    """Why a shift is uncovered."""

    NOBODY = "nobody", _("No one on this shift")
    LEFT = "left", _("Will have left by then")
    AWAY = "away", _("Away")
    ROLE = "role", _("No longer has a role that replies or moderates")


class SwapState(TextChoices):
    """The status of a request for cover or a swap."""

    ASKED = "asked", _("Waiting for a reply")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("No reply in time")


class FeedOf(TextChoices):
    """What a secret calendar address shows."""

    SHIFTS = "shifts", _("On duty")
    POSTS = "posts", _("Posts")


SWAP_MOVES: Mapping[SwapState, frozenset[SwapState]] = {
    SwapState.ASKED: frozenset(
        {SwapState.ACCEPTED, SwapState.DECLINED, SwapState.WITHDRAWN, SwapState.LAPSED}
    ),
    SwapState.ACCEPTED: frozenset(),
    SwapState.DECLINED: frozenset(),
    SwapState.WITHDRAWN: frozenset(),
    SwapState.LAPSED: frozenset(),
}

MOST_WEEKS = 8
MINUTES = (5, 60)
"""Least and most minutes until the next person is told of a missed check-in."""
