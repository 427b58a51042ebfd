"""Rows that go with a removal: the copy kept as evidence, the code, the notices, the appeals."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.inbox.states import AppealState
from schoolgate.people.models import Person


class Evidence(FederationOwned):
    """A copy of a comment as it was when a moderator hid or deleted it. Append-only.

    `content` holds the versions of its text, its author, its place, its photographs and its times, with a
    salt; `sha256` is of these bytes (`removals.digest_of`) and is in the record too.
    """

    numbered: ClassVar[Promise] = _("Evidence {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="evidence")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"evidence {self.pk} of item {self.item_id}"


class Removal(FederationOwned):
    """A comment taken out of sight, from the first request until it is shown again.

    `moderation` is the latest request. `house_rule`: the rule that the moderator chose, its number and its
    words by language; empty where none was chosen. `ended_at`: when it was shown again.
    """

    numbered: ClassVar[Promise] = _("Removal {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="removals")
    moderation = models.ForeignKey("inbox.Moderation", models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    house_rule = models.JSONField(default=dict)
    copied = models.BooleanField(default=True)
    """False: it may show the abuse of a child, so nothing was copied."""
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "item"], condition=Q(ended_at=None), name="inbox_one_removal"
            ),
            models.UniqueConstraint(fields=["federation", "code"], name="inbox_removal_code"),
        ]

    def __str__(self) -> str:
        return f"removal {self.pk} of item {self.item_id}"


class NoticeWording(FederationOwned):
    """The school's own wording of a policy's prescribed notice in a language that the policy doesn't give.
    Append-only: the newest counts."""

    numbered: ClassVar[Promise] = _("Wording {number} of a notice")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    clause = models.CharField(max_length=80)
    language = models.CharField(max_length=5)
    words = models.TextField(max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"wording {self.pk} of {self.clause}"


class RemovalNotice(FederationOwned):
    """What readers and the author were told about a removal: by a reply of ours, or by hand (None)."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="notices")
    answer = models.OneToOneField("inbox.Answer", models.PROTECT, null=True, related_name="notice")
    wording = models.CharField(max_length=10)
    """Whose words they are: "prescribed" or "own"."""
    says = models.JSONField(null=True)
    """Which parts our own wording has, as its author said; None where no one was asked."""
    decision = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"notice {self.pk} of removal {self.removal_id}"


class Appeal(FederationOwned):
    """An appeal against a removal, and what another person than its moderator decided."""

    numbered: ClassVar[Promise] = _("Appeal {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="appeals")
    words = models.TextField(max_length=3000)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """The person in the office who entered it; None: it came from the public page."""
    at = models.DateTimeField()
    moderator = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.OPEN)
    state_at = models.DateTimeField()
    reasons = models.TextField(max_length=3000, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reversal = models.ForeignKey("inbox.Moderation", models.PROTECT, null=True, related_name="+")
    """The request to show the comment again; None where the network can't, or it was dismissed."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "removal"],
                condition=Q(state=AppealState.OPEN),
                name="inbox_one_open_appeal",
            ),
            models.CheckConstraint(
                name="inbox_appeal_heard_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("moderator")),
            ),
            models.CheckConstraint(
                name="inbox_appeal_decided_with_reasons",
                condition=Q(state__in=[AppealState.UPHELD, AppealState.DISMISSED])
                & Q(decided_by__isnull=False)
                & ~Q(reasons="")
                | Q(state__in=[AppealState.OPEN, AppealState.SETTLED], decided_by=None, reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk} against removal {self.removal_id}"
