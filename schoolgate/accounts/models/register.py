"""Rows behind the public answers: proofs, earlier addresses, reported fakes, pages known to us."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.states import FAKE_STANDS, FakeState, FakeStep, Mark, Seen
from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord

ENDED = tuple(state for state in FakeState if state not in FAKE_STANDS)


class AccountCode(FederationOwned):
    """The short code that an account's team puts into the text of its profile."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    account = models.OneToOneField(Account, models.PROTECT, related_name="code")
    code = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["federation", "code"], name="accounts_code_once")]

    def __str__(self) -> str:
        return self.code


class AccountMark(FederationOwned):
    """The state of one mark of an account: as last seen, and when it was last checked.

    `by` is the person who looked, None where the program did. `there_at`: when it was last there. A look
    that could not read the page changes `tried_at` alone.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=15, choices=Mark)
    seen = models.CharField(max_length=12, choices=Seen)
    looked_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField()
    there_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "account", "mark"], name="accounts_mark_once"),
            models.CheckConstraint(
                name="accounts_mark_seen_when_looked",
                condition=Q(seen=Seen.UNREADABLE) | Q(looked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} of account {self.account_id}"


class FormerAddress(FederationOwned):
    """An account's address before it moved; people who ask about it are told where it is now."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    account = models.ForeignKey(Account, models.PROTECT, related_name="former_addresses")
    address = models.URLField(max_length=500, blank=True)
    handle = models.CharField(max_length=253, blank=True)
    until = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["federation", "-until", "-id"], name="accounts_former_newest")]

    def __str__(self) -> str:
        return f"former address of account {self.account_id}"


class Fake(FederationOwned):
    """A page that speaks in our name and is not on the register, from the first report to its end.

    What reporters wrote and the copies of what was seen are sealed in the vault, for they may name children.
    `key` is the address in its normal form, so that several reports of one page are one matter.
    """

    numbered: ClassVar[Promise] = _("Reported fake account {number}")

    reference = models.CharField(max_length=20)
    network = models.CharField(max_length=40, blank=True)
    address = models.CharField(_("Address"), max_length=500)
    key = models.CharField(max_length=600)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=FakeState, default=FakeState.REPORTED)
    role_key = models.CharField(max_length=100, blank=True)
    """The role that the policy names for it; empty where it names none: then the administrators."""

    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    address_shown = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)
    told_case = models.CharField(_("The network’s reference number"), max_length=100, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "reference"], name="accounts_fake_reference_once"),
            models.UniqueConstraint(
                fields=["federation", "key"], condition=Q(state__in=FAKE_STANDS), name="accounts_fake_once"
            ),
            models.CheckConstraint(
                name="accounts_fake_confirmed_by_somebody",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_fake_ended_as_its_state_says",
                condition=Q(state__in=ENDED, ended_at__isnull=False, ended_by__isnull=False)
                | ~Q(state__in=ENDED) & Q(ended_at=None, ended_by=None),
            ),
            models.CheckConstraint(
                name="accounts_fake_told_to_all_only_when_confirmed",
                condition=Q(address_shown=False) | Q(confirmed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "-reported_at", "-id"], name="accounts_fake_newest"),
            models.Index(fields=["federation", "key"], name="accounts_fake_by_key"),
            models.Index(
                fields=["federation", "-confirmed_at", "-id"],
                condition=Q(confirmed_at__isnull=False),
                name="accounts_fake_told_to_all",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class FakeNote(FederationOwned):
    """One thing seen or done about a reported fake, with its time and person (None: a visitor, or the
    program).

    `words_ref` and `picture_ref` point into the vault.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    fake = models.ForeignKey(Fake, models.PROTECT, related_name="notes")
    step = models.CharField(max_length=10, choices=FakeStep)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    words_ref = models.BigIntegerField(null=True)
    picture_ref = models.BigIntegerField(null=True)
    picture_type = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["federation", "fake", "id"], name="accounts_fakenote_in_order")]

    def __str__(self) -> str:
        return f"{self.step} of fake {self.fake_id}"


class AssociatedPage(FederationOwned):
    """A page of people around the school (Friends, PTA): not ours, without keys, and known to us.

    Permission to use the school's name or logo is on record about this row.
    """

    numbered: ClassVar[Promise] = _("PTA page {number}")

    name = models.CharField(_("Page name"), max_length=120)
    network = models.CharField(_("Network"), max_length=40, blank=True)
    address = models.URLField(_("Address"), max_length=500)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+", verbose_name=_("School"))
    purpose = models.TextField(_("Purpose"), max_length=1000, blank=True)
    contact = models.CharField(_("Contact"), max_length=300, blank=True)
    uses_name = models.BooleanField(null=True)
    uses_logo = models.BooleanField(null=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "address"], condition=Q(ended_at=None), name="accounts_associated_once"
            ),
        ]
        indexes = [models.Index(fields=["federation", "name", "id"], name="accounts_associated_by_name")]

    def __str__(self) -> str:
        return self.name
