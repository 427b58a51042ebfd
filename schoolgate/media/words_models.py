"""Rows of the words that were read in pictures."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned

LONGEST_WAIT = timedelta(minutes=3)
"""After this a picture counts as not read: the worker is away or behind."""


class Reading(StrEnum):
    """How far the reading of one picture is. `NOT_READ`: by no program, so a person reads it."""

    WAITING = "waiting"
    NOT_READ = "not_read"
    NO_WORDS = "no_words"
    WORDS = "words"


class WordsRead(FederationOwned):
    """The words read in one picture; they are part of what it shows, so they go with it. A picture without a
    row was not read. `lines`: None while it waits, and where it could not be read."""

    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    lines = ArrayField(models.TextField(), null=True)
    reader = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True

    def reading(self, *, at: datetime) -> Reading:
        """Return how far the reading is."""
        if self.lines is not None:
            return Reading.WORDS if self.lines else Reading.NO_WORDS
        waits = self.read_at is None and at - self.asked_at < LONGEST_WAIT
        return Reading.WAITING if waits else Reading.NOT_READ


class PictureWords(WordsRead):
    """The words read in a picture of the store."""

    numbered: ClassVar[Promise] = _("Words in picture {number}")

    picture = models.OneToOneField("media.Picture", models.CASCADE, related_name="words_read")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="media_words_read_at_a_time", condition=Q(lines=None) | Q(read_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"words of picture {self.picture_id}"
