"""A policy’s versions, our readings of them and their documents, and the states of all rows here."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person

# States and values of policy versions, attestations and rulings.


class VersionState(TextChoices):
    """A version binds until the next one is in force; being past its review does not end it."""

    DRAFT = "draft", _("Being prepared")
    ADOPTED = "adopted", _("Adopted, not yet in force")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Replaced by a later version")
    WITHDRAWN = "withdrawn", _("Withdrawn before it came into force")


VERSION_MOVES: Mapping[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.ADOPTED, VersionState.WITHDRAWN}),
    VersionState.ADOPTED: frozenset({VersionState.IN_FORCE, VersionState.WITHDRAWN}),
    VersionState.IN_FORCE: frozenset({VersionState.SUPERSEDED}),
    VersionState.SUPERSEDED: frozenset(),
    VersionState.WITHDRAWN: frozenset(),
}


class ReviewOutcome(TextChoices):
    """The outcome of a review: short codes, because they are part of the record."""

    KEEP = "keep", _("It stays unchanged")
    CHANGE = "change", _("It needs changing, so a new version will follow")


class SuggestionState(TextChoices):
    """The outcome of a suggestion."""

    OPEN = "open", _("Waiting for an answer")
    TAKEN = "taken", _("Accepted for the next version")
    DECLINED = "declined", _("Not accepted")


SUGGESTION_MOVES: Mapping[SuggestionState, frozenset[SuggestionState]] = {
    SuggestionState.OPEN: frozenset({SuggestionState.TAKEN, SuggestionState.DECLINED}),
    SuggestionState.TAKEN: frozenset(),
    SuggestionState.DECLINED: frozenset(),
}


class Attested(TextChoices):
    """What a person can vouch for by their own sign-in. A closed list: pages know a sentence for each."""

    POLICY_READ = "policy_read", _("has read the policy")
    POLICY_UNDERSTOOD = "policy_understood", _("understands the policy")
    TRAINED = "trained", _("has had suitable training")
    GUIDE_READ = "guide_read", _("has read the guide")
    PROFILE_TEXT = "profile_text", _("the profile says what the policy asks for")
    PICTURE_CHECKED = "picture_checked", _("the picture was checked against the consent list")
    STRONG_REASON = "strong_reason", _("there is a strong reason for the account")
    SUITABILITY = "suitability", _("the post is suitable for its audience")
    CLAUSE_ELSEWHERE = "clause_elsewhere", _("the clause isn’t about this question")


OWN_ONLY = frozenset({Attested.POLICY_READ, Attested.POLICY_UNDERSTOOD})
"""No one can say for another person that they have read or understood."""


class AskedState(TextChoices):
    """The status of what was put to a role: a question for a ruling, or a request for permission."""

    OPEN = "open", _("Waiting for an answer")
    BACK = "back", _("Question asked")
    GIVEN = "given", _("Permission given")
    LAPSED = "lapsed", _("No longer needed")
    RULED = "ruled", _("Answered by a ruling")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("No ruling given")


ASKED_MOVES: Mapping[AskedState, frozenset[AskedState]] = {
    AskedState.OPEN: frozenset({AskedState.RULED, AskedState.ANSWERED, AskedState.DECLINED}),
    AskedState.RULED: frozenset(),
    AskedState.ANSWERED: frozenset(),
    AskedState.DECLINED: frozenset(),
}


PERMISSION_MOVES: Mapping[AskedState, frozenset[AskedState]] = {
    AskedState.OPEN: frozenset({AskedState.BACK, AskedState.GIVEN, AskedState.DECLINED, AskedState.LAPSED}),
    AskedState.BACK: frozenset({AskedState.OPEN, AskedState.LAPSED}),
    AskedState.GIVEN: frozenset(),
    AskedState.DECLINED: frozenset(),
    AskedState.LAPSED: frozenset(),
}
STILL_ASKED = (AskedState.OPEN, AskedState.BACK)
"""A request for permission that has no yes or no so far."""


class Ruled(TextChoices):
    """A ruling's answer where the policy's words leave a question open."""

    PERMITTED = "permitted", _("permitted")
    NOT_PERMITTED = "not_permitted", _("not permitted")


class PracticeKind(TextChoices):
    """What is noted of how the policy works: short codes, because they are part of the record."""

    WATCHED = "watched", _("How it works in practice")
    CHANGE = "change", _("Risk and recommended change")
    DIRECTION = "direction", _("Governors’ direction")
    PLAN = "plan", _("School development plan")
    TASK = "task", _("Putting the policy into practice")
    TRAINING = "training", _("Training evaluation")
    DELEGATION = "delegation", _("Delegation")


class ManagerDid(TextChoices):
    """What a line manager did about someone in their team: short codes, because they are part of the
    record."""

    TOLD = "told", _("I told them what the policy expects")
    SPOKEN = "spoken", _("I spoke to them about conduct below the standard")
    TRAINING = "training", _("I arranged training for them")
    PASSED_ON = "passed_on", _("I passed it on to someone senior")


class GuideFor(TextChoices):
    """The readers that a guide is written for."""

    KS1 = "ks1", _("Pupils in Key Stage 1 (5 to 7)")
    KS2 = "ks2", _("Pupils in Key Stage 2 (7 to 11)")
    KS3 = "ks3", _("Pupils in Key Stage 3 (11 to 14)")
    KS4 = "ks4", _("Pupils in Key Stage 4 and sixth form")
    PARENTS = "parents", _("Parents and carers")
    STAFF = "staff", _("Staff")


class GuideAbout(TextChoices):
    """What a guide is about."""

    BEHAVIOUR = "behaviour", _("Behaviour online")
    HELP = "help", _("Getting help")
    REPORTING = "reporting", _("Reporting a concern")
    PRIVACY = "privacy", _("Privacy settings")
    MISUSE = "misuse", _("Misuse, and what follows")
    IDENTITY = "identity", _("Identity fraud")
    OTHER = "other", _("Something else")


class Programme(TextChoices):
    """A programme of teaching, by its readers; `policy.guides.NAMES` has what the rules call it."""

    PUPIL = "pupil", _("Pupils")
    PARENT = "parent", _("Parents and carers")


class PageState(TextChoices):
    """What the last look at a page for parents found; a page that can't be read proves nothing."""

    NEW = "", _("Not looked at yet")
    THERE = "there", _("Found")
    MISSING = "missing", _("Not there")
    UNREADABLE = "unreadable", _("Couldn’t be read")


class Term(TextChoices):
    """A term of the school year."""

    AUTUMN = "autumn", _("Autumn term")
    SPRING = "spring", _("Spring term")
    SUMMER = "summer", _("Summer term")


# A policy's versions and our readings of them; reviews; what people suggest.


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


# The document that was adopted, in the school's own words, and which of them make each clause.


class PolicyDocument(FederationOwned):
    """The adopted document of a version as it was read. Never changed: a replaced one is a new row, and the
    newest counts."""

    numbered: ClassVar[Promise] = _("Policy document {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    """Counted from 1 within its version."""
    name = models.CharField(max_length=200)
    """What the file was called; empty where the text was pasted."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the file, which is in the file store."""
    media_type = models.CharField(max_length=100)
    pieces = models.JSONField()
    """Its headings, paragraphs and items of lists in order: `documents.Piece`."""
    without_text = models.JSONField(default=list)
    """The pages that show no text."""
    proposed = models.JSONField(default=dict)
    """The sentences that the program found for each clause, by the clause's id: numbers from 1."""
    because = models.TextField(_("Why it is replaced"), blank=True, max_length=2000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "version", "number"], name="policy_document_once")
        ]

    def __str__(self) -> str:
        return f"document {self.number} of version {self.version_id}"


class ClausePassage(FederationOwned):
    """The sentences of a document that a person says make a clause. Only added to; the newest counts."""

    numbered: ClassVar[Promise] = _("Words of a clause {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="passages")
    clause = models.CharField(max_length=80)
    sentences = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    """Their numbers from 1; none: the document doesn't say it."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["federation", "document", "clause", "-id"], name="policy_passage_newest")
        ]

    def __str__(self) -> str:
        return f"words of {self.clause}"


# A document from which a policy's clauses are picked; deleted when picking is done.


class PolicyImport(FederationOwned):
    """A document that was read, what each of its sentences may be, and the picks made so far.

    Nothing of it is in force. There is one for each federation; it is deleted once finished.
    """

    name = models.CharField(max_length=200)
    """What the file was called."""
    without_text = models.JSONField(default=list)
    """The pages that show no text."""
    sentences = models.JSONField()
    """What was read and proposed, in the order of the document: `imports.Sentence`. Never changed."""
    picks = models.JSONField(default=dict)
    """The picks, by the sentence's number from 1: `imports.Pick`."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["federation"], name="policy_one_import")]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def picked(self) -> dict[int, dict[str, Any]]:
        """The picks, by number."""
        return {int(number): pick for number, pick in self.picks.items()}
