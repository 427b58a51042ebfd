"""Requests to read a version, the links that were emailed, answers on paper, training, and checks."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models.decisions import DecisionRecord
from schoolgate.policy.models.sayings import Attestation
from schoolgate.policy.models.versions import PolicyVersion
from schoolgate.policy.states import ManagerDid

LINK_LASTS = timedelta(days=14)
"""How long a link to the text is good (the program's own rule)."""


class Engagement(FederationOwned):
    """What a person is engaged as, where that decides whether the policy binds them. The newest counts."""

    numbered: ClassVar[Promise] = _("Employment status entry {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    works_as = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    systems_access = models.BooleanField(null=True)
    """Whether they can get into the systems or equipment; None: not known."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["federation", "person", "-id"], name="policy_engagement_newest")]

    def __str__(self) -> str:
        return f"engagement of person {self.person_id}"


class Asking(FederationOwned):
    """A request to a person bound by a version to read and acknowledge it."""

    numbered: ClassVar[Promise] = _("Acknowledgement request {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="askings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    document = models.CharField(max_length=64, blank=True)
    """SHA-256 of the school's own document at that time: for another one they are asked again."""
    at = models.DateTimeField()
    by_mail = models.BooleanField()
    """They do not sign in, so they get a link in their own mailbox."""
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "version", "person", "document"], name="policy_asked_once"
            ),
            models.CheckConstraint(
                name="policy_reminded_as_often_as_it_says",
                condition=Q(reminded_at=None, reminders=0) | Q(reminded_at__isnull=False, reminders__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} asked about {self.version_id}"


class ManagerStep(FederationOwned):
    """What a line manager says they did about someone in their team, so that they know the policy or because
    their conduct fell short; no words, because what was said stays between the two."""

    numbered: ClassVar[Promise] = _("Line manager’s step {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    did = models.CharField(max_length=10, choices=ManagerDid)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["federation", "person", "-id"], name="policy_managerstep_newest")]

    def __str__(self) -> str:
        return f"{self.did} about person {self.person_id}"


class ReadingLink(FederationOwned):
    """A link to the text for one person, sent to their own mailbox; only its hash is stored."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    asking = models.ForeignKey(Asking, models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    answer = models.OneToOneField(Attestation, models.PROTECT, null=True, blank=True, related_name="link")
    """The answer given through it: it works once."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "token_hash"], name="policy_link_once"),
            models.UniqueConstraint(
                fields=["federation", "asking"], condition=Q(ended_at=None), name="policy_one_open_link"
            ),
            models.CheckConstraint(
                name="policy_link_expires_later", condition=Q(expires_at__gt=F("made_at"))
            ),
            models.CheckConstraint(
                name="policy_link_answered_is_ended", condition=Q(answer=None) | Q(ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


class PaperAnswer(FederationOwned):
    """An answer signed on paper: its day, and the scan where there is one."""

    numbered: ClassVar[Promise] = _("Signed paper {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    attestation = models.OneToOneField(Attestation, models.PROTECT, related_name="paper")
    dated = models.DateField(_("Date on the paper"))
    scan = models.CharField(max_length=64, blank=True)
    scan_type = models.CharField(max_length=60, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    def __str__(self) -> str:
        return f"paper {self.pk}"


class UnderstandingCheck(FederationOwned):
    """The result of a short check of understanding: how many were right, never which answers were given."""

    numbered: ClassVar[Promise] = _("Understanding check {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    right = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person", "version", "number"], name="policy_check_number_once"
            ),
            models.CheckConstraint(
                name="policy_check_no_more_right_than_asked", condition=Q(right__lte=F("asked"))
            ),
        ]

    def __str__(self) -> str:
        return f"check {self.number} of person {self.person_id}"


class TrainingSession(FederationOwned):
    """A session in the calendar, and the version of the policy that it covers."""

    numbered: ClassVar[Promise] = _("Training session {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    on = models.DateField(_("Day"))
    topics = ArrayField(models.CharField(max_length=120))
    place = models.CharField(_("Where"), max_length=200, blank=True)
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True, blank=True)
    """When its attendance list was entered."""
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_session_listed_or_cancelled",
                condition=Q(listed_at=None) | Q(cancelled_at=None),
            )
        ]
        indexes = [models.Index(fields=["federation", "-at", "-id"], name="policy_session_newest")]

    def __str__(self) -> str:
        return f"session {self.pk}"


class TrainingPlace(FederationOwned):
    """A person's place at a session, and whether they attended."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="places")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    attended = models.BooleanField(null=True)
    """None until the attendance list is there."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "session", "person"], name="policy_place_once")
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} at session {self.session_id}"


class TrainingRecord(FederationOwned):
    """A person's training on a day. Only ever added to."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    attestation = models.OneToOneField(Attestation, models.PROTECT, related_name="training")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField(_("Date of the training"))
    topics = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, blank=True, related_name="+")
    """The version that it covered; None: not known."""
    session = models.ForeignKey(TrainingSession, models.PROTECT, null=True, blank=True, related_name="+")
    imported = models.BooleanField(default=False)
    """Imported from another list."""

    class Meta:
        indexes = [models.Index(fields=["federation", "person", "-on"], name="policy_training_of_person")]

    def __str__(self) -> str:
        return f"training {self.pk}"
