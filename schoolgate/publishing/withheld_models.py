"""Rows of what a post may not show: prints that find a picture again, and pupils who were left out."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.pupils.models import Pupil

PRINTS_NOW = 3
"""How prints are taken now: those of the parts of a picture since 1, of any half of it since 2, of what is on
a page since 3."""


class WithheldPicture(FederationOwned):
    """A picture that may show a pupil whose consent was withdrawn, or that was taken down for someone's
    safety. It counts for any other picture that may be the same, after its post and its file are gone too.

    `pupil`: None where it was taken down for safety; `digest`: of its file; `prints`: as `media.Picture` has
    them; `taken_as`: how they were taken, as `PRINTS_NOW` counts; 0 until they were taken once more, because
    no picture says how those were taken that it got when it was added.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    prints = ArrayField(models.BigIntegerField())
    taken_as = models.PositiveSmallIntegerField(db_default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "post", "digest", "pupil"],
                name="publishing_withheld_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"withheld picture {self.pk}"


class LeftOut(FederationOwned):
    """A pupil who was chosen for a post and taken out because they may not be shown or heard where it goes:
    its approver looks whether they are in the picture all the same."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    post = models.ForeignKey("publishing.Post", models.CASCADE, related_name="left_out")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["federation", "post", "pupil"], name="publishing_left_out_once"),
        ]

    def __str__(self) -> str:
        return f"pupil {self.pupil_id} left out of post {self.post_id}"
