"""Texts of events about retention in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "records.destroyed": Event(_("Records whose retention period was over were destroyed.")),
        "records.erased": Event(_("A record was erased early."), heard=True),
        "records.erasing_asked": Event(_("A safeguarding lead asked another to erase a concern with them.")),
        "records.period_set": Event(_("A retention period was set.")),
        "records.started": Event(_("A person started the destruction of records that are due.")),
        "records.stopped": Event(_("A person stopped the destruction of records.")),
    }
)
