"""Values of an import: its status, the outcome of a line, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    """The status of an import."""

    OPEN = "open", _("Being checked")
    DONE = "done", _("Imported")
    DROPPED = "dropped", _("Cancelled")
    LAPSED = "lapsed", _("No one confirmed it in time")


IMPORT_MOVES: Mapping[ImportState, frozenset[ImportState]] = {
    ImportState.OPEN: frozenset({ImportState.DONE, ImportState.DROPPED, ImportState.LAPSED}),
    ImportState.DONE: frozenset(),
    ImportState.DROPPED: frozenset(),
    ImportState.LAPSED: frozenset(),
}
"""An import is opened with its file and ends once; then the file is removed."""

FILE_LASTS = timedelta(hours=24)
"""How long the file of an unconfirmed import is stored (house rule, docs/how-to/people.md)."""


class Outcome(TextChoices):
    """The outcome of a line of a list."""

    REFUSED = "refused", _("Refused")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("The same")
    PASSED_OVER = "passed_over", _("Skipped")


UNPROVEN = _(
    "No one has confirmed this address yet. Ask the person to get a new password by email, then add them."
)
"""Why a person with a password set at the server's command line gets no place in another federation
(docs/security.md)."""

WORDS: Mapping[str, str | Promise] = {
    # Why a line is refused
    "no_name": _("The name is missing."),
    "bad_name": _("The name is longer than 200 characters, or has characters that can’t be shown."),
    "no_email": _("The email address is missing."),
    "bad_email": _("This isn’t an email address."),
    "unproven": UNPROVEN,
    "unknown_value": _("{column}: “{value}” hasn’t been explained yet."),
    "days_crossed": _("The last day is before the first day."),
    "line_differs": _("Row {line} has the same address but different details."),
    "line_twice": _("Row {line} is the same."),
    "other_person_line": _("Row {line} has the same address and is rejected."),
    "manager_bad_email": _("The line manager’s address isn’t an email address."),
    "manager_not_here": _("No one here or in this list has the line manager’s address."),
    "manager_leaves": _("The line manager has left or is about to leave."),
    "manager_oneself": _("A person can’t be their own line manager."),
    "own_role": _("You can’t give yourself a role. Someone else must give it to you."),
    "has_left": _("This person has left. Record their return first."),
    "about_to_leave": _("This person is about to leave, so no role can be given."),
    "inactive_without_day": _("Not active, but no leaving date given."),
    "role_over": _("The role would already have ended. End it on the person’s page."),
    # What would change
    "added": _("Added to this federation."),
    "name_changed": _("Name changes to {new} (was: {old})."),
    "relation_changed": _("Changes to: {new} (was: {old})."),
    "role_given": _("Will have the role {role}, {place}, from {day}."),
    "role_given_until": _("Will have the role {role}, {place}, from {day} until {until}."),
    "role_until": _("Already has the role {role}, {place}, until {until}."),
    "manager_given": _("Line manager: {name}."),
    "leaves": _("Leaves on {day}."),
    # What is worth knowing
    "begins_today": _("The role starts today. It can’t be backdated."),
    "role_was_over": _("The role {role} would have ended on {day}, so it isn’t given."),
    "other_manager": _("{name} stays line manager as well, until you end that."),
    "same_name": _("Someone with this name is already here, with another address."),
    "left_before": _("Left on {day}, so not imported."),
    "not_active": _("Not active, so not imported."),
    "leaving_stands": _("Recorded as leaving on {day}. This list doesn’t say so."),
}
"""A short code -> the sentence that a page shows, with the words that fit in."""
