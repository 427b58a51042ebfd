"""Rows of the days that live posts announce, so that a post whose day is over is found each morning."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord


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
