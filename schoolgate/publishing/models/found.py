"""Rows of what people said about words that were found in a text, or of a picture, and of what a post may
not show. The words found are not stored: they are looked for again each time."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.publishing.models.states import HitReply
from schoolgate.pupils.models import Pupil


class Answered(FederationOwned):
    """Why words may stay as they are. `hit`: `screening.Hit.key`, so the answer counts as long as these words
    are there and are the names of the same pupils. `pupils`: their numbers, for what is withdrawn later."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    hit = models.CharField(max_length=32)
    kind = models.CharField(max_length=20)
    reply = models.CharField(max_length=12, choices=HitReply)
    words = models.TextField(blank=True)
    pupils = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class HitAnswer(Answered):
    """Why words of a post may stay: part of what its approvers approve. `also_by`: who said the same of it
    beside its author."""

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="hit_answers")
    also_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "post", "hit"], name="publishing_hit_once"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk} about post {self.post_id}"


class WordAnswer(Answered):
    """Why words may leave by any other door (`core.leaving`). `about`: the thing that they are about, such as
    the comment that is answered. Rows are only added; the last one counts."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    about = models.CharField(max_length=80)
    door = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["federation", "about", "hit"], name="publishing_words_about")]

    def __str__(self) -> str:
        return f"answer {self.pk} about {self.about}"


class OwnDetail(FederationOwned):
    """A telephone number, e-mail or address that a school publishes of itself. `plain`: as it is compared.
    It counts from `agreed_at`: `agreed_by` is of the office, or someone other than `by`."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=200)
    plain = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "school", "plain"],
                condition=Q(ended_at=None),
                name="publishing_own_detail_once",
            ),
            models.CheckConstraint(
                name="publishing_own_detail_ended_by_a_person",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_own_detail_agreed_by_a_person",
                condition=Q(agreed_at=None, agreed_by=None)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"own detail {self.pk}"


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
