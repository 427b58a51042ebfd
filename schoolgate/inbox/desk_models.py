"""Rows that help people to work through the inbox: words to search by, notes of colleagues, saved views."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.core.searching import LONGEST_WORD
from schoolgate.people.models import Person


class ItemWord(FederationOwned):
    """A word of an item: of any version of its text, or of its author's name, in lower case without accents.

    Rows, because under row-level security no index on texts is used.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(
        School, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    """The item's, which never changes: an index finds the newest of a school."""
    word = models.CharField(max_length=LONGEST_WORD, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "word", "item"], name="inbox_word_once"),
        ]
        indexes = [
            models.Index(fields=["federation", "school", "word", "item"], name="inbox_word_of_school"),
            models.Index(fields=["federation", "item"], name="inbox_word_of_item"),
        ]

    def __str__(self) -> str:
        return f"word of item {self.item_id}"


class ItemNote(FederationOwned):
    """What colleagues write to each other about an item. It is never sent anywhere."""

    numbered: ClassVar[Promise] = _("Note {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="notes")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    def __str__(self) -> str:
        return f"note {self.pk} on item {self.item_id}"


class SavedView(FederationOwned):
    """Filters of the inbox under a name. They narrow what a person may read, and never widen it."""

    numbered: ClassVar[Promise] = _("View {number}")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    shared = models.BooleanField(default=False)
    """Everyone with an inbox in the federation can choose it."""
    chosen = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "person", "name"], name="inbox_view_once"),
            models.CheckConstraint(name="inbox_view_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"
