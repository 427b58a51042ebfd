"""Rows of texts that are ready for use: reusable ones, and emergency texts approved beforehand."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.publishing.models.states import ReadyState


class ReadyText(FederationOwned):
    """A text that is ready for use, of one school or of all. Its words are in its versions."""

    numbered: ClassVar[Promise] = _("Text {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    """None: of every school of the federation."""
    emergency = models.BooleanField(default=False)
    for_replies = models.BooleanField(default=False, db_default=False)
    """Begins replies in the inbox, not posts."""
    created_at = models.DateTimeField()
    retire_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who asked to retire an approved emergency text: someone else has to agree."""
    retire_asked_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publishing_retiring_asked_by_somebody_at_a_time",
                condition=Q(retire_asked_by=None, retire_asked_at=None)
                | Q(retire_asked_by__isnull=False, retire_asked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"text {self.pk}"


class ReadyVersion(FederationOwned):
    """The words of a text between two changes. Each change is a version of its own that needs its own
    approval. Until then the version approved last can be sent.

    `until`: the last day on which it may be sent. `answers`: its writer's answers to what the policy asks of
    a post, as `Post.answers` without the content they were about.
    """

    numbered: ClassVar[Promise] = _("Version {number} of a text")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    text = models.ForeignKey(ReadyText, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    english = models.TextField(blank=True)
    welsh = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ReadyState)
    state_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    returned_because = models.TextField(blank=True)
    accounts = models.ManyToManyField(Account, through="ReadyAccount", related_name="+")
    senders = models.ManyToManyField(Person, through="ReadySender", related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["federation", "text", "number"], name="publishing_ready_version"),
            models.CheckConstraint(
                name="publishing_ready_emergency_ends",
                condition=Q(state=ReadyState.READY, until=None)
                | (~Q(state=ReadyState.READY) & Q(until__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of text {self.text_id}"


class ReadyAccount(FederationOwned):
    """An account that an emergency text may be sent to."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(ReadyVersion, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "version", "account"], name="publishing_ready_account"
            ),
        ]

    def __str__(self) -> str:
        return f"account {self.account_id} of version {self.version_id}"


class ReadySender(FederationOwned):
    """A person who may send an emergency text."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(ReadyVersion, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "version", "person"], name="publishing_ready_sender"
            ),
        ]

    def __str__(self) -> str:
        return f"sender {self.person_id} of version {self.version_id}"


class ReadyApproval(FederationOwned):
    """A named person's approval of an emergency text, word for word. `seen`: the digest of all that they saw
    (`ready.seen_of`); `decision`: the policy's answer under which it was given."""

    numbered: ClassVar[Promise] = _("Approval {number} of a text")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(ReadyVersion, models.PROTECT, related_name="approvals")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    roles = models.JSONField(default=list)
    at = models.DateTimeField()
    seen = models.CharField(max_length=64)
    decision = models.BigIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "version", "by", "seen"], name="publishing_ready_approved_once"
            ),
        ]

    def __str__(self) -> str:
        return f"approval {self.pk} of version {self.version_id}"
