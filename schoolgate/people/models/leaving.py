"""Rows of leaving and of long leave."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from schoolgate.core.models import FederationOwned
from schoolgate.people.models.people import Person
from schoolgate.people.states import AbsenceKind, DepartureState, HowKnown


class Departure(FederationOwned):
    """A person's leaving, from the moment it is known. `left_on` is the first day on which they are gone.

    `ended_assignments`: the roles that it ended, so that a cancelled leaving can restore them.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="departures")
    left_on = models.DateField()
    how = models.CharField(max_length=10, choices=HowKnown)
    state = models.CharField(max_length=10, choices=DepartureState, default=DepartureState.EXPECTED)
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    ended_assignments = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person"],
                condition=Q(state=DepartureState.EXPECTED),
                name="people_leaving_one_expected",
            ),
            models.CheckConstraint(
                name="people_leaving_as_its_state_says",
                condition=Q(state=DepartureState.EXPECTED, done_at=None, taken_back_at=None)
                | Q(state=DepartureState.DONE, done_at__isnull=False, taken_back_at=None)
                | Q(state=DepartureState.TAKEN_BACK, taken_back_at__isnull=False),
            ),
            models.CheckConstraint(
                name="people_leaving_is_noted_by_somebody",
                condition=Q(noted_by__isnull=False) | Q(how=HowKnown.SIGN_IN),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "state", "left_on", "id"], name="people_leaving_by_day"),
            models.Index(fields=["federation", "person", "-id"], name="people_leaving_of_person"),
        ]

    def __str__(self) -> str:
        return f"leaving {self.pk}"


class ExtendedAbsence(FederationOwned):
    """A person's absence from a day to a day (both included), or until they are back: they have not left.

    `over_on`: the first day on which it no longer counts, once it is over or was ended.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="extended_absences")
    kind = models.CharField(max_length=10, choices=AbsenceKind)
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    over_on = models.DateField(null=True)
    over_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person"], condition=Q(over_on=None), name="people_long_leave_one"
            ),
            models.CheckConstraint(
                name="people_long_leave_days", condition=Q(to_day=None) | Q(to_day__gte=F("from_day"))
            ),
            models.CheckConstraint(
                name="people_long_leave_over_together",
                condition=Q(over_on=None, over_at=None, ended_by=None)
                | Q(over_on__isnull=False, over_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "person", "from_day"], name="people_long_leave_of_person"),
            models.Index(
                fields=["federation", "from_day"],
                condition=Q(over_on=None),
                name="people_long_leave_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"long leave {self.pk}"
