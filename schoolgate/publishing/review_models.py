"""Rows of reviewing a post: what an approver has looked at, and comments on words of its text."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person

LONGEST_PASSAGE = 300
LONGEST_COMMENT = 1000


class Look(FederationOwned):
    """What an approver saw of one version of a post, so that a later version shows them what changed."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="looks")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    shown = models.JSONField()
    """As `changes.content_of` writes it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "post", "by", "version"], name="publishing_look_once"
            ),
        ]

    def __str__(self) -> str:
        return f"look {self.pk} at post {self.post_id}"


class PassageComment(FederationOwned):
    """An approver's comment on words of a post, for its author. It stays when the words change."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="passage_comments")
    version = models.PositiveIntegerField()
    """The version of the post that had these words."""
    passage = models.CharField(max_length=LONGEST_PASSAGE)
    comment = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    """Only the author answers."""
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["federation", "post", "id"], name="publishing_comments_of_post")]
        constraints = [
            models.CheckConstraint(
                name="publishing_comment_done_by_a_person",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_comment_answered_with_words",
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on words of post {self.post_id}"
