"""Rows of a site's care: what was settled, its rules as written, its checks, who is away."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.states.opening import (
    FriendsNote,
    LogoLeads,
    Moderation,
    SiteTextKind,
    SiteWordKind,
)
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person

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
