"""Federations, their schools, and what every row of a federation has in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.tenancy.scoping import federation_in_scope

LANGUAGES = ("en", "cy")
OTHER_SCHOOL = "other"
"""What rules call a school that the policy does not name, and what belongs to no school."""


def english() -> list[str]:
    """Return the default languages of a federation or school."""
    return ["en"]


class Country(models.TextChoices):
    """The country of a school: its bank holidays and the law it is under."""

    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")


class Federation(models.Model):
    """One federation of the installation. The directory is open to all; only the owner's role adds to it."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    policy_key = models.SlugField(max_length=60)
    """The pack of its policy, such as `wildground`."""
    languages = ArrayField(models.CharField(max_length=8), default=english)
    is_example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="core_federation_languages", condition=Q(languages__len__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


class FederationOwned(models.Model):
    """Every row that belongs to a federation inherits this; `tenancy.protect` closes its table.

    `app_may` says what the application's role may do with the table's rows; fewer rights make a table one
    that is only added to. `only_read_by` gives a table a second policy, on the person: (table of readers,
    column that both have), such as ("incidents_reader", "report_id"). A row is then there only for a person
    in scope who has a row there for the same thing, without an `ended_at` if that table has one.
    `only_destroyed`: rows go, or where `app_may` has UPDATE are emptied, only in a transaction with a
    certificate (`core.retention`). `numbered` is what the history calls a row, with its number.
    """

    numbered: ClassVar[Promise] = _("Entry {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE")
    only_read_by: ClassVar[tuple[str, str] | None] = None
    only_destroyed: ClassVar[bool] = False

    federation = models.ForeignKey(
        Federation, on_delete=models.PROTECT, related_name="+", default=federation_in_scope, editable=False
    )

    class Meta:
        abstract = True


class School(FederationOwned):
    """One school of a federation."""

    numbered: ClassVar[Promise] = _("School {number}")

    name = models.CharField(_("Name"), max_length=200)
    slug = models.SlugField(max_length=60)
    country = models.CharField(_("Country"), max_length=10, choices=Country, default=Country.ENGLAND)
    languages = ArrayField(models.CharField(max_length=8), default=english)
    in_policy = models.CharField(_("School named in the policy"), max_length=200, blank=True, db_default="")
    """The policy's own name for it, if the policy has rules for single schools; OTHER_SCHOOL: none of those
    named; empty: not stated."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "slug"], name="core_school_slug"),
            models.CheckConstraint(name="core_school_country", condition=Q(country__in=Country.values)),
            models.CheckConstraint(name="core_school_languages", condition=Q(languages__len__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name

    def among(self, named: Sequence[str]) -> str | None:
        """Return which of the schools named by a policy this is, OTHER_SCHOOL for none of them. None: not
        known, because it was not stated and no name matches its own exactly."""
        if not named or self.in_policy == OTHER_SCHOOL:
            return OTHER_SCHOOL
        known = self.in_policy or self.name
        return known if known in named else None


def country_of(school: School | None) -> str | None:
    """Return the country whose law and terms count at a school; where no school is known, that of all
    schools. None where they are in two."""
    if school is not None:
        return school.country
    found = set(School.objects.values_list("country", flat=True))
    return found.pop() if len(found) == 1 else None
