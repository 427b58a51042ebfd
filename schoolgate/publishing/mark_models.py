"""Rows of the marks on a post's text."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person


class PostMark(FederationOwned):
    """A mark on a post's text, and what was found when the text was checked for it.

    `kind`, `whom`: words of `rulebook.situations.marks`; `whom` is empty if not stated. `seen` and
    `judged_seen`: the digest of the content on which it was raised and judged. A judgement counts until the
    content changes; the mark itself survives every change.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=40)
    whom = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    """For the person who checks it: never in the record, in a message or among the facts."""
    seen = models.CharField(max_length=64)
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    found = models.BooleanField(null=True)
    """True: the text contains it. False: it does not. None: not judged yet."""
    judged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_seen = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="publishing_mark_judged_as_a_whole",
                condition=Q(found=None, judged_by=None, judged_at=None, judged_seen="")
                | (
                    Q(found__isnull=False, judged_by__isnull=False, judged_at__isnull=False)
                    & ~Q(judged_seen="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk} of post {self.post_id}"
