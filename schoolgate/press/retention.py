"""Enquiries from the press: what is due, and how it is destroyed.

The steps and versions of a statement stay, because an approval names the digest of one.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.declared_kinds import Declared, Part, Row
from schoolgate.core.retention import SIX_YEARS, Area
from schoolgate.policy.retention import DECIDED_ON
from schoolgate.press.models import Enquiry, EnquiryStep, Statement
from schoolgate.press.states import EnquiryState


class PressEnquiries(Declared):
    """Enquiries from the press that were closed."""

    key, number, endings = "press", 10, ("enquiry_period",)
    area = Area.INBOX
    name = _("Press enquiries and statements")
    thing = _("Press enquiry")
    counted = _("From the day it was closed.")
    goes = _("Who asked, for which paper or station, what they wanted, our notes and our statements.")
    stays = _("That there was an enquiry, its dates and outcome, and who approved which version.")
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
