"""What the areas of the program are called where someone reads what was found in them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Promise] = {
    "account": _("Sign-in"),
    "accounts": _("Official accounts"),
    "conduct": _("Own accounts of staff"),
    "core": _("Record of actions"),
    "duties": _("Tasks"),
    "inbox": _("Comments and messages"),
    "incidents": _("Safeguarding"),
    "listening": _("Public posts that name the school"),
    "media": _("Pictures"),
    "networks": _("Noticeboard"),
    "notices": _("Emails and notifications"),
    "people": _("People and roles"),
    "policy": _("Policy, training and decisions"),
    "press": _("Press"),
    "publishing": _("Posts"),
    "pupils": _("Pupils and consent"),
    "records": _("Retention"),
    "rota": _("Rota"),
    "usersessions": _("Sign-in"),
}


def name_of(room: str) -> str:
    """Return what an area is called, in the language that is active."""
    return str(NAMES.get(room, _("Other")))
