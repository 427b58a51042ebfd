"""Rows of requests about data, and of the steps taken with each. What was written is sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.rights.answer_models import Answer
from schoolgate.rights.gather_models import Covered, Found, Gathering
from schoolgate.rights.states import Identity, Kind, Outcome, State, StepKind

__all__ = ["Answer", "Covered", "Found", "Gathering", "Request", "Step"]


class Request(FederationOwned):
    """One request. `words_ref`: who asks, how to reach them, about which person and for what, sealed.

    `due_on`: None while the clock waits. `guessed_from`: the first day for which no term was entered, where
    the deadline counts every working day from then on as a school day.
    """

    numbered: ClassVar[Promise] = _("Data request {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    kind = models.CharField(max_length=12, choices=Kind)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField()
    identity = models.CharField(max_length=12, choices=Identity)
    words_ref = models.BigIntegerField(null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    guessed_from = models.DateField(null=True)
    extended = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    state_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answered_on = models.DateField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rights_request_closed_with_outcome",
                condition=Q(state=State.OPEN, outcome="", answered_on=None)
                | Q(state=State.CLOSED, answered_on__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="rights_information_is_not_extended",
                condition=Q(extended=False) | ~Q(kind=Kind.INFORMATION),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "state", "due_on", "id"], name="rights_request_by_time"),
            models.Index(fields=["federation", "state", "-id"], name="rights_request_newest"),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class Step(FederationOwned):
    """One step taken with a request. `on`: the day that counts for the clock; `code`: a reason or an outcome;
    `words_ref`: what was written at it, sealed. `by`: None: the program, with a calendar."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    request = models.ForeignKey(Request, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=16, blank=True)
    words_ref = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["federation", "request", "id"], name="rights_step_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} on request {self.request_id}"
