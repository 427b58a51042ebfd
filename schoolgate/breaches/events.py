"""Texts of events about data breaches in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "breach.authority_told": Event(_("The ICO was told about a data breach.")),
        "breach.aware_changed": Event(_("The time the school became aware of a data breach was changed.")),
        "breach.brought_in": Event(_("A person was added to a data breach.")),
        "breach.closed": Event(_("The record of a data breach was closed.")),
        "breach.described": Event(_("The details of a data breach were changed.")),
        "breach.noted": Event(_("A note was added to a data breach.")),
        "breach.opened": Event(_("A data breach was recorded.")),
        "breach.people_not_told": Event(
            _("A reason was given for not telling people individually about a data breach.")
        ),
        "breach.people_told": Event(_("The people affected were told about a data breach.")),
        "breach.read": Event(_("The record of a data breach was read.")),
        "breach.refused": Event(_("The record of a data breach couldn’t be closed: the law asks for more.")),
        "breach.reopened": Event(_("The record of a data breach was reopened.")),
        "breach.risk_judged": Event(_("The risk from a data breach was assessed.")),
    }
)
