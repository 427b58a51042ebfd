"""Columns shared by every kind of list: how to read a federation's lists, and each uploaded list."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models.people import Person
from schoolgate.people.states.importing import ImportState


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
