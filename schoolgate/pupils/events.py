"""Texts of events about pupils and consents in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "consent.answered": Event(_("An answer about consent was recorded.")),
        "consent.asked": Event(
            _("Consent was given on a device where staff are signed in, so it doesn’t count.")
        ),
        "consent.settled": Event(_("Someone decided which answer about consent counts.")),
        "consent.withdrawn": Event(_("Consent for a pupil was withdrawn."), heard=True),
        "consentlink.made": Event(_("A consent link was made.")),
        "consentlink.mailed": Event(_("A consent link was mailed.")),
        "consentlink.printed": Event(_("A consent link was printed.")),
        "consentlink.revoked": Event(_("A consent link was revoked.")),
        "consentwords.saved": Event(_("The wording of the parents’ page was changed.")),
        "pupil.kept_off": Event(_("A pupil was put on the do-not-publish list.")),
        "pupil.off_the_list": Event(_("A pupil was taken off the do-not-publish list.")),
        "pupil.name_off_page": Event(_("A pupil’s name was taken off one of our own pages.")),
        "pupil.change_agreed": Event(_("A safeguarding lead agreed to a change to a pupil’s record.")),
        "pupil.change_declined": Event(_("A safeguarding lead declined a change to a pupil’s record.")),
        "pupil.change_waits": Event(_("A change to a pupil’s record is waiting for a safeguarding lead.")),
        "pupils.group_dropped": Event(_("A pupil group was deleted.")),
        "pupils.group_saved": Event(_("A pupil group was saved.")),
        "pupils.list_dropped": Event(_("The import of a list of pupils was cancelled.")),
        "pupils.list_explained": Event(_("Pupil list columns matched.")),
        "pupils.list_lapsed": Event(_("The import of a list of pupils expired.")),
        "pupils.list_taken_in": Event(_("A list of pupils was imported.")),
        "pupils.source_connected": Event(_("A school’s pupils can now be read from its records system.")),
        "pupils.source_ended": Event(_("A connection to a school’s records system was removed.")),
        "pupils.list_uploaded": Event(_("A list of pupils was uploaded.")),
    }
)
