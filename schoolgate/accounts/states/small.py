"""Values of quick requests: what they ask for, and their status."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SmallKind(TextChoices):
    """What is proposed, short of an account of our own."""

    TAKE_PART = "take-part", _("Taking part in another organisation’s site")
    CALL = "call", _("Looking for contributors")
    ORGANISATION = "organisation", _("Becoming friends with an organisation")


class SmallState(TextChoices):
    """From the request to its approval or refusal, and to its outcome."""

    WAITING = "waiting", _("Awaiting decision")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    NOTED = "noted", _("No approval needed under this policy")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DONE = "done", _("Done")


SMALL_MOVES: Mapping[SmallState, frozenset[SmallState]] = {
    SmallState.WAITING: frozenset({SmallState.APPROVED, SmallState.REFUSED, SmallState.WITHDRAWN}),
    SmallState.APPROVED: frozenset({SmallState.DONE}),
    SmallState.REFUSED: frozenset(),
    SmallState.NOTED: frozenset(),
    SmallState.WITHDRAWN: frozenset(),
    SmallState.DONE: frozenset(),
}

SAID_YES = (SmallState.APPROVED, SmallState.DONE)
