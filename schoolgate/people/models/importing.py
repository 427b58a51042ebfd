"""Rows of an import of people: how to read a federation's lists, and each uploaded list."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.people.models.lists import BroughtList, ListMapping
from schoolgate.people.states.importing import ImportState


class ImportMapping(ListMapping):
    """The meaning of the columns and words of a list of people."""

    numbered: ClassVar[Promise] = _("Import settings {number}")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "name"], name="people_mapping_once"),
            models.CheckConstraint(name="people_mapping_named", condition=~Q(name="")),
        ]
        indexes = [models.Index(fields=["federation", "shape", "-id"], name="people_mapping_by_shape")]


class PeopleImport(BroughtList):
    """One list of people."""

    numbered: ClassVar[Promise] = _("Import of people {number}")

    mapping = models.ForeignKey(ImportMapping, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_import_ended_or_open",
                condition=Q(state=ImportState.OPEN, ended_at=None)
                | (~Q(state=ImportState.OPEN) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="people_import_open_has_file", condition=~Q(state=ImportState.OPEN, file="")
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "by", "-id"], name="people_import_of_person"),
            models.Index(fields=["federation", "at"], condition=~Q(file=""), name="people_import_with_file"),
        ]
