"""Rows of the policy in force and of the decisions made with it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.states import Attested, Ruled, VersionState
from schoolgate.rulebook import Decision


class PolicyVersion(FederationOwned):
    """The text that a federation has adopted. A changed text is a new version and needs adoption."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    pack_key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    text_version = models.CharField(max_length=60, blank=True)
    """What the policy calls its own version, where it has a word for it."""
    text_digest = models.CharField(max_length=64)
    """SHA-256 over the clauses as they stood at adoption."""
    adopted_on = models.DateField()
    in_force_from = models.DateTimeField()
    review_due = models.DateField(null=True, blank=True)
    """The last day before the review is late; None where the policy gives none."""
    review_words = models.CharField(max_length=60, blank=True)
    owner_role = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=VersionState, default=VersionState.IN_FORCE)
    superseded_at = models.DateTimeField(null=True, blank=True)

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
            models.CheckConstraint(
                name="policy_superseded_at_as_its_state_says",
                condition=Q(state=VersionState.IN_FORCE, superseded_at=None)
                | Q(state=VersionState.SUPERSEDED, superseded_at__isnull=False),
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

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()
    bindings_digest = models.CharField(max_length=64)
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


class ClauseWording(FederationOwned):
    """A clause as it was worded on some day. Decisions point to it, so that they keep their own wording."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    clause = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    section = models.CharField(max_length=200, blank=True)
    says = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "clause", "digest"], name="policy_wording_once"),
        ]

    def __str__(self) -> str:
        return self.clause


class Kept(FederationOwned):
    """A decision as it was made: outcome, findings, and what it was made with. Never changed."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    situation = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20)
    points = models.JSONField(default=dict)
    body = models.JSONField()
    """The whole decision as it was given (`keeping.body_of`), without its facts."""
    clauses = models.JSONField(default=list)
    wordings = models.JSONField(default=dict)
    """Clause -> digest of its wording of that day."""
    control_versions = models.JSONField(default=dict)
    facts_digest = models.CharField(max_length=64)
    """Keyed with a salt that lies beside the facts: once those are erased it gives nothing away."""

    decision: Decision | None = None
    """The decision itself, while it is fresh; a row read back has its `body`."""
    beside: tuple["KeptFacts", list[ClauseWording]] | None = None
    """The rows that are kept with a fresh one."""

    class Meta:
        verbose_name_plural = "kept decisions"
        indexes = [models.Index(fields=["federation", "subject", "id"], name="policy_kept_by_subject")]

    def __str__(self) -> str:
        return f"{self.situation} on {self.subject}: {self.outcome}"

    @property
    def version_label(self) -> str:
        """The policy version and reading that it was made with, in short."""
        return str(self.reading)

    @property
    def cited(self) -> list[str]:
        """The ids of the clauses that the decision names."""
        return list(self.clauses)

    @property
    def goes_ahead(self) -> bool:
        """Whether the policy lets the step happen, or says nothing about it."""
        return self.outcome in GOES_AHEAD

    def write_again(self) -> None:
        """Insert the rows of a fresh decision once more, after a rollback took them away."""
        if self.beside is None:
            return
        facts, wordings = self.beside
        # Whatever a rollback left standing (another action's copy) stays as it is.
        ClauseWording.objects.bulk_create(wordings, ignore_conflicts=True)
        Kept.objects.bulk_create([self], ignore_conflicts=True)
        KeptFacts.objects.bulk_create([facts], ignore_conflicts=True)


class KeptFacts(FederationOwned):
    """The facts that a decision was given. They can be erased; the decision and the record stay."""

    kept = models.OneToOneField(Kept, models.PROTECT, related_name="facts_row")
    facts = models.JSONField()
    salt = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"facts of decision {self.kept_id}"


class Attestation(FederationOwned):
    """What only a person can judge, vouched for by their own sign-in. Only ever added to."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    kind = models.CharField(max_length=30, choices=Attested)
    subject = models.CharField(max_length=80)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.BooleanField()
    """False: declined. That is kept too, and a later yes is a row of its own."""
    on_paper = models.BooleanField(default=False)
    seen_digest = models.CharField(max_length=64)
    note = models.TextField(blank=True, max_length=2000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_nobody_reads_for_another",
                condition=~Q(kind__in=[Attested.POLICY_READ, Attested.POLICY_UNDERSTOOD])
                | Q(on_paper=True)
                | Q(about_person=F("by")),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "subject", "kind", "id"], name="policy_attested_by_subject"),
            models.Index(
                fields=["federation", "about_person", "version", "kind", "id"], name="policy_attested_about"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.subject}"


class Ruling(FederationOwned):
    """What the role that rules has said where the policy's words leave it open. Cited until they change."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="rulings")
    tension = models.CharField(max_length=80)
    """Which open question of the policy: the key of a tension in its pack."""
    role = models.CharField(max_length=120)
    """The policy's own name of the role that ruled."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    from_day = models.DateField()
    answer = models.CharField(max_length=15, choices=Ruled)
    words = models.TextField(max_length=4000)
    decision = models.ForeignKey(Kept, models.PROTECT, null=True, blank=True, related_name="+")
    """The decision that left it open, where one did."""

    class Meta:
        indexes = [
            models.Index(fields=["federation", "version", "tension", "id"], name="policy_ruling_by_tension")
        ]

    def __str__(self) -> str:
        return f"{self.tension}: {self.answer}"


class Choice(FederationOwned):
    """What the federation chose where its policy leaves something open, with who and from when.

    Only added to.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    what = models.CharField(max_length=40)
    value = models.CharField(max_length=60)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    from_day = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["federation", "what", "-from_day", "-id"], name="policy_choice_newest")
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.value}"
