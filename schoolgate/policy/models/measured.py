"""What reached each rule in the decisions on record, counted by week, and how far the counting has come."""

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned


class RuleAsked(FederationOwned):
    """How often a rule came out in which way in a week: numbers and the names of facts, nothing of a case."""

    numbered: ClassVar[Promise] = _("Use of a rule {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    policy = models.CharField(max_length=60)
    rule = models.CharField(max_length=200)
    """Its first clause, its point and its kind (`rulebook.coverage.name_of`)."""
    clause = models.CharField(max_length=80)
    situation = models.CharField(max_length=60)
    week = models.DateField()
    """The Monday."""
    apart = models.BooleanField(default=False)
    """Of decisions that only some people may see: in no number on a page."""
    decided = models.PositiveIntegerField(default=0)
    waited = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    """How many of these were answers to a person who asked."""
    facts = models.JSONField(default=dict)
    """Stored facts that the rule turns on, with how often each was known."""
    missing = models.JSONField(default=dict)
    """What it waited for, with how often."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "policy", "rule", "situation", "week", "apart"],
                name="policy_rule_asked_once",
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "policy", "clause", "week"], name="policy_asked_by_clause"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} in the week of {self.week}"


class Measuring(FederationOwned):
    """How far the decisions of a federation are counted: one row."""

    numbered: ClassVar[Promise] = _("Count of decisions {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    last = models.BigIntegerField(default=0)
    """The last decision that is counted."""
    head = models.BigIntegerField(default=0)
    """The newest decision at `head_at`: those up to it are counted next."""
    head_at = models.DateTimeField(null=True)
    counted = models.PositiveBigIntegerField(default=0)
    facts_gone = models.PositiveBigIntegerField(default=0)
    """Counted decisions whose facts were erased, so no one knows any more which were known."""
    unread = models.PositiveBigIntegerField(default=0)
    """Decisions that could not be counted: their policy can no longer be read."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["federation"], name="policy_measuring_once")]

    def __str__(self) -> str:
        return f"counted up to decision {self.last}"
