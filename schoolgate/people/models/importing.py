"""Rows of an import of people: how to read a federation's lists, and each uploaded list."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.people.models.lists import BroughtList, ListMapping


class ImportMapping(ListMapping):
    """The meaning of the columns and words of a list of people."""

    numbered: ClassVar[Promise] = _("Import settings {number}")


class PeopleImport(BroughtList):
    """One list of people."""

    numbered: ClassVar[Promise] = _("Import of people {number}")

    mapping = models.ForeignKey(ImportMapping, null=True, on_delete=models.PROTECT, related_name="+")
