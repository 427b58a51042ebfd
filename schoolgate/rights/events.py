"""Texts of events about requests about data in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events.names import Event, declare

declare(
    {
        "rights.closed": Event(_("A request about data was closed.")),
        "rights.entered": Event(_("A request about data was entered.")),
        "rights.extended": Event(_("A request about data was given two more months.")),
        "rights.noted": Event(_("A note was added to a request about data.")),
        "rights.retimed": Event(_("The deadline of a request about data changed with a school’s calendar.")),
        "rights.runs": Event(_("The clock of a request about data was restarted.")),
        "rights.waits": Event(_("The clock of a request about data was stopped.")),
    }
)
