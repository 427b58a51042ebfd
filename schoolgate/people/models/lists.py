"""Columns shared by every kind of list: how to read a federation's lists, and each uploaded list; those of
the list of people; the status of an import, the outcome of a line, and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models.people import Person


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

LINE_WORDS: Mapping[str, str | Promise] = {
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


class ListMapping(FederationOwned):
    """The meaning of the columns and words of a list; found again by its headings."""

    name = models.CharField(_("Name"), max_length=80)
    shape = models.CharField(max_length=64)
    """A digest of the headings, whatever their order."""
    columns = models.JSONField(default=dict)
    """Field -> heading."""
    defaults = models.JSONField(default=dict)
    """Field -> what holds for the whole list where it has no such column."""
    words = models.JSONField(default=dict)
    """Field -> {the list's word: ours}; a word with "" means: nothing of ours."""
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(fields=["federation", "name"], name="%(app_label)s_mapping_once"),
            models.CheckConstraint(name="%(app_label)s_mapping_named", condition=~Q(name="")),
        )
        indexes = (
            models.Index(fields=["federation", "shape", "-id"], name="%(app_label)s_mapping_by_shape"),
        )

    def __str__(self) -> str:
        return f"mapping {self.pk}"


class BroughtList(FederationOwned):
    """One uploaded list: its uploader, its status, and where its lines are stored until the import."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.OPEN)
    file = models.CharField(max_length=64, blank=True)
    """Digest of the sealed lines in the store; "" once they are removed."""
    content = models.CharField(max_length=64)
    """Digest of the file as uploaded."""
    encoding = models.CharField(max_length=20, blank=True)
    lines = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    """The result in numbers; empty until the import."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                name="%(app_label)s_import_ended_or_open",
                condition=Q(state=ImportState.OPEN, ended_at=None)
                | (~Q(state=ImportState.OPEN) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_import_open_has_file", condition=~Q(state=ImportState.OPEN, file="")
            ),
        )
        indexes = (
            models.Index(fields=["federation", "by", "-id"], name="%(app_label)s_import_of_person"),
            models.Index(
                fields=["federation", "at"], condition=~Q(file=""), name="%(app_label)s_import_with_file"
            ),
        )

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportMapping(ListMapping):
    """The meaning of the columns and words of a list of people."""

    numbered: ClassVar[Promise] = _("Import settings {number}")


class PeopleImport(BroughtList):
    """One list of people."""

    numbered: ClassVar[Promise] = _("Import of people {number}")

    mapping = models.ForeignKey(ImportMapping, null=True, on_delete=models.PROTECT, related_name="+")
