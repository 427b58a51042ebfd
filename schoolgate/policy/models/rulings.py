"""Questions put to the role that rules, and withdrawn rulings."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models.decisions import DecisionRecord
from schoolgate.policy.models.sayings import Ruling
from schoolgate.policy.models.versions import PolicyVersion
from schoolgate.policy.states import AskedState


class PutToRole(FederationOwned):
    """What a person put to a role of the policy, the decision that it rests on, and the role's answer."""

    numbered: ClassVar[Promise] = _("Question for a ruling {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AskedState, default=AskedState.OPEN)
    state_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True, max_length=4000)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        abstract = True


class RulingAsked(PutToRole):
    """A question put to the role that rules, with the asker's answers so far."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="questions")
    tension = models.CharField(max_length=80, blank=True)
    """Which open question of the policy it turns on; empty where the policy's words name none."""
    entry = models.CharField(max_length=80)
    """Which question of the catalogue it is."""
    answers = models.JSONField(default=dict)
    """The answers, in the form used in an address: never a name, never a text."""
    words = models.TextField(_("What do you want to know?"), max_length=2000)
    to_role = models.CharField(max_length=120, blank=True)
    """The policy's own name for the role that rules; empty where it names none."""
    ruling = models.ForeignKey(Ruling, models.PROTECT, null=True, blank=True, related_name="questions")

    class Meta:
        verbose_name_plural = "rulings asked for"
        constraints = [
            models.CheckConstraint(
                name="policy_question_answered_as_its_state_says",
                condition=Q(state=AskedState.OPEN, answered_by=None, ruling=None)
                | Q(state=AskedState.RULED, answered_by__isnull=False, ruling__isnull=False)
                | Q(
                    state__in=[AskedState.ANSWERED, AskedState.DECLINED],
                    answered_by__isnull=False,
                    ruling=None,
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "version", "state", "tension"], name="policy_question_by_tension"
            ),
            models.Index(fields=["federation", "asked_by", "-id"], name="policy_question_mine"),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class RulingEnd(FederationOwned):
    """A withdrawn ruling, with the reason. Only ever added to."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="end")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    because = models.TextField(max_length=4000)

    def __str__(self) -> str:
        return f"end of ruling {self.ruling_id}"
