"""Rows of what people do by hand for the inbox: photographs of comments, removals that need a check."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from schoolgate.core.models import FederationOwned
from schoolgate.inbox.states import KeptBack
from schoolgate.media.models import WordsRead
from schoolgate.people.models import Person


class ItemPhoto(FederationOwned):
    """A photograph or screenshot of a comment or message. The file is in the store under its digest, without
    metadata; a person types or checks the words in it."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="photos")
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "item", "digest"], name="inbox_photo_once"),
        ]

    def __str__(self) -> str:
        return f"photograph {self.pk} of item {self.item_id}"


class HandRemoval(FederationOwned):
    """A person's report that they hid or removed something on the network's own pages, and what the second
    person saw."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="hand_removals")
    how = models.CharField(max_length=8, choices=KeptBack)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    gone = models.BooleanField(null=True)
    """What the second person saw. None: not checked yet."""
    looked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "item"], condition=Q(gone=None), name="inbox_hand_removal_once"
            ),
            models.CheckConstraint(
                name="inbox_hand_removal_looked_as_a_whole",
                condition=Q(gone=None, looked_by=None, looked_at=None)
                | Q(gone__isnull=False, looked_by__isnull=False, looked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="inbox_hand_removal_seen_by_another",
                condition=Q(looked_by=None) | ~Q(looked_by=F("by")),
            ),
        ]

    def __str__(self) -> str:
        return f"removal {self.pk} by hand of item {self.item_id}"


class PhotoWords(WordsRead):
    """The words that a program read in a photograph of a comment, until the person who took it has checked
    them and saved the comment; deleted then, or after a day."""

    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "by", "digest"], name="inbox_photo_words_once"),
            models.CheckConstraint(
                name="inbox_photo_words_read_at_a_time", condition=Q(lines=None) | Q(read_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"words {self.pk} of a photograph"
