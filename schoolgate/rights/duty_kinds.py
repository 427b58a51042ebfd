"""The kinds of tasks about requests about data. Their lines name no one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import declare

HERE = "as=requests&request="
"""How the page of evidence shows one request; its number follows."""

# fmt: off
ANSWER = declare("rights.answer", _("Answer a data request"), _("Open request"),
    page="evidence", view=HERE, mail="rights")
LEADS = declare("rights.leads", _("Search concerns for a data request"), _("Open review"),
    page="request-safeguarding", mail="rights")
# fmt: on
