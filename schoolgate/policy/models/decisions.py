"""Saved decisions, with the wording of their day and their facts."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.models.versions import PolicyVersion, Reading
from schoolgate.rulebook import Decision


class ClauseWording(FederationOwned):
    """The wording of a clause on some day. Decisions point to it, so that they preserve the wording they
    used."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    clause = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    section = models.CharField(max_length=200, blank=True)
    says = models.TextField()
    own_words = models.BooleanField(default=False)
    """Whether these are the words that the policy prints; else they are our restatement."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "clause", "digest"], name="policy_wording_once"),
        ]

    def __str__(self) -> str:
        return self.clause


class DecisionRecord(FederationOwned):
    """A decision as it was made: outcome, findings, and what it was made with. Never changed."""

    numbered: ClassVar[Promise] = _("Decision {number}")
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
    """Keyed with a salt that is stored with the facts: once those are erased it reveals nothing."""

    decision: Decision | None = None
    """The decision itself, while it is fresh; a row read back has its `body`."""
    beside: tuple["DecisionFacts", list[ClauseWording]] | None = None
    """The rows saved with a new one."""

    class Meta:
        verbose_name_plural = "kept decisions"
        indexes = [
            models.Index(fields=["federation", "subject", "id"], name="policy_kept_by_subject"),
            BrinIndex(fields=["at"], name="policy_kept_by_time", autosummarize=True),
        ]

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
        """Whether the policy lets the step happen, or does not cover it."""
        return self.outcome in GOES_AHEAD

    def write_again(self) -> None:
        """Insert the rows of a fresh decision once more, after a rollback took them away."""
        if self.beside is None:
            return
        facts, wordings = self.beside
        # Rows that a rollback left in place (another action's copy) stay unchanged.
        ClauseWording.objects.bulk_create(wordings, ignore_conflicts=True)
        DecisionRecord.objects.bulk_create([self], ignore_conflicts=True)
        DecisionFacts.objects.bulk_create([facts], ignore_conflicts=True)


class DecisionFacts(FederationOwned):
    """The facts that a decision was given. They can be erased; the decision and the record stay."""

    kept = models.OneToOneField(DecisionRecord, models.PROTECT, related_name="facts_row")
    facts = models.JSONField()
    salt = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"facts of decision {self.kept_id}"
