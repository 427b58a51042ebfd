"""Rows of the answers that were made for a request. Letter and file are sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.rights.states import AnswerState


class Answer(FederationOwned):
    """One answer: a letter and, once it is made, a sealed file (`core.sealed_files`) with all that is given.

    `done` of `total`: how far a job has come, in pieces. `volumes`: how many PDFs it has beside the letter.
    `digest`: SHA-256 of the file; it stays when the file is gone.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    request = models.ForeignKey("rights.Request", models.PROTECT, related_name="answers")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    language = models.CharField(max_length=2)
    letter_ref = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=AnswerState, default=AnswerState.MAKING)
    state_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    volumes = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "request"],
                condition=Q(state__in=[AnswerState.MAKING, AnswerState.READY]),
                name="rights_one_answer_at_a_time",
            ),
            models.CheckConstraint(
                name="rights_answer_ready_with_file",
                condition=~Q(state=AnswerState.READY) | ~Q(file="") & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
