"""What still has to be told to an area above."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from schoolgate.core.models.directory import FederationOwned


class Delivery(FederationOwned):
    """One event for one handler. It is done when the handler's own writes are committed, and not before.

    `part`: the row that a handler of several rows is called for; 0: the handler is asked which, or has one.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    number = models.BigIntegerField()
    """The event's row in the federation's record."""
    handler = models.CharField(max_length=120)
    """Key of the handler in the registry, never a path into the code."""
    part = models.BigIntegerField(default=0, db_default=0)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=120, blank=True)
    """The kind of the last error; never its words, which may hold names."""
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "number", "handler", "part"], name="core_delivery_part_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "next_try_at", "id"],
                condition=Q(done_at=None),
                name="core_delivery_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} of {self.number}"
