"""How the policy works in practice: what was watched, recommended, planned and evaluated."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.policy.models.knowing import TrainingSession
from schoolgate.policy.models.versions import PolicyVersion
from schoolgate.policy.states import PracticeKind


class Practice(FederationOwned):
    """One note on how the policy works. Only `ended_on`, `ended_by` and `outcome` are set later.

    `on`: the day it happened; for a plan, the plan's own date. `due`: look again by, to be done by, or the
    last day. `figures`: numbers of that day by name. `outcome`: what was done about it.
    """

    numbered: ClassVar[Promise] = _("Note on practice {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="practice")
    kind = models.CharField(max_length=10, choices=PracticeKind)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(max_length=4000)
    advice = models.TextField(blank=True, max_length=4000)
    from_role = models.CharField(max_length=120, blank=True)
    """The policy's own name of the role that delegates."""
    to_role = models.CharField(max_length=120, blank=True)
    """The policy's own name of the role that the advice goes to, or that something is delegated to."""
    reference = models.CharField(max_length=200, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    session = models.ForeignKey(TrainingSession, models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)
    figures = models.JSONField(default=dict)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(blank=True, max_length=4000)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        indexes = [models.Index(fields=["federation", "kind", "-on", "-id"], name="policy_practice_newest")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.on}"
