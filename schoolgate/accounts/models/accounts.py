"""Accounts, their teams, classes, quick requests and requests to follow: rows, states and what the database
refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.proposals import AccountKind, AccountState, Part, Proposal
from schoolgate.core.models import FederationOwned, School
from schoolgate.patterns import lazy_pattern
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord


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


LONGEST = 60
_CLASS = lazy_pattern(
    r"\b(?:(?:year|yr|class|form|blwyddyn|dosbarth) ?(?:\d{1,2}\w?|[a-z]\b|reception)"
    r"|reception|nursery|foundation phase|key stage \d|derbyn|meithrin)\b",
    re.IGNORECASE,
)
_NUMBER = lazy_pattern(r"\d+")
LAST_YEAR_GROUP = 13


class AtTurn(TextChoices):
    """The three choices."""

    MOVES_UP = "moves_up", _("Moves up with its class")
    STAYS = "stays", _("Stays with the room or year group")
    CLOSES = "closes", _("It will be closed")


def class_in(*texts: str) -> str:
    """Return the words in these texts that look like a class or a year group, "" where none do. Only a hint:
    a person decides."""
    for text in texts:
        found = _CLASS.search(text)
        if found:
            return found[0][:LONGEST]
    return ""


def next_label(label: str) -> str:
    """Return the label of the same class a year later, where it holds one year group's number: Year 4, Year
    5. Elsewhere "", and a person writes it."""
    numbers = _NUMBER.findall(label)
    if len(numbers) != 1 or not 1 <= int(numbers[0]) < LAST_YEAR_GROUP:
        return ""
    return label.replace(numbers[0], str(int(numbers[0]) + 1))


class AccountClass(FederationOwned):
    """The class or year group of an account in the school year that begins in `year`.

    An empty label: it is stated to belong to none. `choice`: what was chosen for that new school year,
    `was` the label before it, `let_out` how many members it removed. No pupil is named.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="classes")
    year = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=LONGEST, blank=True)
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    choice = models.CharField(max_length=10, choices=AtTurn, blank=True)
    was = models.CharField(max_length=LONGEST, blank=True)
    let_out = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "account", "year"], name="accounts_class_once"),
            models.CheckConstraint(
                name="accounts_class_choice_names_what_it_was",
                condition=Q(choice="", was="", let_out=0) | Q(choice__in=AtTurn.values) & ~Q(was=""),
            ),
            models.CheckConstraint(
                name="accounts_class_only_who_stays_lets_out",
                condition=Q(let_out=0) | Q(choice=AtTurn.STAYS),
            ),
        ]
        indexes = [models.Index(fields=["federation", "year", "account"], name="accounts_class_of_year")]

    def __str__(self) -> str:
        return f"class of account {self.account_id} in {self.year}"


class SmallKind(TextChoices):
    """What is proposed, short of an account of our own."""

    TAKE_PART = "take-part", _("Taking part in another organisation’s site")
    CALL = "call", _("Looking for contributors")
    ORGANISATION = "organisation", _("Becoming friends with an organisation")


class SmallState(TextChoices):
    """From the request to its approval or refusal, and to its outcome."""

    WAITING = "waiting", _("Awaiting decision")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    NOTED = "noted", _("No approval needed under this policy")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DONE = "done", _("Done")


SMALL_MOVES: Mapping[SmallState, frozenset[SmallState]] = {
    SmallState.WAITING: frozenset({SmallState.APPROVED, SmallState.REFUSED, SmallState.WITHDRAWN}),
    SmallState.APPROVED: frozenset({SmallState.DONE}),
    SmallState.REFUSED: frozenset(),
    SmallState.NOTED: frozenset(),
    SmallState.WITHDRAWN: frozenset(),
    SmallState.DONE: frozenset(),
}

SAID_YES = (SmallState.APPROVED, SmallState.DONE)


DECIDED_SMALL = (SmallState.APPROVED, SmallState.REFUSED, SmallState.DONE)


class SmallProposal(FederationOwned):
    """A quick request: a plan outside our own accounts that needs approval under the policy first.

    It never changes once submitted: an approval covers these words. A change needs a new request, which
    names the earlier one. A column that this policy's rules do not ask for stays empty.
    """

    numbered: ClassVar[Promise] = _("Quick request {number}")

    kind = models.CharField(max_length=15, choices=SmallKind)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    """The other site, the organisation, or a short name of the call."""
    address = models.URLField(max_length=500, blank=True)
    words = models.TextField(max_length=4000)
    """The plan and its purpose; for a call its text."""
    for_school = models.BooleanField(null=True)
    through_social_media = models.BooleanField(null=True)
    checked_on = models.DateField(null=True)
    open_points = models.JSONField(default=list)
    """Departures from the guidance, one text each; empty where there are none."""
    form = models.ForeignKey("accounts.Proposal", models.PROTECT, null=True, related_name="+")
    again_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=SmallState, default=SmallState.WAITING)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_role_key = models.CharField(max_length=100, blank=True)
    decided_digest = models.CharField(max_length=64, blank=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, max_length=4000)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_small_proposal_decided_as_its_state_says",
                condition=Q(state__in=DECIDED_SMALL, decided_at__isnull=False, decided_by__isnull=False)
                & Q(decision__isnull=False)
                & ~Q(decided_digest="")
                | ~Q(state__in=DECIDED_SMALL) & Q(decided_at=None, decided_by=None),
            ),
            models.CheckConstraint(
                name="accounts_small_refusal_gives_its_reason",
                condition=~Q(state=SmallState.REFUSED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="accounts_small_proposal_done_as_its_state_says",
                condition=Q(state=SmallState.DONE, done_at__isnull=False, done_by__isnull=False)
                | ~Q(state=SmallState.DONE) & Q(done_at=None, done_by=None),
            ),
            models.CheckConstraint(
                name="accounts_small_proposal_says_what",
                condition=~Q(name="") & ~Q(words=""),
            ),
            models.CheckConstraint(
                name="accounts_only_another_site_has_no_account",
                condition=Q(kind=SmallKind.TAKE_PART, account=None)
                | ~Q(kind=SmallKind.TAKE_PART) & Q(account__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "-submitted_at", "-id"], name="accounts_small_newest"),
            models.Index(fields=["federation", "account", "kind", "state"], name="accounts_small_by_account"),
        ]

    def __str__(self) -> str:
        return self.name


class AskedFor(TextChoices):
    """What is requested. Each is another question to the policy."""

    FRIEND = "friend", _("To follow it, join it or become its friend")
    CONTRIBUTE = "contribute", _("To write or post on it")
    PLATFORM = "platform", _("To post or comment on the learning platform")


class AskerKind(TextChoices):
    """Kind of asker: a person or an organisation."""

    PERSON = "person", _("A person")
    ORGANISATION = "organisation", _("An organisation")


class AskerIs(TextChoices):
    """The relation of a requester to the school, in the words of the rulebook."""

    PUPIL = "pupil", _("Pupil")
    PARENT = "parent", _("Parent or carer")
    STAFF = "staff", _("Member of staff")
    GOVERNOR = "governor", _("Governor")
    VOLUNTEER = "volunteer", _("Volunteer")
    FRIEND = "friend", _("Member of a Friends group")
    CONTRACTOR = "contractor", _("Contractor or agency")
    OTHER = "other", _("Someone else")


FROM_INSIDE = frozenset({AskerIs.PUPIL, AskerIs.STAFF})
"""People who belong to the school itself; all others contribute from outside."""


class AdmissionState(TextChoices):
    """States of a request to follow, from start to end. A refusal is recorded."""

    WAITING = "waiting", _("Waiting")
    LET_IN = "let_in", _("Approved, not added on the network yet")
    DONE = "done", _("Added on the network")
    REFUSED = "refused", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENDED = "ended", _("Deleted")


ADMISSION_MOVES: Mapping[AdmissionState, frozenset[AdmissionState]] = {
    AdmissionState.WAITING: frozenset(
        {AdmissionState.LET_IN, AdmissionState.REFUSED, AdmissionState.WITHDRAWN}
    ),
    AdmissionState.LET_IN: frozenset({AdmissionState.DONE, AdmissionState.ENDED}),
    AdmissionState.DONE: frozenset({AdmissionState.ENDED}),
    AdmissionState.REFUSED: frozenset(),
    AdmissionState.WITHDRAWN: frozenset(),
    AdmissionState.ENDED: frozenset(),
}

IS_OVER = (AdmissionState.REFUSED, AdmissionState.WITHDRAWN, AdmissionState.ENDED)


class HowLooked(TextChoices):
    """How a request was checked. Looking at people's private pages is not among the ways."""

    MET = "met", _("Met them in person")
    SPOKE = "spoke", _("Spoke to them by phone or video")
    VOUCHED = "vouched", _("Asked someone at school who knows them")
    RECORDS = "records", _("Found them in the school’s own records")
    PAPERS = "papers", _("Saw documents or a reference they gave")


class Consent(TextChoices):
    """Whether a responsible adult agreed that a person contributes, where one has to."""

    PARENT = "parent", _("A parent or carer has agreed")
    ADULT = "adult", _("Another responsible adult has agreed")
    MISSING = "missing", _("No one has agreed yet")
    NOT_NEEDED = "not_needed", _("Not needed: an adult who decides for themselves")


class GrownUp(TextChoices):
    """Whether the requester is an adult or a child."""

    ADULT = "adult", _("An adult")
    CHILD = "child", _("A child")


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
