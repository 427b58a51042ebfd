"""Values of unofficial pages in our name."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MadeBy(TextChoices):
    """Who made the page, as far as known."""

    SCHOOL = "school", _("Someone at the school")
    FOR_SCHOOL = "for the school", _("Someone else, for the school")
    SOMEBODY_ELSE = "somebody else", _("Someone else, independently")


class FoundState(TextChoices):
    """The status of an unofficial page, from the day it was found to its outcome."""

    FOUND = "found", _("Not yet decided")
    ADOPTING = "adopting", _("Proposed as one of our accounts")
    ASKED = "asked", _("Asked to close")
    REPORTED = "reported", _("Treated as a fake account")
    CLOSED = "closed", _("Closed")
    OURS = "ours", _("On our register")
    LEFT = "left", _("Left as it is")


FOUND_MOVES: Mapping[FoundState, frozenset[FoundState]] = {
    FoundState.FOUND: frozenset(
        {FoundState.ADOPTING, FoundState.ASKED, FoundState.REPORTED, FoundState.CLOSED, FoundState.LEFT}
    ),
    FoundState.ADOPTING: frozenset(
        {FoundState.ASKED, FoundState.REPORTED, FoundState.CLOSED, FoundState.OURS, FoundState.LEFT}
    ),
    FoundState.ASKED: frozenset(
        {FoundState.ADOPTING, FoundState.REPORTED, FoundState.CLOSED, FoundState.LEFT}
    ),
    FoundState.REPORTED: frozenset({FoundState.CLOSED, FoundState.OURS, FoundState.LEFT}),
    FoundState.CLOSED: frozenset(),
    FoundState.OURS: frozenset(),
    FoundState.LEFT: frozenset(),
}
FOUND_ENDS = (FoundState.CLOSED, FoundState.OURS, FoundState.LEFT)
