"""Values of changes of safeguarding leads."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LeadPlace(TextChoices):
    """As what someone leads on safeguarding."""

    LEAD = "lead", _("Designated safeguarding lead")
    DEPUTY = "deputy", _("Deputy")
    ROLE = "role", _("Role that the policy makes safeguarding lead")
    GOES = "goes", _("No longer leads on safeguarding")
    TOLD = "told", _("Role that can be told of concerns")


class LeadState(TextChoices):
    """The status of a change. What was agreed counts."""

    ASKED = "asked", _("Needs a second person")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("No longer leads")


LEAD_MOVES: Mapping[LeadState, frozenset[LeadState]] = {
    LeadState.ASKED: frozenset({LeadState.AGREED, LeadState.DECLINED}),
    LeadState.AGREED: frozenset(),
    LeadState.DECLINED: frozenset(),
    LeadState.ENDED: frozenset(),
}
