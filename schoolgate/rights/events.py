"""Texts of events about requests about data in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "rights.answer_asked": Event(_("Data request: an answer was requested.")),
        "rights.answer_deleted": Event(_("The file of an answer to a data request was deleted.")),
        "rights.answer_failed": Event(_("An answer to a data request could not be prepared.")),
        "rights.answer_made": Event(_("An answer to a data request was prepared.")),
        "rights.answer_taken": Event(_("An answer to a data request was downloaded.")),
        "rights.closed": Event(_("A data request was closed.")),
        "rights.decided": Event(_("The contents of an answer to a data request were decided.")),
        "rights.entered": Event(_("A data request was entered.")),
        "rights.extended": Event(_("A data request was given two more months.")),
        "rights.found_read": Event(_("Data found for a request was opened.")),
        "rights.gathering_stopped": Event(_("The search for a data request was stopped.")),
        "rights.left": Event(_("After a request, data was left unchanged.")),
        "rights.mended": Event(_("Data was corrected for a request.")),
        "rights.noted": Event(_("A note was added to a data request.")),
        "rights.retimed": Event(_("The deadline of a data request changed with a school’s calendar.")),
        "rights.runs": Event(_("The time limit of a data request was restarted.")),
        "rights.searched": Event(_("The search for a data request finished.")),
        "rights.searched_as_lead": Event(_("Concerns were searched for a data request.")),
        "rights.searching": Event(_("A search for a data request was started.")),
        "rights.stopped": Event(_("The use of data was stopped for a request.")),
        "rights.waits": Event(_("The time limit of a data request was paused.")),
    }
)
