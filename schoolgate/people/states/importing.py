"""Words of an import: where it stands, what a line comes to, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    """Where an import stands."""

    OPEN = "open", _("Being looked at")
    DONE = "done", _("Taken over")
    DROPPED = "dropped", _("Dropped")
    LAPSED = "lapsed", _("Nobody confirmed it in time")


IMPORT_MOVES: Mapping[ImportState, frozenset[ImportState]] = {
    ImportState.OPEN: frozenset({ImportState.DONE, ImportState.DROPPED, ImportState.LAPSED}),
    ImportState.DONE: frozenset(),
    ImportState.DROPPED: frozenset(),
    ImportState.LAPSED: frozenset(),
}
"""An import is opened with its file and ends once; then the file is removed."""

FILE_LASTS = timedelta(hours=24)
"""How long the file of an import that nobody confirms is kept (house rule, docs/how-to/people.md)."""


class Outcome(TextChoices):
    """What a line of a list comes to."""

    REFUSED = "refused", _("Refused")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("The same")
    PASSED_OVER = "passed_over", _("Passed over")


UNPROVEN = _(
    "Nobody has confirmed this address yet. Ask the person to get a new password by mail, then add them."
)
"""Why somebody who chose a password at the machine gets no place in another federation (docs/security.md)."""

WORDS: Mapping[str, str | Promise] = {
    # Why a line is refused
    "formula": _("{column}: this begins with = + - or @, as a formula does. Put plain words."),
    "no_name": _("The name is missing."),
    "bad_name": _("The name is longer than 200 letters, or has letters that cannot be shown."),
    "no_email": _("The e-mail address is missing."),
    "bad_email": _("This is no e-mail address."),
    "unproven": UNPROVEN,
    "no_value": _("{column}: nothing is given."),
    "unknown_value": _("{column}: nobody has said yet what “{value}” means here."),
    "bad_day": _("{column}: “{value}” is no day. Write it like 1/9/2026."),
    "days_crossed": _("The last day is before the first day."),
    "line_differs": _("Line {line} has the same address with other particulars."),
    "line_twice": _("Line {line} says the same."),
    "other_person_line": _("Line {line} has the same address and is refused."),
    "too_many_cells": _("This line has more cells than there are headings."),
    "manager_bad_email": _("The line manager's address is no e-mail address."),
    "manager_not_here": _("Nobody here, and nobody in this list, has the line manager's address."),
    "manager_leaves": _("The line manager has left or is about to."),
    "manager_oneself": _("Nobody is their own line manager."),
    "own_role": _("Nobody gives a role to themselves. Somebody else has to give it to you."),
    "has_left": _("This person has left. Record their return first."),
    "about_to_leave": _("This person is about to leave, so no role can be given."),
    "inactive_without_day": _("Not active, but no day of leaving is given."),
    "role_over": _("The role would have ended already. End it on the person's page."),
    # What would change
    "added": _("Comes to this federation."),
    "name_changed": _("Is called {new} from now on, not {old}."),
    "relation_changed": _("Becomes: {new} (was: {old})."),
    "role_given": _("Gets the role {role}, {place}, from {day}."),
    "role_given_until": _("Gets the role {role}, {place}, from {day} until {until}."),
    "role_until": _("Has the role {role}, {place}, until {until}."),
    "manager_given": _("Line manager: {name}."),
    "leaves": _("Leaves on {day}."),
    # What is worth knowing
    "begins_today": _("The role begins today: what was done before is not made right afterwards."),
    "role_was_over": _("The role {role} ended on {day}, so it is not given."),
    "other_manager": _("{name} stays line manager as well, until somebody ends it."),
    "same_name": _("Somebody of this name is here already, with another address."),
    "left_before": _("Left on {day}, so they are not taken over."),
    "not_active": _("Not active, so they are not taken over."),
    "leaving_stands": _("Is recorded as leaving on {day}; this list does not say so."),
}
"""A short code -> the sentence that a page shows, with the words that fit in."""
