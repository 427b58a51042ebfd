"""States of a breach's record, how great its risk is, and the steps taken."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BreachState(TextChoices):
    """Whether the record is still worked on."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


BREACH_MOVES: Mapping[BreachState, frozenset[BreachState]] = {
    BreachState.OPEN: frozenset({BreachState.CLOSED}),
    BreachState.CLOSED: frozenset({BreachState.OPEN}),
}


class Risk(TextChoices):
    """How great the risk to people is, as a person judged it."""

    NONE = "none", _("A risk is unlikely")
    RISK = "risk", _("Risk")
    HIGH = "high", _("High risk")


class NotTold(TextChoices):
    """Why people at high risk need not be told one by one (UK GDPR Article 34(3))."""

    PROTECTED = "protected", _("Others can’t read the data, for example because it’s encrypted")
    AVERTED = "averted", _("What we’ve done since means the risk is no longer high")
    PUBLIC_NOTICE = "public_notice", _("It would take a disproportionate effort, so we published a notice")


class StepKind(TextChoices):
    """What was done with a breach."""

    OPENED = "opened", _("Recorded")
    DESCRIBED = "described", _("Details changed")
    AWARE = "aware", _("Start of the 72 hours changed")
    RISK = "risk", _("Risk assessed")
    AUTHORITY = "authority", _("ICO told")
    PEOPLE = "people", _("People told")
    NOT_TOLD = "not_told", _("People not told individually")
    BROUGHT_IN = "brought_in", _("Person added")
    NOTED = "noted", _("Note added")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")


LETS_IN = (StepKind.OPENED, StepKind.BROUGHT_IN)
"""Steps that give the person they name access to the breach."""
