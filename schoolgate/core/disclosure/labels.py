"""What the columns of a row are called where it is read by the person whose data it is."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS: dict[str, Promise] = {
    "about": _("About"),
    "added_at": _("Added"),
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
    "changed_at": _("Changed"),
    "closed_at": _("Closed"),
    "confirmed_at": _("Confirmed"),
    "contact": _("Contact"),
    "content": _("Content"),
    "created_at": _("Made"),
    "decided_at": _("Decided"),
    "description": _("Description"),
    "digest": _("File"),
    "done_at": _("Done"),
    "email": _("Email address"),
    "agreed_at": _("Agreed"),
    "ended_at": _("Ended"),
    "ended_on": _("Ended"),
    "entered_at": _("Entered"),
    "facts": _("Facts of a decision"),
    "first_name": _("First name"),
    "form": _("Form"),
    "found_at": _("Found"),
    "from_day": _("From"),
    "given_on": _("Given"),
    "ip": _("Network address"),
    "kind": _("Type"),
    "known_as": _("Known as"),
    "language": _("Language"),
    "last_login": _("Last sign-in"),
    "last_name": _("Last name"),
    "left_on": _("Left on"),
    "made_at": _("Made"),
    "name": _("Name"),
    "note": _("Note"),
    "number": _("Number"),
    "on": _("Date"),
    "opened_at": _("Opened"),
    "outcome": _("Outcome"),
    "part": _("Part"),
    "post_languages": _("Languages"),
    "published_at": _("Published"),
    "purpose": _("Purpose"),
    "reason": _("Reason"),
    "received_at": _("Received"),
    "relation": _("Relationship"),
    "reported_at": _("Reported"),
    "role_key": _("Role"),
    "roles": _("Roles"),
    "saved_at": _("Saved"),
    "scan": _("Scanned page"),
    "sent_at": _("Sent"),
    "sent_back_because": _("Reason"),
    "setup": _("Settings"),
    "since": _("Since"),
    "state": _("Status"),
    "state_at": _("Status since"),
    "submitted_at": _("Submitted"),
    "text": _("Text"),
    "title": _("Title"),
    "to_day": _("Until"),
    "topic": _("Topic"),
    "topics": _("Topics"),
    "until": _("Until"),
    "user_agent": _("Browser"),
    "who": _("Name"),
    "whom": _("Name"),
    "wording": _("Wording"),
    "words": _("Text"),
    "written_at": _("Written"),
    "wrote_at": _("Written"),
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
    "reports": _("Reports and evidence"),
    "rota": _("Rota"),
    "usersessions": _("Sign-ins"),
}
"""What the areas are called in which something is found."""


COLUMN = "column"
"""The context of a name that Django made of a column's own. `scripts/messages.py` collects those names from
the places, so that there is no second list of them."""


def label_of(field: Any) -> str | Promise:
    """Return what a column is called."""
    if field.name in LABELS:
        return LABELS[field.name]
    called: str | Promise = capfirst(field.verbose_name)
    return called if isinstance(called, Promise) else pgettext_lazy(COLUMN, called)
