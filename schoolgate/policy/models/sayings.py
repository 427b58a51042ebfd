"""Saved decisions, what people state or ask of the policy, and what the role that rules said."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.core.retention import Part
from schoolgate.people.models import Permission, Person
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.models.versions import STILL_ASKED, AskedState, Attested, PolicyVersion, Reading, Ruled
from schoolgate.rulebook import Decision

# Saved decisions, with the wording of their day and their facts.


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


DECIDED_ON = Part(DecisionFacts, "kept__subject", by_subject=True)
"""What a decision was given, as a part of what it's about."""


# Statements by people for themselves, for the policy, or for the federation: only ever added to.


class Attestation(FederationOwned):
    """What only a person can judge, vouched for by their own sign-in. Only ever added to."""

    numbered: ClassVar[Promise] = _("A person’s confirmation {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    kind = models.CharField(max_length=30, choices=Attested)
    subject = models.CharField(max_length=80)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.BooleanField()
    """False: declined. That is saved too, and a later yes is a row of its own."""
    on_paper = models.BooleanField(default=False)
    seen_digest = models.CharField(max_length=64)
    document = models.CharField(max_length=64, blank=True)
    """SHA-256 of the school's own document that they read or understood; empty without one."""
    note = models.TextField(blank=True, max_length=2000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_nobody_reads_for_another",
                condition=~Q(kind__in=[Attested.POLICY_READ, Attested.POLICY_UNDERSTOOD, Attested.GUIDE_READ])
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
    """A ruling on what the policy's words leave open. Cited until they change."""

    numbered: ClassVar[Promise] = _("Ruling {number}")
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
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, blank=True, related_name="+")
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

    numbered: ClassVar[Promise] = _("Choice {number}")
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


# Questions put to the role that rules, and withdrawn rulings.


class PutToRole(FederationOwned):
    """What a person put to a role of the policy, the decision that it rests on, and the role's answer."""

    numbered: ClassVar[Promise] = _("Question for a ruling {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AskedState, default=AskedState.OPEN)
    state_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True, max_length=4000)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        abstract = True


class RulingAsked(PutToRole):
    """A question put to the role that rules, with the asker's answers so far."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="questions")
    tension = models.CharField(max_length=80, blank=True)
    """Which open question of the policy it turns on; empty where the policy's words name none."""
    entry = models.CharField(max_length=80)
    """Which question of the catalogue it is."""
    answers = models.JSONField(default=dict)
    """The answers, in the form used in an address: never a name, never a text."""
    words = models.TextField(_("What do you want to know?"), max_length=2000)
    to_role = models.CharField(max_length=120, blank=True)
    """The policy's own name for the role that rules; empty where it names none."""
    ruling = models.ForeignKey(Ruling, models.PROTECT, null=True, blank=True, related_name="questions")

    class Meta:
        verbose_name_plural = "rulings asked for"
        constraints = [
            models.CheckConstraint(
                name="policy_question_answered_as_its_state_says",
                condition=Q(state=AskedState.OPEN, answered_by=None, ruling=None)
                | Q(state=AskedState.RULED, answered_by__isnull=False, ruling__isnull=False)
                | Q(
                    state__in=[AskedState.ANSWERED, AskedState.DECLINED],
                    answered_by__isnull=False,
                    ruling=None,
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "version", "state", "tension"], name="policy_question_by_tension"
            ),
            models.Index(fields=["federation", "asked_by", "-id"], name="policy_question_mine"),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class RulingEnd(FederationOwned):
    """A withdrawn ruling, with the reason. Only ever added to."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="end")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    because = models.TextField(max_length=4000)

    def __str__(self) -> str:
        return f"end of ruling {self.ruling_id}"


# Requests for a permission that a rule waits for.


class PermissionAsked(PutToRole):
    """A permission that a person asked the role for which can give it.

    `about`: what it is asked for, a post or a comment (`publishing.post:7`). `covers` and `subject`: those of
    the permission that a yes gives. `lasts_for`: what it is about if it is given for some days, not for this
    text alone; empty where that can't be.
    """

    about = models.CharField(max_length=80)
    covers = models.CharField(max_length=120)
    subject = models.CharField(max_length=80)
    lasts_for = models.CharField(max_length=80, blank=True)
    point = models.CharField(max_length=60)
    """The point of the situation at which the policy waits for it."""
    roles = models.JSONField(default=list)
    """The keys of the roles that can give it."""
    named = models.BooleanField()
    """Whether the policy names these roles; if not, those who look after the policy are asked."""
    clauses = models.JSONField(default=list)
    words = models.TextField(_("What should they know?"), max_length=2000, blank=True)
    text = models.TextField(blank=True)
    """The exact text that a yes covers."""
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    account_id = models.BigIntegerField(null=True, blank=True)
    permission = models.OneToOneField(
        Permission, models.PROTECT, null=True, blank=True, related_name="request"
    )

    class Meta:
        verbose_name_plural = "permissions asked for"
        constraints = [
            models.CheckConstraint(
                name="policy_permission_answered_as_its_state_says",
                condition=Q(state__in=[*STILL_ASKED, AskedState.LAPSED], answered_by=None, permission=None)
                | Q(state=AskedState.GIVEN, answered_by__isnull=False, permission__isnull=False)
                | Q(state=AskedState.DECLINED, answered_by__isnull=False, permission=None),
            ),
            models.UniqueConstraint(
                fields=["federation", "about", "covers"],
                condition=Q(state__in=STILL_ASKED),
                name="policy_permission_asked_once",
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "about", "-id"], name="policy_permission_about"),
            models.Index(fields=["federation", "asked_by", "-id"], name="policy_permission_mine"),
        ]

    def __str__(self) -> str:
        return f"request for permission {self.pk}"

    @property
    def kind(self) -> str:
        """Return what it covers, without the digest of a text."""
        return self.covers.partition(":")[0]


class PermissionWord(FederationOwned):
    """A question back to the person who asked for a permission, or their answer. Only ever added to."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    asked = models.ForeignKey(PermissionAsked, models.PROTECT, related_name="said")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(max_length=2000)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"word {self.pk} on request {self.asked_id}"
