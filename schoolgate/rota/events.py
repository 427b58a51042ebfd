"""Texts of rota events in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "rota.ended": Event(_("A rota was ended.")),
        "rota.made": Event(_("A rota was started.")),
        "rota.set": Event(_("A rota’s settings were changed.")),
        "shift.added": Event(_("A shift was added to a rota.")),
        "shift.ended": Event(_("A shift of a rota was ended.")),
        "turn.began": Event(_("A shift on the rota started."), _("Started")),
        "turn.called_off": Event(_("A shift on one day was cancelled."), _("No one needed")),
        "turn.checked_in": Event(_("A person checked in for a shift."), _("Checked in")),
        "turn.given": Event(_("A shift on one day was given to someone else."), _("Given to someone else")),
        "turn.handed_over": Event(_("A handover note was changed."), _("Handover note changed")),
        "turn.missing": Event(_("A shift has no one to cover it."), _("No one to cover it")),
        "swap.accepted": Event(_("A request for cover was accepted.")),
        "swap.asked": Event(_("A person asked for cover or a swap.")),
        "swap.declined": Event(_("A request for cover was declined.")),
        "swap.lapsed": Event(_("A request for cover got no reply in time.")),
        "swap.withdrawn": Event(_("A request for cover was withdrawn.")),
        "feed.ended": Event(_("A person’s calendar address was ended.")),
        "feed.made": Event(
            _("A person made an address for their shifts, or the posts they see, in their calendar.")
        ),
    }
)
