"""Rows of accounts, and what the database refuses."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.proposals import Proposal
from schoolgate.accounts.states import AccountKind, AccountState, Part
from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person


class Account(FederationOwned):
    """An official account: on the register from the day it opens, for good."""

    numbered: ClassVar[Promise] = _("Account {number}")

    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="account")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+", verbose_name=_("School"))
    name = models.CharField(_("Account name"), max_length=120)
    network = models.CharField(_("Network"), max_length=40)
    handle = models.CharField(_("Handle"), max_length=253, blank=True)
    address = models.URLField(_("Address"), max_length=500, blank=True)
    kind = models.CharField(_("Account type"), max_length=10, choices=AccountKind)
    purpose = models.TextField(_("Purpose"), blank=True, max_length=4000)
    audience = models.TextField(_("Audience"), blank=True, max_length=4000)
    visibility = models.CharField(_("Who can see it"), max_length=20, blank=True)
    pupils_in_audience = models.BooleanField(null=True)
    youngest_pupil = models.PositiveSmallIntegerField(null=True)
    contact = models.CharField(_("Contact"), max_length=300, blank=True)
    post_languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    """The languages of its posts in their order. Empty: those of its school."""
    setup = models.JSONField(default=dict)
    """Answers of the opening step, by the keys of `accounts.opening`."""

    state = models.CharField(max_length=10, choices=AccountState, default=AccountState.WAITING)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    vault_ref = models.BigIntegerField(null=True)
    told_limits = models.JSONField(default=dict)
    """The limits that its server gave, by the names of `networks.told.TOLD`."""
    limits_told_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(null=True)
    keys_run_out_at = models.DateTimeField(null=True)
    last_good_publish_at = models.DateTimeField(null=True)
    last_good_read_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_account_opened_as_its_state_says",
                condition=Q(state=AccountState.WAITING, opened_at=None, closed_at=None)
                | Q(state=AccountState.OPEN, opened_at__isnull=False, opened_by__isnull=False, closed_at=None)
                | Q(state=AccountState.CLOSED, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_keys_and_connection_together",
                condition=Q(vault_ref=None, connected_at=None)
                | Q(vault_ref__isnull=False, connected_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["federation", "network", "address"],
                condition=~Q(address="") & ~Q(state=AccountState.CLOSED),
                name="accounts_address_once",
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "name", "id"], name="accounts_account_by_name"),
            models.Index(fields=["federation", "state", "name", "id"], name="accounts_account_by_state"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def being_set_up(self) -> bool:
        """Return whether it is not open yet, or existed before Schoolgate and is not in order yet."""
        if self.state == AccountState.OPEN:
            before = getattr(self, "imported", None)
            return before is not None and before.regular_at is None
        return self.state == AccountState.WAITING


class TeamMember(FederationOwned):
    """Who runs an account, and in which part.

    The first lead is named on the register by role, not by name.
    """

    numbered: ClassVar[Promise] = _("Account team member {number}")

    account = models.ForeignKey(Account, models.PROTECT, related_name="team")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=15, choices=Part)
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "person", "part"],
                condition=Q(to_day=None),
                name="accounts_team_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} of account {self.account_id}"


class Notice(FederationOwned):
    """Notice of an account's address and identity given to a person, where the policy requires it."""

    numbered: ClassVar[Promise] = _("Notice {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    account = models.ForeignKey(Account, models.PROTECT, related_name="notices")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    to_role_key = models.CharField(max_length=100)
    address = models.URLField(max_length=500)
    identity = models.CharField(max_length=253)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"notice {self.pk}"
