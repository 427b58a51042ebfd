"""Values behind the public answers: proofs of an account, a reported fake, a page known to us."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Mark(TextChoices):
    """What shows that a page is really ours, and is looked for on it."""

    LINK = "link", _("a link back to our register (rel=me)")
    TEXT = "text", _("our code in its profile text")
    POLICY_LINK = "policy_link", _("the link this policy uses to identify official accounts")


class Seen(TextChoices):
    """The result of looking at a page. A page that could not be read says nothing about its content."""

    THERE = "there", _("Present")
    MISSING = "missing", _("Missing")
    UNREADABLE = "unreadable", _("The page couldn’t be read")


class FakeState(TextChoices):
    """States of a page reported as a fake that uses our name."""

    REPORTED = "reported", _("Not checked yet")
    CONFIRMED = "confirmed", _("Confirmed as not ours")
    GONE = "gone", _("Removed from its network")
    OURS = "ours", _("It’s ours")
    LEFT = "left", _("No action for us")


FAKE_MOVES: Mapping[FakeState, frozenset[FakeState]] = {
    FakeState.REPORTED: frozenset({FakeState.CONFIRMED, FakeState.GONE, FakeState.OURS, FakeState.LEFT}),
    FakeState.CONFIRMED: frozenset({FakeState.GONE, FakeState.OURS, FakeState.LEFT}),
    FakeState.GONE: frozenset(),
    FakeState.OURS: frozenset(),
    FakeState.LEFT: frozenset(),
}
FAKE_STANDS = (FakeState.REPORTED, FakeState.CONFIRMED)
"""The statuses in which there is still something to do."""


class FakeStep(TextChoices):
    """What was seen or done about a reported fake."""

    REPORTED = "reported", _("Reported")
    SEEN = "seen", _("Checked")
    CONFIRMED = "confirmed", _("Confirmed as not ours")
    TOLD = "told", _("Reported to its network")
    ENDED = "ended", _("Ended")
