"""Rows of getting-started guides: the steps a newcomer has done, and the guides they dismissed."""

from typing import ClassVar

from django.db import models

from schoolgate.core.models import FederationOwned
from schoolgate.people.models.people import Person


class FirstWalk(FederationOwned):
    """A getting-started guide that a person dismissed or resumed. `walk`: a key of the walks that the pages
    know.

    There is no row if it was never dismissed.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="first_walks")
    walk = models.CharField(max_length=30)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "person", "walk"], name="people_first_walk_once"),
        ]

    def __str__(self) -> str:
        return f"first walk {self.pk}"


class WalkStep(FederationOwned):
    """A step of a getting-started guide that a person has done. Append-only."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    person = models.ForeignKey(Person, models.PROTECT, related_name="walk_steps")
    walk = models.CharField(max_length=30)
    step = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person", "walk", "step"], name="people_walk_step_once"
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk} of a first walk"
