"""Breaches whose record was closed: what is due, and how it is destroyed.

The row of a breach and its steps stay: they are the log of all breaches (UK GDPR Article 33(5)).
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.breaches.models import Breach, BreachState, Content
from schoolgate.core.retention import SIX_YEARS, Area, Declared, Part, Public, Row
from schoolgate.policy.retention import DECIDED_ON


class Breaches(Declared):
    """What was written about breaches whose record was closed."""

    key, number, endings = "breaches", 13, ("breach_period",)
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Data breaches")
    thing = _("Data breach")
    counted = _("From the day it was closed.")
    goes = _("The description, the assessment, all notes, and the answers that decisions were based on.")
    stays = _(
        "The breach’s reference and dates, the risk, and who was told when: the law requires "
        "this log (UK GDPR Article 33(5))."
    )
    because = SIX_YEARS
    first = _("Close the record, and finish every task about it.")
    row = Row(
        Breach,
        over=Q(state=BreachState.CLOSED),
        since="state_at",
        empties={},
        parts=(
            Part(Content, "breach", sealed=("words_ref",)),
            DECIDED_ON,
        ),
    )
