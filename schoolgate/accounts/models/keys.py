"""Rows about the keys of an account. No row holds a key: they are in the vault, and a row has the
reference."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.states.keys import ChangeReason, KeyEnd, KeyKind, PaperState
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord


class AccountKey(FederationOwned):
    """Something that opens an account of the school's own. Changed means: this one ends, another begins."""

    numbered: ClassVar[Promise] = _("Account password {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey(Account, models.PROTECT, related_name="keys")
    kind = models.CharField(max_length=12, choices=KeyKind)
    vault_ref = models.BigIntegerField(null=True)
    note = models.CharField(_("Purpose"), max_length=200, blank=True)
    """Without a secret, as stated in the form."""
    change_by = models.DateField(_("Change by"), null=True)
    """A day of the federation's own choosing; no policy names one."""
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    ended = models.CharField(max_length=10, choices=KeyEnd, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_key_is_in_the_vault_until_it_ends",
                condition=Q(ended="", ended_at=None, ended_by=None, vault_ref__isnull=False)
                | ~Q(ended="") & Q(ended_at__isnull=False, vault_ref=None),
            ),
            models.UniqueConstraint(
                fields=["federation", "account"],
                condition=Q(kind=KeyKind.PARTICULARS, ended=""),
                name="accounts_particulars_once",
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "account", "id"], name="accounts_key_of_account"),
            models.Index(
                fields=["federation", "change_by"],
                condition=Q(ended="", change_by__isnull=False),
                name="accounts_key_change_by",
            ),
        ]

    def __str__(self) -> str:
        return f"key {self.pk}"


class KeyShown(FederationOwned):
    """A key shown to a person, on a page or by printing a sealed paper. Append-only."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    key = models.ForeignKey(AccountKey, models.PROTECT, related_name="showings")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    code_only = models.BooleanField(default=False)
    """A passing code, from which the key itself cannot be had."""
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["federation", "key", "-id"], name="accounts_shown_newest"),
            models.Index(fields=["federation", "by"], name="accounts_shown_by"),
        ]

    def __str__(self) -> str:
        return f"showing {self.pk} of key {self.key_id}"


class KeyChange(FederationOwned):
    """A reason to change a key. It is met when another key takes its place."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    key = models.ForeignKey(AccountKey, models.PROTECT, related_name="changes")
    because = models.CharField(max_length=12, choices=ChangeReason)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "key", "because", "person"],
                nulls_distinct=False,
                name="accounts_key_change_once",
            ),
        ]

    def __str__(self) -> str:
        return f"change of key {self.key_id}: {self.because}"


class PaperKey(FederationOwned):
    """A sealed paper for the safe: which keys it lists, never their values."""

    numbered: ClassVar[Promise] = _("Sealed envelope {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey(Account, models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField()
    place = models.CharField(_("Where it will be stored"), max_length=200, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=PaperState, default=PaperState.SEALED)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_on = models.DateField(null=True)
    why = models.TextField(blank=True, max_length=1000)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "number"], name="accounts_paper_number_once"),
            models.CheckConstraint(
                name="accounts_paper_ended_as_its_state_says",
                condition=Q(state=PaperState.SEALED, ended_at=None, opened_by=None)
                | Q(
                    state=PaperState.OPENED,
                    ended_at__isnull=False,
                    opened_by__isnull=False,
                    opened_on__isnull=False,
                )
                & ~Q(why="")
                | Q(state=PaperState.VOID, ended_at__isnull=False, opened_by=None) & ~Q(why=""),
            ),
        ]
        indexes = [models.Index(fields=["federation", "account", "-id"], name="accounts_paper_of_account")]

    def __str__(self) -> str:
        return f"paper {self.number}"


class PaperLine(FederationOwned):
    """A key on a sealed paper."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    paper = models.ForeignKey(PaperKey, models.PROTECT, related_name="lines")
    key = models.ForeignKey(AccountKey, models.PROTECT, related_name="on_papers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "paper", "key"], name="accounts_paper_line_once"),
        ]

    def __str__(self) -> str:
        return f"key {self.key_id} on paper {self.paper_id}"
