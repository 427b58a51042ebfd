"""What stands behind the public answers (proofs, earlier addresses, reported fakes, pages known to us), and
an account's keys: rows and states. No row holds a key: they are in the vault, and a row has the
reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.models.proposals import Proposal
from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord


class Mark(TextChoices):
    """What shows that a page is really ours, and is looked for on it."""

    LINK = "link", _("a link back to our register (rel=me)")
    TEXT = "text", _("our code in its profile text")
    POLICY_LINK = "policy_link", _("the link this policy uses to identify official accounts")


class SeenThere(TextChoices):
    """The result of looking at a page. A page that could not be read says nothing about its content."""

    THERE = "there", _("Present")
    MISSING = "missing", _("Missing")
    UNREADABLE = "unreadable", _("The page couldn’t be read")


class FakeState(TextChoices):
    """States of a page reported as a fake that uses our name."""

    REPORTED = "reported", _("Not checked yet")
    CONFIRMED = "confirmed", _("Confirmed as not ours")
    GONE = "gone", _("Removed from its network")
    OURS = "ours", _("It’s ours")
    LEFT = "left", _("No action for us")


FAKE_MOVES: Mapping[FakeState, frozenset[FakeState]] = {
    FakeState.REPORTED: frozenset({FakeState.CONFIRMED, FakeState.GONE, FakeState.OURS, FakeState.LEFT}),
    FakeState.CONFIRMED: frozenset({FakeState.GONE, FakeState.OURS, FakeState.LEFT}),
    FakeState.GONE: frozenset(),
    FakeState.OURS: frozenset(),
    FakeState.LEFT: frozenset(),
}
FAKE_STANDS = (FakeState.REPORTED, FakeState.CONFIRMED)
"""The statuses in which there is still something to do."""


class FakeStep(TextChoices):
    """What was seen or done about a reported fake."""

    REPORTED = "reported", _("Reported")
    SEEN = "seen", _("Checked")
    CONFIRMED = "confirmed", _("Confirmed as not ours")
    TOLD = "told", _("Reported to its network")
    ENDED = "ended", _("Ended")


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
    seen = models.CharField(max_length=12, choices=SeenThere)
    looked_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField()
    there_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "account", "mark"], name="accounts_mark_once"),
            models.CheckConstraint(
                name="accounts_mark_seen_when_looked",
                condition=Q(seen=SeenThere.UNREADABLE) | Q(looked_at__isnull=False),
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


class KeyKind(TextChoices):
    """Kinds of sealed secrets of an account: those that open it, or help to recover it."""

    PASSWORD = "password", _("Password")
    TOTP = "totp", _("Authenticator app")
    CODES = "codes", _("Recovery codes")
    TOKEN = "token", _("Key for a program")
    PARTICULARS = "particulars", _("Login name and recovery addresses")


class KeyEnd(TextChoices):
    """Why a key is no longer there."""

    REPLACED = "replaced", _("Changed")
    DESTROYED = "destroyed", _("Destroyed")
    CLOSED = "closed", _("Destroyed when the account closed")


class ChangeReason(TextChoices):
    """Why a key must be changed."""

    LEFT = "left", _("Someone who saw it has left.")
    PART_ENDED = "part_ended", _("Someone who saw it is no longer on the account’s team.")
    OPENED = "opened", _("The sealed envelope with this password was opened.")
    DAY = "day", _("The date for changing it has come.")
    ASKED = "asked", _("Someone who shouldn’t may know the password.")


class PaperState(TextChoices):
    """A paper is sealed when it is made, and always stays on record."""

    SEALED = "sealed", _("Sealed")
    OPENED = "opened", _("Opened")
    VOID = "void", _("No longer valid")


PAPER_MOVES: Mapping[PaperState, frozenset[PaperState]] = {
    PaperState.SEALED: frozenset({PaperState.OPENED, PaperState.VOID}),
    PaperState.OPENED: frozenset(),
    PaperState.VOID: frozenset(),
}


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


class MadeBy(TextChoices):
    """Who made the page, as far as known."""

    SCHOOL = "school", _("Someone at the school")
    FOR_SCHOOL = "for the school", _("Someone else, for the school")
    SOMEBODY_ELSE = "somebody else", _("Someone else, independently")


class FoundState(TextChoices):
    """The status of an unofficial page, from the day it was found to its outcome."""

    FOUND = "found", _("Not yet decided")
    ADOPTING = "adopting", _("Proposed as one of our accounts")
    ASKED = "asked", _("Asked to close")
    REPORTED = "reported", _("Treated as a fake account")
    CLOSED = "closed", _("Closed")
    OURS = "ours", _("On our register")
    LEFT = "left", _("Left as it is")


FOUND_MOVES: Mapping[FoundState, frozenset[FoundState]] = {
    FoundState.FOUND: frozenset(
        {FoundState.ADOPTING, FoundState.ASKED, FoundState.REPORTED, FoundState.CLOSED, FoundState.LEFT}
    ),
    FoundState.ADOPTING: frozenset(
        {FoundState.ASKED, FoundState.REPORTED, FoundState.CLOSED, FoundState.OURS, FoundState.LEFT}
    ),
    FoundState.ASKED: frozenset(
        {FoundState.ADOPTING, FoundState.REPORTED, FoundState.CLOSED, FoundState.LEFT}
    ),
    FoundState.REPORTED: frozenset({FoundState.CLOSED, FoundState.OURS, FoundState.LEFT}),
    FoundState.CLOSED: frozenset(),
    FoundState.OURS: frozenset(),
    FoundState.LEFT: frozenset(),
}
FOUND_ENDS = (FoundState.CLOSED, FoundState.OURS, FoundState.LEFT)


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
