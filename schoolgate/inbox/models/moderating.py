"""Rows of what moderators find and do: judgements, steps with a comment or its author, removals with
their evidence, notices and appeals, and what comes down because consent ended."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.models import FederationOwned
from schoolgate.inbox.models.items import (
    AppealState,
    AuthorStepKind,
    Relation,
    Sight,
    WhyKeptBack,
    WriterStepKind,
)
from schoolgate.networks.handshake import LIVE, STANDING
from schoolgate.networks.intents import IntentRow
from schoolgate.people.models import Person
from schoolgate.publishing.models import TakeDown


class Judgement(FederationOwned):
    """What a person found one version of a comment to be. Append-only: the newest counts.

    `reason`: empty where nothing is wrong with it. `relation`: what its author is to the school; empty where
    that is not known. `reported_at`: since when we know from another person that it is wrong.
    """

    numbered: ClassVar[Promise] = _("Judgement {number} on a comment")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="judgements")
    item_version = models.CharField(max_length=128)
    reason = models.CharField(max_length=10, choices=WhyKeptBack, blank=True)
    relation = models.CharField(max_length=10, choices=Relation, blank=True)
    house_rule = models.CharField(max_length=10, blank=True)
    """The number of the published house rule that it breaks."""
    reported_at = models.DateTimeField(null=True)
    named = models.BooleanField(null=True)
    """Whether its author gives a real name."""
    rude = models.BooleanField(null=True)
    abusive = models.BooleanField(null=True)
    """Whether the conversation has become abusive."""
    friend = models.BooleanField(null=True)
    """Whether its author is a friend of the site."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["federation", "item", "-id"], name="inbox_judgement_newest")]

    def __str__(self) -> str:
        return f"judgement {self.pk} on item {self.item_id}"


class AbuseReport(FederationOwned):
    """A report of a comment to the roles that the policy names, until one of their people has read it."""

    numbered: ClassVar[Promise] = _("Report {number} of a comment")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="abuse_reports")
    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="+")
    roles = models.JSONField()
    """The keys of the roles it was reported to."""
    clauses = models.JSONField()
    decision = models.BigIntegerField()
    at = models.DateTimeField()
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "item"], condition=Q(read_at=None), name="inbox_one_unread_report"
            ),
            models.CheckConstraint(
                name="inbox_report_read_by_a_person",
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} of item {self.item_id}"


class WriterStep(FederationOwned):
    """One thing that was done about the author of a comment at the school, on a day. Append-only.

    `words`: the answer, which version of the procedure was sent, or to which person it was passed.
    """

    numbered: ClassVar[Promise] = _("Action about an author {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="writer_steps")
    what = models.CharField(max_length=10, choices=WriterStepKind)
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"step {self.pk} about the author of item {self.item_id}"


class Moderation(IntentRow):
    """One request about a comment, in the steps of `networks.handshake`: requested, done, confirmed.

    `owes`: what the policy requires afterwards, such as readers told why: point -> clauses.
    """

    numbered: ClassVar[Promise] = _("Action {number} on a comment")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="moderations")
    item_version = models.CharField(max_length=128)
    """The version of the item that the moderator judged."""
    how = models.CharField(max_length=8, choices=Sight)
    reason = models.CharField(max_length=10, choices=WhyKeptBack, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decision = models.BigIntegerField()
    owes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "item"],
                condition=Q(state__in=sorted(LIVE)),
                name="inbox_one_live_moderation",
            ),
            models.UniqueConstraint(fields=["federation", "intent_key"], name="inbox_moderation_key"),
        ]
        indexes = [
            models.Index(
                fields=["federation", "not_before", "id"],
                condition=Q(state__in=["written", "sent", "unknown"], by_hand=False),
                name="inbox_moderation_to_advance",
            ),
        ]

    def __str__(self) -> str:
        return f"moderation {self.pk} of item {self.item_id}"


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


class WithdrawnWords(FederationOwned):
    """A reply of ours that has to go because consent was withdrawn, or, without a reply, a comment on our
    noticeboard. `hidden_at`: since when no one can read that comment."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    take_down = models.ForeignKey(TakeDown, models.PROTECT, related_name="words_off")
    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="+")
    answer = models.ForeignKey("inbox.Answer", models.PROTECT, null=True, related_name="withdrawn")
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "take_down", "item", "answer"],
                nulls_distinct=False,
                name="inbox_withdrawn_words_once",
            ),
        ]

    def __str__(self) -> str:
        return f"words of item {self.item_id} for take-down {self.take_down_id}"


class ReplyRemoval(IntentRow):
    """The take-down of one reply of ours, in the steps of `networks.handshake`."""

    numbered: ClassVar[Promise] = _("Take-down {number} of a reply")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    answer = models.ForeignKey("inbox.Answer", models.PROTECT, related_name="removals")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "answer"],
                condition=Q(state__in=sorted(LIVE)),
                name="inbox_one_live_reply_removal",
            ),
            models.UniqueConstraint(fields=["federation", "intent_key"], name="inbox_reply_removal_key"),
        ]
        indexes = [
            models.Index(
                fields=["federation", "not_before", "id"],
                condition=Q(state__in=["written", "sent", "unknown"], by_hand=False),
                name="inbox_removal_to_advance",
            ),
        ]

    def __str__(self) -> str:
        return f"removal {self.pk} of answer {self.answer_id}"


LONG = timedelta(days=31)
"""A block for longer than this waits until a second person agrees."""


class AuthorStep(IntentRow):
    """One request about the author of a comment, as an intent with its decision.

    `until`: the day on which a block is reviewed. `number`: under which the network keeps a report.
    `owes`: what the policy requires afterwards, such as readers told why: point -> clauses.
    """

    numbered: ClassVar[Promise] = _("Block or report {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    item = models.ForeignKey("inbox.Item", models.PROTECT, related_name="author_steps")
    author_id_there = models.CharField(max_length=300)
    how = models.CharField(max_length=8, choices=AuthorStepKind)
    reason = models.CharField(max_length=10, choices=WhyKeptBack, blank=True)
    until = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=100, blank=True)
    ends = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The block that this step ends."""
    decision = models.BigIntegerField()
    owes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "author_id_there", "how"],
                condition=Q(state__in=sorted(LIVE)) & ~Q(how="report"),
                name="inbox_one_live_author_step",
            ),
            models.UniqueConstraint(
                fields=["federation", "item"],
                condition=Q(how="report", state__in=sorted(STANDING)),
                name="inbox_one_standing_report",
            ),
            models.UniqueConstraint(fields=["federation", "intent_key"], name="inbox_author_step_key"),
            models.CheckConstraint(
                name="inbox_author_step_agreed_by_another",
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("by")),
            ),
            models.CheckConstraint(
                name="inbox_only_a_block_has_an_end",
                condition=Q(how="block", until__isnull=False) | ~Q(how="block") & Q(until=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "not_before", "id"],
                condition=Q(state__in=["written", "sent", "unknown"], by_hand=False),
                name="inbox_author_to_advance",
            ),
            models.Index(fields=["federation", "account", "author_id_there"], name="inbox_author_steps"),
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.pk} of the author of item {self.item_id}"

    @property
    def waits_for_another(self) -> bool:
        """Return whether a second person has to agree first."""
        return (
            self.how == AuthorStepKind.BLOCK
            and self.agreed_by_id is None
            and is_long(self.until, local_day(self.written_at))
        )


def is_long(until: date | None, day: date) -> bool:
    """Return whether a block from `day` until then needs two people."""
    return until is not None and until - day > LONG
