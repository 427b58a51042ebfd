"""Rows of steps about the author of a comment: blocked, no longer blocked, reported to the network."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.inbox.states import AuthorStepKind, WhyKeptBack
from schoolgate.networks.handshake import LIVE, STANDING
from schoolgate.networks.intents import IntentRow
from schoolgate.people.models import Person

LONG = timedelta(days=31)
"""A block for longer than this waits until a second person agrees."""


class AuthorStep(IntentRow):
    """One request about the author of a comment, as an intent with its decision.

    `until`: the day on which a block is reviewed. `number`: under which the network keeps a report.
    `owes`: what the policy requires afterwards, such as readers told why: point -> clauses.
    """

    numbered: ClassVar[Promise] = _("Block or report {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="author_steps")
    author_id_there = models.CharField(max_length=300)
    how = models.CharField(max_length=8, choices=AuthorStepKind)
    reason = models.CharField(max_length=10, choices=WhyKeptBack, blank=True)
    until = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=100, blank=True)
    ends = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The block that this step ends."""
    decision = models.BigIntegerField()
    owes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "author_id_there", "how"],
                condition=Q(state__in=sorted(LIVE)) & ~Q(how="report"),
                name="inbox_one_live_author_step",
            ),
            models.UniqueConstraint(
                fields=["federation", "item"],
                condition=Q(how="report", state__in=sorted(STANDING)),
                name="inbox_one_standing_report",
            ),
            models.UniqueConstraint(fields=["federation", "intent_key"], name="inbox_author_step_key"),
            models.CheckConstraint(
                name="inbox_author_step_agreed_by_another",
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("by")),
            ),
            models.CheckConstraint(
                name="inbox_only_a_block_has_an_end",
                condition=Q(how="block", until__isnull=False) | ~Q(how="block") & Q(until=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "not_before", "id"],
                condition=Q(state__in=["written", "sent", "unknown"], by_hand=False),
                name="inbox_author_to_advance",
            ),
            models.Index(fields=["federation", "account", "author_id_there"], name="inbox_author_steps"),
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.pk} of the author of item {self.item_id}"

    @property
    def waits_for_another(self) -> bool:
        """Return whether a second person has to agree first."""
        return (
            self.how == AuthorStepKind.BLOCK
            and self.agreed_by_id is None
            and is_long(self.until, local_day(self.written_at))
        )


def is_long(until: date | None, day: date) -> bool:
    """Return whether a block from `day` until then needs two people."""
    return until is not None and until - day > LONG
