"""Texts of events about checks and candidate searches in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "checkcopy.destroyed": Event(_("A copy from a check of the systems was destroyed.")),
        "checkcopy.opened": Event(_("A copy from a check of the systems was opened.")),
        "checkcopy.refused": Event(_("The policy doesn’t allow this with a copy from a check.")),
        "checkcopy.stored": Event(_("A copy from a check of the systems was stored.")),
        "checkcopy.used": Event(_("A copy from a check was printed or passed on.")),
        "systemcheck.agreed": Event(_("A second person agreed to a check of the systems.")),
        "systemcheck.asked": Event(_("A check of the school’s systems was requested.")),
        "systemcheck.declined": Event(_("A second person declined a check of the systems.")),
        "systemcheck.made": Event(_("A check of the school’s systems was carried out.")),
        "systemcheck.refused": Event(
            _("The policy doesn’t allow a check of the systems that was requested.")
        ),
        "vacancy.answered": Event(_("A candidate’s answer to the search results was recorded.")),
        "vacancy.decided": Event(_("An appointment was decided.")),
        "vacancy.destroyed": Event(_("Search results about candidates were destroyed.")),
        "vacancy.entered": Event(_("A vacancy with a shortlist was entered.")),
        "vacancy.read": Event(_("Search results about candidates were read.")),
        "vacancy.refused": Event(_("The policy doesn’t allow this search for candidates.")),
        "vacancy.searched": Event(_("The search for one candidate was recorded.")),
        "vacancy.started": Event(_("The search for all shortlisted candidates was started.")),
        "vacancy.told": Event(_("Candidates were told about searches.")),
    }
)
