"""Rows of what was gathered for a request: the search itself, each thing found, and what is covered in it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from schoolgate.core.disclosure import Why
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.rights.exemptions import EXEMPTIONS
from schoolgate.rights.states import Decision, GatheringState


class Gathering(FederationOwned):
    """One search for a request. `sought_ref`: whose data, sealed. `place` and `after`: how far it has come:
    every place before this one is done, and of this one every number up to that."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE")

    request = models.ForeignKey("rights.Request", models.PROTECT, related_name="gatherings")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sought_ref = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=GatheringState, default=GatheringState.RUNNING)
    place = models.CharField(max_length=60, blank=True)
    after = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "request"],
                condition=Q(state=GatheringState.RUNNING),
                name="rights_one_gathering_at_a_time",
            ),
            models.CheckConstraint(
                name="rights_gathering_ended",
                condition=Q(state=GatheringState.RUNNING, ended_at=None)
                | ~Q(state=GatheringState.RUNNING) & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"gathering {self.pk}"


class Found(FederationOwned):
    """One thing that was found, and what was decided about it.

    `place`, `number`: where it is (`core.disclosure`). `lead`: only the safeguarding leads read it and decide
    on it. `digest`: of its texts when it was decided: a text that has changed since is undecided again.
    `words_ref`: what the answer says in its stead, sealed, where the leads write it themselves. `meant`: the
    people here that it may be about (`rights.meaning`): it's the leads' then, and never these people's.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE")

    request = models.ForeignKey("rights.Request", models.PROTECT, related_name="found")
    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="+")
    place = models.CharField(max_length=60)
    number = models.BigIntegerField()
    why = models.CharField(max_length=8, choices=Why)
    lead = models.BooleanField(default=False)
    meant = ArrayField(models.BigIntegerField(), default=list, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.UNDECIDED)
    exemption = models.CharField(
        max_length=24, choices=[(one.key, one.name) for one in EXEMPTIONS], blank=True
    )
    digest = models.CharField(max_length=64, blank=True)
    words_ref = models.BigIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "request", "place", "number"], name="rights_found_once"
            ),
            models.CheckConstraint(
                name="rights_found_decided_by_someone",
                condition=Q(decision=Decision.UNDECIDED, by=None, decided_at=None)
                | ~Q(decision=Decision.UNDECIDED) & Q(by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rights_found_left_out_with_reason",
                condition=Q(decision=Decision.LEFT_OUT) & ~Q(exemption="")
                | ~Q(decision=Decision.LEFT_OUT) & Q(exemption=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "request", "lead", "decision", "id"], name="rights_found_order"
            ),
            models.Index(fields=["federation", "place", "number"], name="rights_found_of_thing"),
        ]

    def __str__(self) -> str:
        return f"found {self.place}:{self.number}"


class Covered(FederationOwned):
    """Characters of one text that the answer hides. Never the characters themselves."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    found = models.ForeignKey(Found, models.PROTECT, related_name="covered")
    part = models.CharField(max_length=120)
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="rights_covered_something", condition=Q(begins__lt=F("ends"))),
            models.UniqueConstraint(
                fields=["federation", "found", "part", "begins"], name="rights_covered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"covered in found {self.found_id}"
