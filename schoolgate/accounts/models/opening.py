"""What is seen and said before an account opens, conditions of its approval, and a site's care: rows and
states."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.models.proposals import Proposal
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models import Attestation


class ConditionType(TextChoices):
    """What a condition of an approval does."""

    REQUIREMENT = "requirement", _("Something is required")
    RESTRICTION = "restriction", _("Something is not allowed")


class Moderation(TextChoices):
    """When comments by others are read."""

    BEFORE = "before", _("Before it appears")
    AFTER = "after", _("After it appears")
    NONE = "none", _("No one reads it")


class SiteTextKind(TextChoices):
    """The public texts of a site."""

    HOUSE_RULES = "house_rules", _("House rules")
    TERMS = "terms_of_use", _("Terms of use")


class FriendsNote(TextChoices):
    """What was done with the note that online friends are not always real ones."""

    PINNED = "pinned", _("On the site")
    LEFT_OUT = "left_out", _("Left off the site")


class LogoLeads(TextChoices):
    """Where the logo on a site leads."""

    FITTING = "fitting_page", _("To the right page on the school’s own site")
    OTHER = "other_page", _("To another page")
    NOWHERE = "nowhere", _("Nowhere")


class SiteWordKind(TextChoices):
    """Kinds of statements on record about a site."""

    ADVICE = "advice", _("Advice on whether the internet suits the site’s audience")
    HANDOVER = "handover", _("Signed moderation handover")
    GUIDANCE = "guidance", _("Comparison of the site with published guidance")


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


class ConditionWord(FederationOwned):
    """Whether an act is of the kind that a condition covers, and whether what it requires is there.

    `about`: the coming act, as a subject; `seen`: its digest at the time. The statement counts while that
    is the same. Append-only; the newest counts.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="said")
    about = models.CharField(max_length=100)
    seen = models.CharField(max_length=64)
    touched = models.BooleanField()
    fulfilled = models.BooleanField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_condition_word_fits", condition=Q(touched=True) | Q(fulfilled=None)
            )
        ]
        indexes = [models.Index(fields=["federation", "about", "-id"], name="accounts_condition_word_about")]

    def __str__(self) -> str:
        return f"word {self.pk} on condition {self.condition_id}"


LONGEST = 4000


class SiteCare(FederationOwned):
    """What was settled about an account or site before it opens. None and empty: not settled."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="care")
    users_may_write = models.BooleanField(null=True)
    users_may_add_pictures = models.BooleanField(null=True)
    answers_given_by = models.JSONField(default=list)
    """Who handles comments: names of posts or people, one each."""
    moderation = models.CharField(max_length=10, choices=Moderation, blank=True)
    started_by = models.CharField(max_length=120, blank=True)
    answers_for_moderation = models.CharField(max_length=120, blank=True)
    reporting_route = models.TextField(max_length=LONGEST, blank=True)
    steps_in_how = models.TextField(max_length=LONGEST, blank=True)
    own_plan = models.TextField(max_length=LONGEST, blank=True)
    friends_note = models.CharField(max_length=10, choices=FriendsNote, blank=True)
    suits = models.JSONField(default=dict)
    """Answers about those it is for, by the keys of `accounts.sites`."""
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"care of account {self.account_id}"


class SiteText(FederationOwned):
    """House rules or terms of use, as written; the highest number in a language is the one shown."""

    numbered: ClassVar[Promise] = _("Site rules {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    account = models.ForeignKey(Account, models.PROTECT, related_name="site_texts")
    kind = models.CharField(max_length=12, choices=SiteTextKind)
    language = models.CharField(max_length=5)
    number = models.PositiveIntegerField()
    words = models.TextField(max_length=20_000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "kind", "language", "number"], name="accounts_site_text_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of account {self.account_id}"


class SiteLook(FederationOwned):
    """The findings of one day's check of a site. Append-only."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    account = models.ForeignKey(Account, models.PROTECT, related_name="site_looks")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    house_rules_found = models.BooleanField(null=True)
    terms_found = models.BooleanField(null=True)
    logo_can_link = models.BooleanField(null=True)
    logo_leads_to = models.CharField(max_length=12, choices=LogoLeads, blank=True)
    note = models.TextField(max_length=LONGEST, blank=True)

    class Meta:
        indexes = [models.Index(fields=["federation", "account", "-id"], name="accounts_look_newest")]

    def __str__(self) -> str:
        return f"look {self.pk} at account {self.account_id}"


class Whereabouts(FederationOwned):
    """When a person who looks after a site is away, stated for a period of days. Append-only.

    `away`: pairs of ISO days, both included; an empty list says that they are there all the time.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    account = models.ForeignKey(Account, models.PROTECT, related_name="whereabouts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    first = models.DateField()
    last = models.DateField()
    away = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(name="accounts_whereabouts_in_order", condition=Q(last__gte=F("first")))
        ]
        indexes = [
            models.Index(
                fields=["federation", "account", "person", "-id"], name="accounts_whereabouts_newest"
            )
        ]

    def __str__(self) -> str:
        return f"whereabouts {self.pk}"


class SiteWord(FederationOwned):
    """Advice, a signed handover, or a comparison with guidance, put on record. Only ever added to."""

    numbered: ClassVar[Promise] = _("Site record {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    account = models.ForeignKey(Account, models.PROTECT, related_name="site_words")
    kind = models.CharField(max_length=10, choices=SiteWordKind)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(max_length=LONGEST, blank=True)
    team = models.CharField(max_length=120, blank=True)
    """Of a handover: the team that handed over."""
    guidance = models.CharField(max_length=300, blank=True)
    replaces = models.CharField(max_length=300, blank=True)
    open_points = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["federation", "account", "kind", "id"], name="accounts_site_word")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
