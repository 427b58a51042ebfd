"""Rows of published posts: when each is read on its network again, what was changed there, and how people
reacted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.networks.port import COUNTED, Reactions
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord


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
