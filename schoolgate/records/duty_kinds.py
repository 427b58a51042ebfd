"""Kinds of tasks about records."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import declare
from schoolgate.incidents.duty_kinds import REPORTS

# fmt: off
ERASE = declare("records.erase", _("Erase a concern as the second safeguarding lead, or leave it"),
    _("Read and decide"),
    page="evidence", view="as=records&kind=concerns&number=", mail="incidents.taken", named=REPORTS,
    passed_on=False, keeps=False)
# fmt: on
