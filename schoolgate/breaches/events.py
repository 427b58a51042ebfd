"""Texts of events about data breaches in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events.names import Event, declare

declare(
    {
        "breach.authority_told": Event(_("It was recorded that the ICO was told of a data breach.")),
        "breach.aware_changed": Event(_("The time at which a data breach became known was changed.")),
        "breach.brought_in": Event(_("Someone was brought in to deal with a data breach.")),
        "breach.closed": Event(_("The record of a data breach was closed.")),
        "breach.described": Event(_("The details of a data breach were changed.")),
        "breach.noted": Event(_("A note was added to a data breach.")),
        "breach.opened": Event(_("A data breach was recorded.")),
        "breach.people_not_told": Event(
            _("It was recorded why people are not told of a data breach one by one.")
        ),
        "breach.people_told": Event(_("It was recorded that people were told of a data breach.")),
        "breach.read": Event(_("Someone with access to a data breach read it.")),
        "breach.refused": Event(_("The law’s requirements didn’t allow a step with a data breach.")),
        "breach.reopened": Event(_("The record of a data breach was reopened.")),
        "breach.risk_judged": Event(_("The risk of a data breach was judged.")),
    }
)
