"""Enquiries from the press, and attention that was expected: what is due, and how it is destroyed.

The steps and versions of a statement stay, because an approval names the digest of one.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.retention import (
    NO_SOURCE,
    NUMBERED,
    SIX_YEARS,
    Area,
    Declared,
    Part,
    Public,
    Row,
    unless_empty,
)
from schoolgate.policy.retention import DECIDED_ON
from schoolgate.press.models import Enquiry, EnquiryState, EnquiryStep, Expectation, Statement


class PressEnquiries(Declared):
    """Enquiries from the press that were closed."""

    key, number, endings = "press", 10, ("enquiry_period",)
    area = Area.INBOX
    public = Public.NOWHERE
    name = _("Press enquiries and statements")
    thing = _("Press enquiry")
    counted = _("From the day it was closed.")
    goes = _("Who asked, for which paper or station, what they wanted, our notes and our statements.")
    stays = _("The enquiry’s dates and outcome, and who approved which version.")
    because = SIX_YEARS
    first = _("Close the enquiry, and finish every task and concern about it.")
    row = Row(
        Enquiry,
        over=Q(state=EnquiryState.CLOSED),
        since="state_at",
        empties={"outlet": "", "journalist": "", "contact": "", "wants": "-"},
        parts=(
            Part(EnquiryStep, "enquiry", {"words": ""}),
            Part(Statement, "enquiry", {"text": ""}),
            DECIDED_ON,
        ),
    )


class ExpectedAttention(Declared):
    """Attention of the press that was expected, once that is over."""

    key, number, endings = "expected", 28, ("expected_period",)
    area = Area.INBOX
    public = Public.NOWHERE
    name = _("Expected press attention")
    thing = _("Expected press attention")
    counted = _("From its last day, or the day it was ended.")
    goes = _("What it was about, the agreed line, and the answers that decisions were based on.")
    stays = _("The dates and school of the expected attention, and who entered and ended it.")
    because = NO_SOURCE
    first = _("End it first.")
    row = Row(
        Expectation,
        over=Q(),
        since=("ended_at", "until"),
        empties={"about": NUMBERED, "line": unless_empty("line")},
        parts=(DECIDED_ON,),
    )

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Expectation]:
        """Leave out what is expected today."""
        return super().due(before, at=at).exclude(ended_at=None, until__gte=local_day(at))
