"""Kinds of tasks about reported concerns."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import Named, declare
from schoolgate.incidents.models import Report

REPORTS = Named(Report, ("reference",))
"""The number alone: what a report says is shown only on its own page."""

# fmt: off
TAKE = declare("incidents.take", _("New concern reported: respond now"), _("Read and respond"),
    page="wrong-report", mail="incidents", named=REPORTS, harm=True)
FINISH = declare("incidents.finish", _("Record the outcome of a concern you’re dealing with"),
    _("Open concern"),
    page="wrong-report", mail="incidents.taken", named=REPORTS, harm=True, knows=True)
CHECK_BACK = declare("incidents.check_back", _("Ask a colleague who was targeted how they are"),
    _("Open concern"),
    page="wrong-report", mail="incidents.taken", named=REPORTS, knows=True)
# fmt: on
