"""Rows of requests to follow, of the checks on them, and of who is in a site and who can contact each other
there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.models.small import SmallProposal
from schoolgate.accounts.states.contributors import (
    IS_OVER,
    AdmissionState,
    AskedFor,
    AskerIs,
    AskerKind,
    Consent,
    GrownUp,
    HowLooked,
)
from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord

GIVEN = (Consent.PARENT, Consent.ADULT)
DECIDED = (AdmissionState.LET_IN, AdmissionState.DONE, AdmissionState.REFUSED, AdmissionState.ENDED)


class Admission(FederationOwned):
    """A request to follow an account or site of ours, and its outcome.

    `who`, `known_how` and the reasons are about a person outside: they are asked only as far as the check
    needs them, are stored nowhere else, and can be wiped once the matter is over. The decision, its time
    and its maker stay.
    """

    numbered: ClassVar[Promise] = _("Access request {number}")

    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    """Of a learning platform, which is no account on the register."""
    asked_for = models.CharField(max_length=12, choices=AskedFor)
    kind = models.CharField(max_length=12, choices=AskerKind)
    relation = models.CharField(max_length=12, choices=AskerIs, blank=True)
    who = models.CharField(max_length=120, blank=True)
    who_key = models.CharField(max_length=240, blank=True)
    """`who` without accents, capitals and signs, so that a second try is noticed; wiped with it."""
    known_how = models.TextField(blank=True, max_length=500)
    asked_on = models.DateField()
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    vetter = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """The person the account's own form names for it; None: those who look after the account."""
    approval = models.ForeignKey(SmallProposal, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """They were shown how the platform may be used."""
    state = models.CharField(max_length=10, choices=AdmissionState, default=AdmissionState.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, max_length=2000)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    end_reason = models.TextField(blank=True, max_length=2000)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_admission_decided_as_its_state_says",
                condition=Q(state__in=DECIDED, decided_at__isnull=False, decided_by__isnull=False)
                & Q(decision__isnull=False)
                | ~Q(state__in=DECIDED) & Q(decided_at=None, decided_by=None, decision=None),
            ),
            models.CheckConstraint(
                name="accounts_admission_refusal_gives_its_reason",
                condition=~Q(state=AdmissionState.REFUSED) | ~Q(reason="") | Q(erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_admission_done_has_a_person",
                condition=~Q(state=AdmissionState.DONE) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_admission_ended_as_its_state_says",
                condition=Q(state=AdmissionState.ENDED, ended_at__isnull=False, ended_by__isnull=False)
                | ~Q(state=AdmissionState.ENDED) & Q(ended_at=None, ended_by=None),
            ),
            models.CheckConstraint(
                name="accounts_admission_is_about_somebody",
                condition=Q(erased_at=None) & ~Q(who="") & ~Q(who_key="")
                | Q(erased_at__isnull=False, who="", who_key="", known_how="", reason="", end_reason=""),
            ),
            models.CheckConstraint(
                name="accounts_admission_wiped_once_over",
                condition=Q(erased_at=None) | Q(state__in=IS_OVER),
            ),
            models.CheckConstraint(
                name="accounts_only_a_platform_has_no_account",
                condition=Q(asked_for=AskedFor.PLATFORM) | Q(account__isnull=False, school=None),
            ),
            models.CheckConstraint(
                name="accounts_a_person_who_asks_is_something_to_us",
                condition=Q(kind=AskerKind.ORGANISATION, relation="")
                | Q(kind=AskerKind.PERSON) & ~Q(relation=""),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "-entered_at", "-id"], name="accounts_admission_newest"),
            models.Index(
                fields=["federation", "account", "-entered_at", "-id"], name="accounts_admission_of_account"
            ),
            models.Index(fields=["federation", "who_key", "state"], name="accounts_admission_by_who"),
            models.Index(
                fields=["federation", "-entered_at", "-id"],
                condition=Q(state__in=[AdmissionState.WAITING, AdmissionState.LET_IN]),
                name="accounts_admission_open",
            ),
        ]

    def __str__(self) -> str:
        return f"admission {self.pk}"


class Vetting(FederationOwned):
    """The result of checking a request to follow: who checked, when, how. The last one counts."""

    numbered: ClassVar[Promise] = _("Access request check {number}")

    admission = models.ForeignKey(Admission, models.PROTECT, related_name="vettings")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=HowLooked)
    how_known = models.TextField(blank=True, max_length=500)
    real_person = models.BooleanField(null=True)
    grown_up = models.CharField(max_length=5, choices=GrownUp, blank=True)
    name_identifies = models.BooleanField(null=True)
    consent = models.CharField(max_length=10, choices=Consent, blank=True)
    consent_on = models.DateField(null=True)
    """When a parent or another responsible adult agreed. The paper itself stays where the form says."""
    passed = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_vetting_consent_has_its_day",
                condition=Q(consent__in=GIVEN, consent_on__isnull=False)
                | ~Q(consent__in=GIVEN) & Q(consent_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"vetting {self.pk}"


class Circle(FederationOwned):
    """Who is in an account or site and who can contact each other there, as its team states it."""

    numbered: ClassVar[Promise] = _("Account members entry {number}")

    account = models.OneToOneField(Account, models.PROTECT, related_name="circle")
    with_pupils = models.BooleanField(null=True)
    made_for_pupils = models.BooleanField(null=True)
    private_messages = models.BooleanField(null=True)
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"circle of account {self.account_id}"
