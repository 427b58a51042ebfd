"""A policy's versions and our readings of them; reviews; what people suggest."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.states import ReviewOutcome, SuggestionState, VersionState


class PackText(FederationOwned):
    """The text of a policy as one file, where it differs from the one that comes with the program."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    digest = models.CharField(max_length=64)
    text = models.TextField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "digest"], name="policy_text_once"),
        ]

    def __str__(self) -> str:
        return f"text {self.pk}"


class PolicyVersion(FederationOwned):
    """A text that a federation has adopted, or may adopt. A changed text is a new version and needs adoption.

    `in_force_from` is the instant from which it binds, once that is settled: it may lie ahead.
    """

    numbered: ClassVar[Promise] = _("Policy text {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    pack_key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    text = models.ForeignKey(PackText, models.PROTECT, null=True, blank=True, related_name="+")
    """None: the text that comes with the program."""
    text_version = models.CharField(max_length=60, blank=True)
    """What the policy calls its own version, where it has a word for it."""
    text_digest = models.CharField(max_length=64)
    """SHA-256 over the clauses at adoption."""
    document = models.CharField(max_length=64, blank=True)
    """SHA-256 of the school's own document, which is then what people read and sign; empty without one."""
    state = models.CharField(max_length=12, choices=VersionState, default=VersionState.DRAFT)
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    material_changes = models.TextField(_("What has changed"), blank=True, max_length=10_000)

    adopted_on = models.DateField(_("Date of adoption"), null=True, blank=True)
    stated = models.JSONField(default=dict)
    """What its record states, as `facts.Stated` has it: who took which step, who wrote it, when it was
    issued."""
    minute_reference = models.CharField(_("Minute reference"), blank=True, max_length=200)
    scan = models.CharField(max_length=64, blank=True)
    """Digest of the signed copy in the file store."""
    scan_type = models.CharField(max_length=60, blank=True)
    before_us = models.BooleanField(default=False)
    """It was in force before the program was used: the program did not check its adopters."""
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.BigIntegerField(null=True, blank=True)
    in_force_from = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    review_due = models.DateField(null=True, blank=True)
    """The last day before the review is late; None where the policy gives none."""
    review_words = models.CharField(max_length=60, blank=True)
    owner_role = models.CharField(max_length=120, blank=True)
    roles_removed = models.JSONField(default=dict)
    """The roles that its owner removed from it, by key: the role to which their holders move, or "" where
    their assignment ends. It happens when the version comes into force."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "pack_key", "number"], name="policy_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["federation"],
                condition=Q(state=VersionState.IN_FORCE),
                name="policy_one_version_in_force",
            ),
            models.UniqueConstraint(
                fields=["federation"],
                condition=Q(state=VersionState.ADOPTED),
                name="policy_one_version_to_come",
            ),
            models.CheckConstraint(
                name="policy_superseded_at_as_its_state_says",
                condition=Q(state=VersionState.SUPERSEDED, superseded_at__isnull=False)
                | ~Q(state=VersionState.SUPERSEDED) & Q(superseded_at=None),
            ),
            models.CheckConstraint(
                name="policy_adopted_as_its_state_says",
                condition=Q(
                    state__in=[VersionState.ADOPTED, VersionState.IN_FORCE, VersionState.SUPERSEDED],
                    adopted_on__isnull=False,
                    in_force_from__isnull=False,
                )
                | Q(state__in=[VersionState.DRAFT, VersionState.WITHDRAWN]),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """A short name of the version, such as `wildground 1`."""
        return f"{self.pack_key} {self.number}"


class Reading(FederationOwned):
    """Our bindings of a version, numbered, signed by the policy's owner. A better one is a new number."""

    numbered: ClassVar[Promise] = _("Interpretation of the policy {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()
    bindings_digest = models.CharField(max_length=64)
    changes = models.JSONField(default=dict)
    """What it lays over the version's pack: `rulebook.readings.Changes`."""
    because = models.TextField(blank=True, max_length=2000)
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "version", "number"], name="policy_reading_once"),
            models.CheckConstraint(
                name="policy_reading_signed_by_and_at_together",
                condition=Q(signed_by=None, signed_at=None)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} / {self.number}"


class ReadingDraft(FederationOwned):
    """The next reading of a version while its owner edits it: one for each version, until it is signed."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="drafts")
    based_on = models.ForeignKey(Reading, models.PROTECT, related_name="+")
    """While the version is still being prepared: the reading in force when the draft was started."""
    changes = models.JSONField(default=dict)
    because = models.TextField(_("Why"), blank=True, max_length=2000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)
    """Increases by one with every save, so that no one overwrites what they have not seen."""
    tried = models.JSONField(null=True, blank=True)
    """The outcome of the stored cases and past decisions under it: `replaying.Tried`, of this very
    edition."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "version"], name="policy_one_draft_a_version"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.version}"


class Review(FederationOwned):
    """A review of whether the policy in force should stay unchanged. Only ever added to."""

    numbered: ClassVar[Promise] = _("Policy review {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="reviews")
    on = models.DateField(_("Date of review"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    role = models.CharField(max_length=120)
    """The policy's own name of the reviewing role."""
    outcome = models.CharField(_("Outcome"), max_length=10, choices=ReviewOutcome)
    words = models.TextField(blank=True, max_length=4000)
    next_due = models.DateField(null=True, blank=True)
    looked = models.JSONField(default=dict)
    """What the review looked into, by the names of `policy.reviewing.LOOKED`; empty where the policy asks
    for nothing of it."""
    decision = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["federation", "version", "id"], name="policy_review_by_version")]

    def __str__(self) -> str:
        return f"review of {self.version}"


class Suggestion(FederationOwned):
    """A suggested change to the policy, and its outcome."""

    numbered: ClassVar[Promise] = _("Policy suggestion {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="suggestions")
    clause = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(_("What should be different?"), max_length=4000)
    to_role = models.CharField(max_length=120, blank=True)
    """The policy's own name for the role that takes it; empty where it names none."""
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    state_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True, max_length=4000)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        indexes = [
            models.Index(fields=["federation", "state", "-id"], name="policy_suggestion_by_state"),
            models.Index(fields=["federation", "by", "-id"], name="policy_suggestion_mine"),
        ]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"
