"""Proposals and what signatures cover: rows, states and what the database refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord, PolicyVersion


class ProposalState(TextChoices):
    """From draft to approval or refusal."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Awaiting decision")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    NOTED = "noted", _("Sent. No rule asks for approval")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PROPOSAL_MOVES: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.DRAFT: frozenset({ProposalState.SUBMITTED, ProposalState.WITHDRAWN}),
    ProposalState.SUBMITTED: frozenset(
        {ProposalState.APPROVED, ProposalState.REFUSED, ProposalState.NOTED, ProposalState.WITHDRAWN}
    ),
    ProposalState.APPROVED: frozenset(),
    ProposalState.REFUSED: frozenset(),
    ProposalState.NOTED: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
}

LEADS_TO_AN_ACCOUNT = (ProposalState.APPROVED, ProposalState.NOTED)


class AccountState(TextChoices):
    """An account exists once approved, posts once it is open, and stays on the register when closed."""

    WAITING = "waiting", _("Not open yet")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


ACCOUNT_MOVES: Mapping[AccountState, frozenset[AccountState]] = {
    AccountState.WAITING: frozenset({AccountState.OPEN, AccountState.CLOSED}),
    AccountState.OPEN: frozenset({AccountState.CLOSED}),
    AccountState.CLOSED: frozenset(),
}


class Part(TextChoices):
    """A person's part in running an account."""

    LEAD = "lead", _("account lead")
    ADMINISTRATOR = "administrator", _("administrator")
    MODERATOR = "moderator", _("moderator")
    RUNNER = "runner", _("helper")


class AccountKind(TextChoices):
    """In whose name an account speaks; some rules hold for teaching accounts only."""

    SCHOOL = "school", _("In the name of a school or the federation")
    TEACHING = "teaching", _("For teaching pupils")
    OTHER = "other", _("Something else")


ENDED = (ProposalState.APPROVED, ProposalState.REFUSED, ProposalState.NOTED)


class Proposal(FederationOwned):
    """The case for an official account, as the policy asks for it, saved as it is written.

    `answers` holds what the policy's own form asks, by the form's keys. The columns are what the program
    needs to know of any account: its network, its school, and whether pupils are in its audience.
    """

    numbered: ClassVar[Promise] = _("Proposal {number}")

    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+", verbose_name=_("School"))
    name = models.CharField(_("Account name"), max_length=120, blank=True)
    network = models.CharField(_("Network"), max_length=40, blank=True)
    kind = models.CharField(_("Account type"), max_length=10, choices=AccountKind, blank=True)
    pupils_in_audience = models.BooleanField(_("Audience includes pupils"), null=True)
    youngest_pupil = models.PositiveSmallIntegerField(_("Age of the youngest pupil"), null=True)
    answers = models.JSONField(default=dict)
    considered = models.JSONField(default=dict)
    """What was written down for each thing against which the policy wants the idea weighed."""

    second_try_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="second_tries")
    """The refused proposal that this one started from."""

    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.DRAFT)
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, max_length=4000)
    """Why it was refused; the applicant reads it."""
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_proposal_decided_as_its_state_says",
                condition=Q(state__in=ENDED, decided_at__isnull=False)
                | ~Q(state__in=ENDED) & Q(decided_at=None),
            ),
            models.CheckConstraint(
                name="accounts_proposal_answer_has_a_person",
                condition=~Q(state__in=[ProposalState.APPROVED, ProposalState.REFUSED])
                | Q(decided_by__isnull=False, decision__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_refusal_gives_its_reason",
                condition=~Q(state=ProposalState.REFUSED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="accounts_proposal_submitted_complete",
                condition=Q(state__in=[ProposalState.DRAFT, ProposalState.WITHDRAWN])
                | Q(submitted_at__isnull=False, version__isnull=False) & ~Q(name="") & ~Q(network=""),
            ),
        ]
        indexes = [models.Index(fields=["federation", "-started_at", "-id"], name="accounts_proposal_newest")]

    def __str__(self) -> str:
        """Return its name; until it has one, its network and its school."""
        if self.name:
            return self.name
        whose = self.school.name if self.school else self.federation.name
        network = all_capabilities().get(self.network)
        return f"{network.name}, {whose}" if network else gettext("Account for {whose}").format(whose=whose)


class ProposalEdition(FederationOwned):
    """The content of a proposal when it was submitted, and after each change before the decision."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    said = models.JSONField(default=dict)
    """Every field by its key, as `editions.said_of` gives it."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "proposal", "number"], name="accounts_one_edition_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.number} of proposal {self.proposal_id}"


class Signature(FederationOwned):
    """One signature on a form that asks for several. It covers the edition that was shown.

    It is valid until a `SignatureVoided` says otherwise; one given in its place names the signature it
    replaces, so each step has at most one valid signature.
    """

    numbered: ClassVar[Promise] = _("Signature {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="signatures")
    step = models.PositiveSmallIntegerField()
    role_key = models.CharField(max_length=100)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_digest = models.CharField(max_length=64)
    """Digest of everything that was shown."""
    edition = models.ForeignKey(ProposalEdition, models.PROTECT, null=True, related_name="signatures")
    leaves_out = models.JSONField(default=list)
    """What the signer excluded."""
    instead_of = models.OneToOneField(
        "SignatureVoided", models.PROTECT, null=True, related_name="given_instead"
    )
    round = models.PositiveSmallIntegerField(default=0)
    """How many signatures of this proposal had been voided before it was given."""
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "proposal", "step"],
                condition=Q(instead_of=None),
                name="accounts_one_signature_a_step",
            ),
            models.UniqueConstraint(
                fields=["federation", "proposal", "by", "round"], name="accounts_signs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.step} of proposal {self.proposal_id}"


class SignatureVoided(FederationOwned):
    """A signature that is no longer valid, because what it covered was changed. Both stay on record."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    signature = models.OneToOneField(Signature, models.PROTECT, related_name="voided")
    edition = models.ForeignKey(ProposalEdition, models.PROTECT, related_name="+")
    """The edition with the change."""
    changed = models.JSONField(default=list)
    """The keys of the covered fields that changed."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"end of signature {self.signature_id}"


class SentBack(FederationOwned):
    """A refusal to sign, with the reason; the applicant reads it."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sent_back")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role_key = models.CharField(max_length=100)
    at = models.DateTimeField()
    words = models.TextField(max_length=4000)

    class Meta:
        constraints = [
            models.CheckConstraint(name="accounts_sent_back_with_words", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"proposal {self.proposal_id} sent back"


class Talk(FederationOwned):
    """A discussion before a decision, where the policy asks for one."""

    numbered: ClassVar[Promise] = _("Conversation {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="talks")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    covers = models.JSONField(default=list)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"talk {self.pk}"
