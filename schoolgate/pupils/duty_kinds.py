"""Kinds of tasks about pupils' consents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import declare

DECIDE = declare(
    "pupil.decide_change",
    _("Decide about a change to a pupil on the do-not-publish list"),
    _("Read and decide"),
    page="pupil",
    mail="posts",
    passed_on=False,
)
LOOK = declare(
    "pupil.look_at_wall",
    _("See what changed on the do-not-publish list"),
    _("See what"),
    page="pupil",
    mail="posts",
    passed_on=False,
)
ASK = declare(
    "consent.ask_parent",
    _("Ask a parent: a yes was given on a device where staff are signed in"),
    _("See whose"),
    page="pupil",
    mail="posts",
)
SETTLE = declare("consent.settle", _("Resolve conflicting answers about consent"),
    _("See whose"), page="pupils", mail="posts", by_subject=False)  # fmt: skip
