"""Rows of judgements of comments, reports of them, and steps with their authors."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.inbox.states import Relation, WhyKeptBack, WriterStepKind
from schoolgate.people.models import Person


class Judgement(FederationOwned):
    """What a person found one version of a comment to be. Append-only: the newest counts.

    `reason`: empty where nothing is wrong with it. `relation`: what its author is to the school; empty where
    that is not known. `reported_at`: since when we know from another person that it is wrong.
    """

    numbered: ClassVar[Promise] = _("Judgement {number} on a comment")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="judgements")
    item_version = models.CharField(max_length=128)
    reason = models.CharField(max_length=10, choices=WhyKeptBack, blank=True)
    relation = models.CharField(max_length=10, choices=Relation, blank=True)
    house_rule = models.CharField(max_length=10, blank=True)
    """The number of the published house rule that it breaks."""
    reported_at = models.DateTimeField(null=True)
    named = models.BooleanField(null=True)
    """Whether its author gives a real name."""
    rude = models.BooleanField(null=True)
    abusive = models.BooleanField(null=True)
    """Whether the conversation has become abusive."""
    friend = models.BooleanField(null=True)
    """Whether its author is a friend of the site."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["federation", "item", "-id"], name="inbox_judgement_newest")]

    def __str__(self) -> str:
        return f"judgement {self.pk} on item {self.item_id}"


class AbuseReport(FederationOwned):
    """A report of a comment to the roles that the policy names, until one of their people has read it."""

    numbered: ClassVar[Promise] = _("Report {number} of a comment")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="abuse_reports")
    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="+")
    roles = models.JSONField()
    """The keys of the roles it was reported to."""
    clauses = models.JSONField()
    decision = models.BigIntegerField()
    at = models.DateTimeField()
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "item"], condition=Q(read_at=None), name="inbox_one_unread_report"
            ),
            models.CheckConstraint(
                name="inbox_report_read_by_a_person",
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} of item {self.item_id}"


class WriterStep(FederationOwned):
    """One thing that was done about the author of a comment at the school, on a day. Append-only.

    `words`: the answer, which version of the procedure was sent, or to which person it was passed.
    """

    numbered: ClassVar[Promise] = _("Action about an author {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="writer_steps")
    what = models.CharField(max_length=10, choices=WriterStepKind)
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"step {self.pk} about the author of item {self.item_id}"
