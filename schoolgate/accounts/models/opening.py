"""Rows of profile checks before an account opens: what the program read, what a person confirms."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.models.proposals import Proposal
from schoolgate.accounts.states.opening import ConditionType
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models import Attestation


class ProfileRead(FederationOwned):
    """An account's public page as its network gave it to the program; only what is publicly visible."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    account = models.ForeignKey(Account, models.PROTECT, related_name="profile_reads")
    at = models.DateTimeField()
    handle = models.CharField(max_length=253)
    display = models.CharField(max_length=300, blank=True)
    description = models.TextField(max_length=10_000, blank=True)
    address = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["federation", "account", "-id"], name="accounts_profile_newest")]

    def __str__(self) -> str:
        return f"profile {self.pk} of account {self.account_id}"


class Seen(FederationOwned):
    """One answer to one question of the opening, bound to the question as asked and the page at the time.

    It counts while both are the same: see `accounts.opening.stands`. Append-only.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    account = models.ForeignKey(Account, models.PROTECT, related_name="seen")
    key = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    """None: the person took an earlier answer back."""
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """None: the program read it on the page itself."""
    at = models.DateTimeField()
    asked_digest = models.CharField(max_length=64)
    page_digest = models.CharField(max_length=64)
    profile = models.ForeignKey(ProfileRead, models.PROTECT, null=True, related_name="+")
    attestation = models.ForeignKey(Attestation, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_seen_by_a_person_or_read",
                condition=Q(by__isnull=False, attestation__isnull=False)
                | Q(by=None, attestation=None, profile__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["federation", "account", "key", "-id"], name="accounts_seen_newest")]

    def __str__(self) -> str:
        return f"{self.key} of account {self.account_id}"


class PagePicture(FederationOwned):
    """A picture of the account's page, stored as internal evidence. Append-only."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    account = models.ForeignKey(Account, models.PROTECT, related_name="page_pictures")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["federation", "account", "-id"], name="accounts_picture_newest")]

    def __str__(self) -> str:
        return f"picture {self.pk} of account {self.account_id}"


class Condition(FederationOwned):
    """A requirement or a ban that the deciding role attached to its approval."""

    numbered: ClassVar[Promise] = _("Approval condition {number}")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="conditions")
    type = models.CharField(max_length=12, choices=ConditionType)
    words = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_condition_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"condition {self.pk}"


class TrainingWanted(FederationOwned):
    """A training that a person must do before they speak for the school."""

    numbered: ClassVar[Promise] = _("Training request {number}")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=120)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person", "topic"],
                condition=Q(ended_at=None),
                name="accounts_training_wanted_once",
            ),
            models.CheckConstraint(
                name="accounts_training_wanted_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} asked of person {self.person_id}"
