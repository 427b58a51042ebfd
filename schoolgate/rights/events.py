"""Texts of events about requests about data in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events.names import Event, declare

declare(
    {
        "rights.answer_asked": Event(_("Data request: an answer was requested.")),
        "rights.answer_deleted": Event(_("The file of an answer to a request about data was deleted.")),
        "rights.answer_failed": Event(_("An answer to a request about data could not be made.")),
        "rights.answer_made": Event(_("An answer to a request about data was made.")),
        "rights.answer_taken": Event(_("An answer to a request about data was downloaded.")),
        "rights.closed": Event(_("A request about data was closed.")),
        "rights.decided": Event(_("The contents of an answer to a data request were decided.")),
        "rights.entered": Event(_("A request about data was entered.")),
        "rights.extended": Event(_("A request about data was given two more months.")),
        "rights.found_read": Event(_("Data found for a request was opened.")),
        "rights.gathering_stopped": Event(_("The search for a request about data was stopped.")),
        "rights.left": Event(_("After a request, data was left unchanged.")),
        "rights.mended": Event(_("Data was corrected for a request.")),
        "rights.noted": Event(_("A note was added to a request about data.")),
        "rights.retimed": Event(_("The deadline of a request about data changed with a school’s calendar.")),
        "rights.runs": Event(_("The clock of a request about data was restarted.")),
        "rights.searched": Event(_("The search for a request about data finished.")),
        "rights.searched_as_lead": Event(_("Concerns were searched for a request about data.")),
        "rights.searching": Event(_("A search for a request about data was started.")),
        "rights.stopped": Event(_("The use of data was stopped for a request.")),
        "rights.waits": Event(_("The clock of a request about data was stopped.")),
    }
)
