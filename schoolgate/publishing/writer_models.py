"""Rows of who writes a post: its author's colleagues, and who has it open."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person


class PostWriter(FederationOwned):
    """A person at work on a post: its author, or a colleague added as a writer (`added_by`)."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="writers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """None: the author."""
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    wrote_at = models.DateTimeField(null=True)
    """When this person last saved something, by the button or while typing."""
    seen_at = models.DateTimeField(null=True)
    """When their page of writing last reported that it is open."""
    page = models.CharField(max_length=32, blank=True)
    """Which page of theirs saved last while they typed, and what the revision was before and after."""
    before = models.PositiveIntegerField(default=0)
    after = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "post", "person"], name="publishing_writer_once"),
            models.CheckConstraint(
                name="publishing_writer_ended_was_added",
                condition=Q(ended_at=None) | Q(added_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"writer {self.pk} of post {self.post_id}"
