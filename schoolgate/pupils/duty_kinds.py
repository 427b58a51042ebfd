"""Kinds of tasks about pupils' consents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import declare

SETTLE = declare("consent.settle", _("Settle consents where a yes stands against a no"), _("See whose"),
    page="pupils", mail="posts", by_subject=False)  # fmt: skip
