"""What the columns of a row are called where it is read by the person whose data it is."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "address": _("Address"),
    "alt": _("Alt text"),
    "answer": _("Answer"),
    "answers": _("Answers"),
    "at": _("Date"),
    "author_handle": _("Username"),
    "author_id_there": _("Number on the network"),
    "author_name": _("Name"),
    "because": _("Reason"),
    "born_on": _("Date of birth"),
    "contact": _("Contact"),
    "content": _("Content"),
    "digest": _("File"),
    "email": _("Email address"),
    "facts": _("Facts of a decision"),
    "first_name": _("First name"),
    "form": _("Form"),
    "from_day": _("From"),
    "ip": _("Network address"),
    "kind": _("Type"),
    "known_as": _("Known as"),
    "language": _("Language"),
    "last_login": _("Last sign-in"),
    "last_name": _("Last name"),
    "left_on": _("Left on"),
    "name": _("Name"),
    "note": _("Note"),
    "number": _("Number"),
    "on": _("Date"),
    "outcome": _("Outcome"),
    "purpose": _("Purpose"),
    "reason": _("Reason"),
    "received_at": _("Received"),
    "relation": _("Relationship"),
    "role_key": _("Role"),
    "scan": _("Scanned page"),
    "state": _("Status"),
    "state_at": _("Status since"),
    "text": _("Text"),
    "title": _("Title"),
    "to_day": _("Until"),
    "topics": _("Topics"),
    "until": _("Until"),
    "user_agent": _("Browser"),
    "who": _("Name"),
    "words": _("Text"),
    "year": _("Year group"),
}
"""By the names of columns. One that is not here is called what its model calls it."""
ROOMS: dict[str, Promise] = {
    "account": _("Sign-ins"),
    "accounts": _("Accounts"),
    "conduct": _("Own accounts of staff"),
    "core": _("Setup and record"),
    "duties": _("Tasks"),
    "inbox": _("Comments and messages"),
    "incidents": _("Concerns"),
    "listening": _("Watches"),
    "media": _("Pictures and films"),
    "networks": _("Noticeboard"),
    "notices": _("Mails and notifications"),
    "people": _("People and roles"),
    "policy": _("Policy and training"),
    "press": _("Press"),
    "publishing": _("Posts"),
    "pupils": _("Pupils and consents"),
    "records": _("Records"),
    "rota": _("Rota"),
    "usersessions": _("Sign-ins"),
}
"""What the areas are called in which something is found."""


def label_of(field: Any) -> str | Promise:
    """Return what a column is called."""
    if field.name in LABELS:
        return LABELS[field.name]
    called = str(field.verbose_name)
    return called[:1].upper() + called[1:]
