"""Texts of events about pupils and consents in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events.names import Event, declare

declare(
    {
        "consent.answered": Event(_("An answer about consent was recorded.")),
        "pupil.kept_off": Event(_("A pupil was put on the do-not-publish list.")),
        "pupil.off_the_list": Event(_("A pupil was taken off the do-not-publish list.")),
        "pupils.group_dropped": Event(_("A pupil group was deleted.")),
        "pupils.group_saved": Event(_("A pupil group was saved.")),
        "pupils.list_dropped": Event(_("The import of a list of pupils was cancelled.")),
        "pupils.list_explained": Event(_("The columns of a list of pupils were explained.")),
        "pupils.list_lapsed": Event(_("The import of a list of pupils expired.")),
        "pupils.list_taken_in": Event(_("A list of pupils was imported.")),
        "pupils.list_uploaded": Event(_("A list of pupils was uploaded.")),
    }
)
