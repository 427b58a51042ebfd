"""Texts of events about concerns in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events.names import Event, declare

declare(
    {
        "report.checked_back": Event(_("Someone who was targeted was asked how they are.")),
        "report.ended": Event(_("A concern was closed as not ours to deal with, with a reason.")),
        "report.handed_on": Event(_("A concern was passed to someone else.")),
        "report.kept": Event(_("A concern was marked as needing further action.")),
        "report.made": Event(_("A concern was reported.")),
        "report.nobody_left": Event(
            _("No one was dealing with a concern, and everyone who can be told had been told.")
        ),
        "report.noted": Event(_("A note was added to a concern.")),
        "report.read": Event(_("Someone with access to a concern read it.")),
        "report.taken": Event(_("Someone said they would deal with a concern.")),
        "report.told": Event(_("The people who need to know about a concern were told there is one.")),
    }
)
