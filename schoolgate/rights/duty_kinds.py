"""The kind of task about requests about data. Its line names no one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import declare

HERE = "as=requests&request="
"""How the page of evidence shows one request; its number follows."""

# fmt: off
ANSWER = declare("rights.answer", _("Answer a request about data"), _("Open request"),
    page="evidence", view=HERE, mail="rights")
# fmt: on
