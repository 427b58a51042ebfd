"""States of a duty and their allowed transitions."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DutyState(TextChoices):
    """The status of a duty. An overdue one still has to be done."""

    OPEN = "open", _("To do")
    OVERDUE = "overdue", _("Overdue")
    DISCHARGED = "discharged", _("Done")
    CANCELLED = "cancelled", _("No longer needed")


DUTY_MOVES: Mapping[DutyState, frozenset[DutyState]] = {
    DutyState.OPEN: frozenset({DutyState.OVERDUE, DutyState.DISCHARGED, DutyState.CANCELLED}),
    DutyState.OVERDUE: frozenset({DutyState.DISCHARGED, DutyState.CANCELLED}),
    DutyState.DISCHARGED: frozenset(),
    DutyState.CANCELLED: frozenset(),
}

STILL_TO_DO = (DutyState.OPEN, DutyState.OVERDUE)


class DueKind(TextChoices):
    """The three ways in which a policy gives a deadline; the program never invents one."""

    INSTANT = "instant", _("by a set time")
    DAY = "day", _("by a set day")
    NONE_PROMISED = "none_promised", _("no deadline")


class Basis(TextChoices):
    """Whose rule passes a duty on to a second person."""

    POLICY = "policy", _("the policy’s own rule")
    CHOSEN = "chosen", _("the federation’s own choice")
    HOUSE = "house", _("a Schoolgate rule")
