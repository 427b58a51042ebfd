"""Rows of what comes down because a pupil's consent ended: which replies and comments, and each take-down."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.networks.handshake import LIVE
from schoolgate.networks.intents import IntentRow
from schoolgate.publishing.models import TakeDown


class WithdrawnWords(FederationOwned):
    """A reply of ours that has to go because consent was withdrawn, or, without a reply, a comment on our
    noticeboard. `hidden_at`: since when no one can read that comment."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    take_down = models.ForeignKey(TakeDown, models.PROTECT, related_name="words_off")
    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="+")
    answer = models.ForeignKey("inbox.Answer", models.PROTECT, null=True, related_name="withdrawn")
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "take_down", "item", "answer"],
                nulls_distinct=False,
                name="inbox_withdrawn_words_once",
            ),
        ]

    def __str__(self) -> str:
        return f"words of item {self.item_id} for take-down {self.take_down_id}"


class ReplyRemoval(IntentRow):
    """The take-down of one reply of ours, in the steps of `networks.handshake`."""

    numbered: ClassVar[Promise] = _("Take-down {number} of a reply")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    answer = models.ForeignKey("inbox.Answer", models.PROTECT, related_name="removals")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "answer"],
                condition=Q(state__in=sorted(LIVE)),
                name="inbox_one_live_reply_removal",
            ),
            models.UniqueConstraint(fields=["federation", "intent_key"], name="inbox_reply_removal_key"),
        ]
        indexes = [
            models.Index(
                fields=["federation", "not_before", "id"],
                condition=Q(state__in=["written", "sent", "unknown"], by_hand=False),
                name="inbox_removal_to_advance",
            ),
        ]

    def __str__(self) -> str:
        return f"removal {self.pk} of answer {self.answer_id}"
