"""Rows that find a picture again which may not be shown: its prints, never the picture."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from schoolgate.core.models import FederationOwned
from schoolgate.pupils.models import Pupil


class WithheldPicture(FederationOwned):
    """A picture that may show a pupil whose consent was withdrawn, or that was taken down for someone's
    safety. It counts for any other picture that may be the same, after its post and its file are gone too.

    `pupil`: None where it was taken down for safety; `digest`: of its file; `prints`: as `media.Picture` has
    them.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    prints = ArrayField(models.BigIntegerField())
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
