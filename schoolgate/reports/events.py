"""Events in the record about links to the governors' report, evidence files and exports."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "governors.link_made": Event(_("Link to the governors’ report made")),
        "governors.link_opened": Event(_("Governors’ report opened by a link")),
        "governors.link_ended": Event(_("Link to the governors’ report disabled")),
        "evidence.exported": Event(_("Evidence file made")),
        "federation.exported": Event(_("Export of all data started")),
    }
)
