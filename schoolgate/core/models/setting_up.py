"""Rows of an installation that is being set up, and of a school's safeguarding leads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models.directory import Federation, FederationOwned, School
from schoolgate.core.terms import in_terms

FROM_THE_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""Before anything here."""


class SetUpLink(models.Model):
    """The one address that opens the first pages of an empty home. Installation-level.

    Only the owner's role writes it (`core.setting_up`): the application reads the digest, and the database's
    own function compares it before it adds the federation.
    """

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    federation = models.ForeignKey(Federation, null=True, on_delete=models.PROTECT, related_name="+")
    """The federation that was added with it; None: none yet."""

    def __str__(self) -> str:
        return f"set-up link {self.pk}"


class SafeguardingPlace(models.TextChoices):
    """Who a safeguarding concern goes to first, and who when that person cannot be reached."""

    LEAD = "lead", _("Designated safeguarding lead")
    DEPUTY = "deputy", _("Deputy")


def place_in_words(place: str, school: School | None = None) -> Promise:
    """Return a place in the terms of the school's country; where no school is given, of the one country in
    which all schools are."""
    said: Promise = in_terms(SafeguardingPlace(place).label, school)
    return said


class Safeguarder(FederationOwned):
    """Who is the designated safeguarding lead, or a deputy, of one school or (no school) of all of them.

    Not a role of a policy, but it opens what is locked or kept to the leads. `person_id`: a person of the
    people app, as in a membership.
    """

    numbered: ClassVar[Promise] = _("Safeguarding lead entry {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    place = models.CharField(max_length=10, choices=SafeguardingPlace)
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    person_id = models.BigIntegerField()
    since = models.DateTimeField()
    reads_from = models.DateTimeField(default=FROM_THE_FIRST)
    """What came to the leads before this instant stays closed to them."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_safeguarder_place", condition=Q(place__in=SafeguardingPlace.values)
            ),
            models.UniqueConstraint(
                name="core_safeguarder_one_lead",
                fields=["federation", "school"],
                condition=Q(place=SafeguardingPlace.LEAD, ended_at=None),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="core_safeguarder_once",
                fields=["federation", "school", "person_id"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
            ),
        ]

    def get_place_display(self) -> Promise:  # type: ignore[no-redef]
        """Return the place in the terms of the school's country."""
        return place_in_words(self.place, self.school)

    def __str__(self) -> str:
        return f"safeguarding {self.place} {self.pk}"
