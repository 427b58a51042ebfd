"""Rows of people who may read a comment because no safeguarding lead could, or did in time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person


class ItemLetIn(FederationOwned):
    """A person who was asked in a lead's place (`people.leads`): they may open the item; where it was
    locked afterwards, no longer."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="let_in")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    """When they opened it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "item", "person"], name="inbox_let_in_once"),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} let into item {self.item_id}"
