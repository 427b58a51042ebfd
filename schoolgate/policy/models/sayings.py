"""Statements by people for themselves, for the policy, or for the federation: only ever added to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models.decisions import DecisionRecord
from schoolgate.policy.models.versions import PolicyVersion
from schoolgate.policy.states import Attested, Ruled


class Attestation(FederationOwned):
    """What only a person can judge, vouched for by their own sign-in. Only ever added to."""

    numbered: ClassVar[Promise] = _("Confirmation by a person {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    kind = models.CharField(max_length=30, choices=Attested)
    subject = models.CharField(max_length=80)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.BooleanField()
    """False: declined. That is saved too, and a later yes is a row of its own."""
    on_paper = models.BooleanField(default=False)
    seen_digest = models.CharField(max_length=64)
    document = models.CharField(max_length=64, blank=True)
    """SHA-256 of the school's own document that they read or understood; empty without one."""
    note = models.TextField(blank=True, max_length=2000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_nobody_reads_for_another",
                condition=~Q(kind__in=[Attested.POLICY_READ, Attested.POLICY_UNDERSTOOD, Attested.GUIDE_READ])
                | Q(on_paper=True)
                | Q(about_person=F("by")),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "subject", "kind", "id"], name="policy_attested_by_subject"),
            models.Index(
                fields=["federation", "about_person", "version", "kind", "id"], name="policy_attested_about"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.subject}"


class Ruling(FederationOwned):
    """A ruling on what the policy's words leave open. Cited until they change."""

    numbered: ClassVar[Promise] = _("Ruling {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="rulings")
    tension = models.CharField(max_length=80)
    """Which open question of the policy: the key of a tension in its pack."""
    role = models.CharField(max_length=120)
    """The policy's own name of the role that ruled."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    from_day = models.DateField()
    answer = models.CharField(max_length=15, choices=Ruled)
    words = models.TextField(max_length=4000)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, blank=True, related_name="+")
    """The decision that left it open, where one did."""

    class Meta:
        indexes = [
            models.Index(fields=["federation", "version", "tension", "id"], name="policy_ruling_by_tension")
        ]

    def __str__(self) -> str:
        return f"{self.tension}: {self.answer}"


class Choice(FederationOwned):
    """What the federation chose where its policy leaves something open, with who and from when.

    Only added to.
    """

    numbered: ClassVar[Promise] = _("Choice {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    what = models.CharField(max_length=40)
    value = models.CharField(max_length=60)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    from_day = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["federation", "what", "-from_day", "-id"], name="policy_choice_newest")
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.value}"
