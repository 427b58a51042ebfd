"""Texts of events about people's own conduct in the record: never what it is about, nor whose it is."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "keptanswer.decided_again": Event(
            _("A saved answer was decided again because of a permission or a ruling.")
        ),
        "keptanswer.asked": Event(_("Someone asked for a conversation about a contact of their own.")),
        "keptanswer.kept": Event(_("Someone saved the policy’s answer about their own account or contact.")),
        "keptanswer.removed": Event(_("Someone deleted an answer they had saved for themselves.")),
        "keptanswer.talked": Event(_("A conversation about a contact was recorded.")),
        "leavingreminder.answered": Event(_("A leaver answered the reminder about confidentiality.")),
        "leavingreminder.given": Event(_("A leaver was reminded about confidentiality.")),
        "ownword.given": Event(_("Someone made a declaration on their own accounts.")),
        "ownword.removed": Event(_("The declaration of someone who left was deleted.")),
        "removal.gone": Event(_("A post that someone was told to remove is gone.")),
        "removal.told": Event(_("Someone was told to remove a post of their own.")),
        "supportnumber.entered": Event(_("A number to ring for support was entered.")),
        "supportnumber.removed": Event(_("A number to ring for support was removed.")),
    }
)
