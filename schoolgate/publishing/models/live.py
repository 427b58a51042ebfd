"""Rows of published posts: when each is read on its network again, what was changed there, how people
reacted, the days it announces, and what people do by hand."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.models import FederationOwned
from schoolgate.networks.port import COUNTED, Reactions
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord
from schoolgate.pupils.models import Withdrawal


class LiveCheck(FederationOwned):
    """When a published post is read on its network again. `next_at` is None once it was taken down.

    `looked_at`: last read. `unread_since`: the network couldn't be read since then, which says nothing about
    the post. `missing_since`: it wasn't there, and the network's word alone is no proof.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    delivery = models.OneToOneField("publishing.Delivery", models.PROTECT, related_name="live_check")
    next_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    unread_since = models.DateTimeField(null=True)
    missing_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["federation", "next_at"],
                condition=Q(next_at__isnull=False),
                name="publishing_live_to_look",
            ),
        ]

    def __str__(self) -> str:
        return f"checks of delivery {self.delivery_id}"


class LiveChange(FederationOwned):
    """A difference between what was approved and what a network shows. `parts`: in what; none if `gone`.

    `words_ref`: what is there now, sealed, because it may be about a child. It is forgotten once the post is
    as approved again, or taken down.
    """

    numbered: ClassVar[Promise] = _("Change {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    delivery = models.ForeignKey("publishing.Delivery", models.PROTECT, related_name="live_changes")
    at = models.DateTimeField()
    """When it was noticed."""
    gone = models.BooleanField()
    parts = models.JSONField(default=list)
    words_ref = models.BigIntegerField(null=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=12, blank=True)
    """A word of `states.LiveEnd`; empty while it waits for a person."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "delivery"],
                condition=Q(ended_at=None),
                name="publishing_one_open_change",
            ),
            models.CheckConstraint(
                name="publishing_change_ended_as_a_whole",
                condition=Q(ended_at=None, ended_by=None, how="") | (Q(ended_at__isnull=False) & ~Q(how="")),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "delivery", "-id"], name="publishing_changes_of_copy"),
        ]

    def __str__(self) -> str:
        return f"change {self.pk} of delivery {self.delivery_id}"


class PostReactions(FederationOwned):
    """How people had reacted to a published post on a day. A day without a row is as the day before it. None:
    the network doesn't tell that. `parts`: of a thread, the same of each of its posts in order (null: the
    network didn't know it), of which the columns are the sums; empty for a single post."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    delivery = models.ForeignKey("publishing.Delivery", models.PROTECT, related_name="reactions")
    day = models.DateField()
    likes = models.PositiveIntegerField(null=True)
    shares = models.PositiveIntegerField(null=True)
    replies = models.PositiveIntegerField(null=True)
    quotes = models.PositiveIntegerField(null=True)
    views = models.PositiveIntegerField(null=True)
    parts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "delivery", "day"], name="publishing_reactions_once"
            ),
        ]

    def __str__(self) -> str:
        return f"reactions to delivery {self.delivery_id} on {self.day}"

    @property
    def total(self) -> int:
        """Return all reactions together."""
        return Reactions(*(getattr(self, name) for name in COUNTED)).total


class TakeDown(FederationOwned):
    """One act of taking down: one post, or all of an account or of a day at once.

    `reason` is a short code that is also in the record; `words` are the person's own, and are only here. One
    that follows a `withdrawal` of consent is done by the program: it has a due time, and `told_at` once the
    outcome of every copy was passed on.
    """

    numbered: ClassVar[Promise] = _("Take-down {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    day = models.DateField(null=True)
    withdrawal = models.OneToOneField(Withdrawal, models.PROTECT, null=True, related_name="take_down")
    due_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publishing_take_down_by_a_person_or_withdrawal",
                condition=Q(by__isnull=False, withdrawal=None, due_at=None)
                | Q(by=None, withdrawal__isnull=False, due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "-at", "-id"], name="publishing_take_down_newest"),
            models.Index(
                fields=["federation", "id"],
                condition=Q(withdrawal__isnull=False, told_at=None),
                name="publishing_withdrawn_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return f"take-down {self.pk}"


class TakeDownPost(FederationOwned):
    """One post of such an act. `asked`: False if it was being taken down already, so no request was made."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    take_down = models.ForeignKey(TakeDown, models.PROTECT, related_name="posts")
    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="+")
    asked = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "take_down", "post"], name="publishing_take_down_post_once"
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} of take-down {self.take_down_id}"


class WithdrawnCopy(FederationOwned):
    """One live copy that has to go because consent was withdrawn."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    take_down = models.ForeignKey(TakeDown, models.PROTECT, related_name="copies")
    delivery = models.ForeignKey("publishing.Delivery", models.PROTECT, related_name="withdrawn")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "take_down", "delivery"], name="publishing_withdrawn_copy_once"
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.delivery_id} of take-down {self.take_down_id}"


class RemovalSaid(FederationOwned):
    """A person's report that they took a post down by hand, and what the second person saw."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    delivery = models.ForeignKey("publishing.Delivery", models.PROTECT, related_name="removals_said")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    gone = models.BooleanField(null=True)
    """What the second person saw. None: not checked yet."""
    looked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "delivery"], condition=Q(gone=None), name="publishing_removal_said_once"
            ),
            models.CheckConstraint(
                name="publishing_removal_looked_as_a_whole",
                condition=Q(gone=None, looked_by=None, looked_at=None)
                | Q(gone__isnull=False, looked_by__isnull=False, looked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_removal_seen_by_another",
                condition=Q(looked_by=None) | ~Q(looked_by=models.F("by")),
            ),
        ]

    def __str__(self) -> str:
        return f"word {self.pk} of a removal by hand"


class AddressMended(FederationOwned):
    """The address of a post posted by hand, corrected later; the old address stays."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    delivery = models.ForeignKey("publishing.Delivery", models.PROTECT, related_name="addresses_mended")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.TextField()
    after = models.TextField()

    def __str__(self) -> str:
        return f"mended address {self.pk}"


class AnnouncedDays(FederationOwned):
    """The days that a live post announces, as far as its words can be read; `last_day` is None where none
    could be read.

    `asked_at`: when the policy was asked about it, once, after the last day. `listed`: the policy has its
    owner bring it up to date. `stays_at`: when a person said that it may stay. `looked_at`: when a person
    last checked it; None: not since it went out. `look_asked_at`: since when its next check is asked
    for; None: it is not due.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.OneToOneField("publishing.Post", models.PROTECT, related_name="announced")
    days = models.JSONField(default=list)
    last_day = models.DateField(null=True)
    read_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    listed = models.BooleanField(default=False)
    stays_at = models.DateTimeField(null=True)
    stays_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    look_asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publishing_announced_stays_as_a_whole",
                condition=Q(stays_at=None, stays_by=None)
                | Q(listed=True, stays_at__isnull=False, stays_by__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_announced_listed_when_asked",
                condition=Q(listed=False) | Q(asked_at__isnull=False, last_day__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_announced_looked_by_a_person",
                condition=Q(looked_at=None, looked_by=None)
                | Q(looked_at__isnull=False, looked_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "last_day", "id"],
                condition=Q(asked_at=None, last_day__isnull=False),
                name="publishing_announced_to_ask",
            ),
        ]

    def __str__(self) -> str:
        return f"days announced by post {self.post_id}"

    @property
    def out_of_date(self) -> bool:
        """Return whether its day has passed and it waits for a person."""
        return self.listed and self.stays_at is None
