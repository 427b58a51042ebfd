"""Rows of moderators' requests: to show, hide or remove a comment, as an intent with its decision."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.inbox.states import Sight, WhyKeptBack
from schoolgate.networks.handshake import LIVE
from schoolgate.networks.intents import IntentRow
from schoolgate.people.models import Person


class Moderation(IntentRow):
    """One request about a comment, in the steps of `networks.handshake`: requested, done, confirmed.

    `owes`: what the policy requires afterwards, such as readers told why: point -> clauses.
    """

    numbered: ClassVar[Promise] = _("Action {number} on a comment")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="moderations")
    item_version = models.CharField(max_length=128)
    """The version of the item that the moderator judged."""
    how = models.CharField(max_length=8, choices=Sight)
    reason = models.CharField(max_length=10, choices=WhyKeptBack, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decision = models.BigIntegerField()
    owes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "item"],
                condition=Q(state__in=sorted(LIVE)),
                name="inbox_one_live_moderation",
            ),
            models.UniqueConstraint(fields=["federation", "intent_key"], name="inbox_moderation_key"),
        ]
        indexes = [
            models.Index(
                fields=["federation", "not_before", "id"],
                condition=Q(state__in=["written", "sent", "unknown"], by_hand=False),
                name="inbox_moderation_to_advance",
            ),
        ]

    def __str__(self) -> str:
        return f"moderation {self.pk} of item {self.item_id}"
