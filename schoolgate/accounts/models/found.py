"""Rows of unofficial pages in our name."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.proposals import Proposal
from schoolgate.accounts.models.register import Fake
from schoolgate.accounts.states import FOUND_ENDS, FoundState, MadeBy
from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord


class FoundPage(FederationOwned):
    """A page that looks like the school's and is on no register: whose it might be, and its outcome."""

    numbered: ClassVar[Promise] = _("Unofficial page {number}")

    network = models.CharField(_("Network"), max_length=40, blank=True)
    address = models.CharField(_("Address"), max_length=500)
    key = models.CharField(max_length=600)
    name = models.CharField(_("Name it uses"), max_length=120, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+", verbose_name=_("School"))
    in_our_name = models.BooleanField(null=True)
    touches_school = models.BooleanField(null=True)
    """Whether it names or affects the school, where the policy protects private life; None: not known."""

    made_by = models.CharField(max_length=15, choices=MadeBy, blank=True)
    comparable_to = models.JSONField(null=True)
    """Platforms that a person found its platform comparable to; None where this was not checked."""

    whose_ref = models.BigIntegerField(null=True)
    """The finder's guess about its owner, sealed in the vault: it may name a person."""

    found_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=FoundState, default=FoundState.FOUND)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="found_page")
    fake = models.ForeignKey(Fake, models.PROTECT, null=True, related_name="found_pages")
    asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "key"], condition=~Q(state__in=FOUND_ENDS), name="accounts_found_once"
            ),
            models.CheckConstraint(
                name="accounts_found_ended_as_its_state_says",
                condition=Q(state__in=FOUND_ENDS, ended_at__isnull=False, ended_by__isnull=False)
                | ~Q(state__in=FOUND_ENDS) & Q(ended_at=None, ended_by=None),
            ),
        ]
        indexes = [models.Index(fields=["federation", "-found_at", "-id"], name="accounts_found_newest")]

    def __str__(self) -> str:
        return self.name or f"found page {self.pk}"
