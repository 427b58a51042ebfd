"""Rows of accounts that existed before Schoolgate: the lists that named them, and permission to continue."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.models.proposals import Proposal
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Permission, Person
from schoolgate.people.models.lists import BroughtList, ListMapping
from schoolgate.policy.models import DecisionRecord


class AccountMapping(ListMapping):
    """What the columns of a list of accounts mean here."""

    numbered: ClassVar[Promise] = _("Accounts list settings {number}")


class AccountImport(BroughtList):
    """One list of existing accounts."""

    numbered: ClassVar[Promise] = _("Accounts list {number}")

    mapping = models.ForeignKey(AccountMapping, null=True, on_delete=models.PROTECT, related_name="+")


class ImportedAccount(FederationOwned):
    """An account that existed before Schoolgate. It is on the register from the day it was imported.

    `since`: since when it exists, as far as known (a year, a month or a day, as in ISO). `proposal`: the one
    that asks afterwards for the decision that the policy requires. Until `regular_at` nothing is published on
    it without permission.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.OneToOneField(Account, models.PROTECT, related_name="imported")
    since = models.CharField(max_length=10)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    listed_in = models.ForeignKey(AccountImport, models.PROTECT, related_name="+")
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    """What the policy answered about it on the day it came in."""
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="for_account_there")
    regular_at = models.DateTimeField(null=True)
    regular_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_brought_in_regular_by_somebody",
                condition=Q(regular_at=None, regular_by=None)
                | Q(regular_at__isnull=False, regular_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_brought_in_since", condition=Q(since__regex=r"^\d{4}(-\d{2}(-\d{2})?)?$")
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "account"], condition=Q(regular_at=None), name="accounts_to_be_regular"
            )
        ]

    def __str__(self) -> str:
        return f"account {self.account_id}, there since {self.since}"


class KeysKnownTo(FederationOwned):
    """A person who knew an account's keys when it was imported, according to the list. Append-only."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    account = models.ForeignKey(Account, models.PROTECT, related_name="keys_known_to")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "person"], name="accounts_keys_known_once"
            )
        ]

    def __str__(self) -> str:
        return f"keys of account {self.account_id} known to person {self.person_id}"


class GoingOn(FederationOwned):
    """Permission for an account that existed before Schoolgate to publish for now, with its reason.

    The permission says who gave it, in which role and whether it was withdrawn; `until` is its last day.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey(Account, models.PROTECT, related_name="going_on")
    leave = models.OneToOneField(Permission, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=600)
    until = models.DateField()
    outstanding = models.PositiveSmallIntegerField()
    """At how many points the policy waited for something when it was given."""
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    """What the policy answered about the account when it was given."""
    asked_again_at = models.DateTimeField(null=True)
    """When the person who gave it was asked again, before its end."""

    class Meta:
        constraints = [models.CheckConstraint(name="accounts_going_on_reason", condition=~Q(reason=""))]
        indexes = [models.Index(fields=["federation", "until", "id"], name="accounts_going_on_until")]

    def __str__(self) -> str:
        return f"leave for account {self.account_id} until {self.until}"

    def counts(self, on: date) -> bool:
        """Return whether it lets the account publish on a day."""
        return self.leave.ended_at is None and self.leave.from_day <= on <= self.until
