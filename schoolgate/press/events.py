"""Texts of events about enquiries from the press in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "enquiry.closed": Event(_("An enquiry from the press was closed.")),
        "enquiry.drafted": Event(_("A statement for the press was written.")),
        "enquiry.holding": Event(_("A holding line was given to a journalist.")),
        "enquiry.kept": Event(_("An enquiry from the press was recorded.")),
        "enquiry.passed": Event(_("An enquiry from the press was passed on.")),
        "enquiry.refused": Event(_("The policy didn’t allow an answer to the press.")),
        "enquiry.released": Event(_("A statement was given to the press.")),
        "enquiry.reopened": Event(_("An enquiry from the press was reopened.")),
        "enquiry.said": Event(_("A question about an enquiry from the press was answered.")),
        "expectation.ended": Event(_("Expected press attention was ended.")),
        "expectation.noted": Event(_("Expected press attention was noted.")),
        "expectation.refused": Event(_("The policy didn’t allow a note about expected press attention.")),
    }
)
