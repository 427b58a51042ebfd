"""Rows of the work of the inbox: words to search by, notes, views, the order of reading, what comes in by
hand, in lists and by email, and messages to groups."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.core.rows import LONGEST_WORD
from schoolgate.inbox.models.items import KeptBack, MessagePurpose, Relation
from schoolgate.media.models import WordsRead
from schoolgate.people.models import BroughtList, ListMapping, Person


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


class ItemLetIn(FederationOwned):
    """A person who was asked in a lead's place (`people.leads`): they may open the item; where it was
    locked afterwards, no longer."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="let_in")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    """When they opened it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "item", "person"], name="inbox_let_in_once"),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} let into item {self.item_id}"


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


class MailAddress(FederationOwned):
    """The address to which staff forward what was written on an account. `code`: its secret part; the
    sender must also be a member of staff who replies there."""

    numbered: ClassVar[Promise] = _("Email address {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "code"], name="inbox_mail_code_once"),
            models.UniqueConstraint(
                fields=["federation", "account"], condition=Q(ended_at=None), name="inbox_mail_address_once"
            ),
        ]

    def __str__(self) -> str:
        return f"email address {self.pk}"


class CommentMapping(ListMapping):
    """What the columns and words of a list of comments mean here."""

    numbered: ClassVar[Promise] = _("Comment list settings {number}")


class CommentImport(BroughtList):
    """One list of comments, messages or reviews."""

    numbered: ClassVar[Promise] = _("Comment list {number}")

    mapping = models.ForeignKey(CommentMapping, null=True, on_delete=models.PROTECT, related_name="+")


class GroupMessage(FederationOwned):
    """A message that the policy allowed, for a person to send by hand, with why it is appropriate.

    `people`: how many it goes to; `group` names the group, never a person. `public`: everyone can read it.
    """

    numbered: ClassVar[Promise] = _("Message {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    to = models.CharField(max_length=10, choices=Relation)
    group = models.CharField(max_length=120)
    people = models.PositiveIntegerField()
    public = models.BooleanField()
    purpose = models.CharField(max_length=30, choices=MessagePurpose)
    reason = models.TextField(max_length=1000, blank=True)
    implications = models.TextField(max_length=1000, blank=True)
    text = models.TextField(max_length=5000)
    decision = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(name="inbox_message_to_people", condition=Q(people__gte=1)),
        ]
        indexes = [models.Index(fields=["federation", "-id"], name="inbox_message_newest")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class ResponseProcess(FederationOwned):
    """How the federation answers what others write elsewhere, as adopted. Append-only: the newest counts."""

    numbered: ClassVar[Promise] = _("Process {number} for replies")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    words = models.TextField(max_length=5000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"process {self.pk} for replies"
