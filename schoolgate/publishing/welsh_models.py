"""Rows of who read the Welsh of a post for people who don't read it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person


class WelshReading(FederationOwned):
    """A reader of Welsh who was asked about a post, and what they said: whether its Welsh says the same as
    its English. It counts for the content that `seen` is the digest of, and for no other."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="welsh_readings")
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """None: the reader read it without being asked."""
    asked_at = models.DateTimeField()
    same = models.BooleanField(null=True)
    """None: not answered yet."""
    words = models.TextField(blank=True)
    said_at = models.DateTimeField(null=True)
    seen = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="publishing_welsh_answered_as_a_whole",
                condition=Q(same=None, said_at=None, seen="")
                | (Q(same__isnull=False, said_at__isnull=False) & ~Q(seen="")),
            ),
            models.UniqueConstraint(
                fields=["federation", "post", "reader"],
                condition=Q(same=None),
                name="publishing_welsh_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk} of post {self.post_id}"
