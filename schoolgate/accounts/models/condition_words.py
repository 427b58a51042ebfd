"""Rows of people's statements about an act and a condition of the account's approval."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from schoolgate.accounts.models.opening import Condition
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person


class ConditionWord(FederationOwned):
    """Whether an act is of the kind that a condition covers, and whether what it requires is there.

    `about`: the coming act, as a subject; `seen`: its digest at the time. The statement counts while that
    is the same. Append-only; the newest counts.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="said")
    about = models.CharField(max_length=100)
    seen = models.CharField(max_length=64)
    touched = models.BooleanField()
    fulfilled = models.BooleanField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_condition_word_fits", condition=Q(touched=True) | Q(fulfilled=None)
            )
        ]
        indexes = [models.Index(fields=["federation", "about", "-id"], name="accounts_condition_word_about")]

    def __str__(self) -> str:
        return f"word {self.pk} on condition {self.condition_id}"
