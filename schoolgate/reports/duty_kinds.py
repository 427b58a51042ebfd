"""Kinds of tasks about the installation itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import declare

# fmt: off
BACKUPS = declare("backup.look", _("Fix the backups: not everything could be restored"),
    _("See what’s wrong"),
    page="backups", mail="running", by_subject=False)
STANDING_STILL = declare("running.standing_still",
    _("Part of Schoolgate has stopped working: have it checked"), _("See what has stopped"),
    page="running", mail="running", by_subject=False, harm=True)
# fmt: on
