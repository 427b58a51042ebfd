"""What a person and a federation chose, and how far the record was read for notices."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from schoolgate.core.models import FederationOwned
from schoolgate.notices.states import Urgency
from schoolgate.people.models import Person


class Wish(FederationOwned):
    """How one person wants to be told of one kind of thing."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    urgency = models.CharField(max_length=10, choices=Urgency)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "person", "kind"], name="notices_wish_once"),
            models.CheckConstraint(name="notices_wish_urgency", condition=Q(urgency__in=Urgency.values)),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class MorningTime(FederationOwned):
    """When the morning mail goes out: a person's own choice, or the federation's where no person is named."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    time = models.TimeField()
    """In London."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person"], nulls_distinct=False, name="notices_morning_once"
            ),
        ]

    def __str__(self) -> str:
        return f"morning {self.pk}"


class ReadUpTo(FederationOwned):
    """How far the record was read. Its rows are numbered without gaps, so nothing is told twice or missed."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    number = models.BigIntegerField()
    mornings_until = models.DateTimeField(null=True)
    """Up to which instant morning mails were made ready."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["federation"], name="notices_read_up_to_once")]

    def __str__(self) -> str:
        return f"read up to {self.number}"
