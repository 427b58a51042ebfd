"""Rows of planning: the good times of an account."""

from django.db import models
from django.db.models import Q

from schoolgate.accounts.models import Account
from schoolgate.core.models import FederationOwned

LAST_WEEKDAY = 6


class Slot(FederationOwned):
    """A good time to post on an account: a day of the week, Monday is 0, and a time of London's clocks."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField()
    clock = models.TimeField()

    class Meta:
        ordering = ("account_id", "weekday", "clock")
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "weekday", "clock"], name="publishing_slot_once"
            ),
            models.CheckConstraint(
                name="publishing_slot_weekday", condition=Q(weekday__gte=0, weekday__lte=LAST_WEEKDAY)
            ),
        ]

    def __str__(self) -> str:
        return f"slot {self.pk} of account {self.account_id}"
