"""Who was asked to read a version and answered, training, practice, guides and lessons."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.policy.models.sayings import Attestation, DecisionRecord
from schoolgate.policy.models.versions import (
    GuideAbout,
    GuideFor,
    ManagerDid,
    PageState,
    PolicyVersion,
    PracticeKind,
    Programme,
    Term,
)

# Requests to read a version, the links that were emailed, answers on paper, training, and checks.


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


# How the policy works in practice: what was watched, recommended, planned and evaluated.


class Practice(FederationOwned):
    """One note on how the policy works. Only `ended_on`, `ended_by` and `outcome` are set later.

    `on`: the day it happened; for a plan, the plan's own date. `due`: look again by, to be done by, or the
    last day. `figures`: numbers of that day by name. `outcome`: what was done about it.
    """

    numbered: ClassVar[Promise] = _("Note on how the policy works {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="practice")
    kind = models.CharField(max_length=10, choices=PracticeKind)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(max_length=4000)
    advice = models.TextField(blank=True, max_length=4000)
    from_role = models.CharField(max_length=120, blank=True)
    """The policy's own name of the role that delegates."""
    to_role = models.CharField(max_length=120, blank=True)
    """The policy's own name of the role that the advice goes to, or that something is delegated to."""
    reference = models.CharField(max_length=200, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    session = models.ForeignKey(TrainingSession, models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)
    figures = models.JSONField(default=dict)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(blank=True, max_length=4000)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        indexes = [models.Index(fields=["federation", "kind", "-on", "-id"], name="policy_practice_newest")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.on}"


# Guides for pupils, parents and staff, and the programme of lessons and talks.


class Guide(FederationOwned):
    """A guide; its words are those of its newest published version. `ended_at`: when it was withdrawn."""

    numbered: ClassVar[Promise] = _("Guide {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    audience = models.CharField(max_length=10, choices=GuideFor)
    about = models.CharField(max_length=10, choices=GuideAbout)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"guide {self.pk}"


class GuideVersion(FederationOwned):
    """The words of a guide as they were saved. Only `published_at` and `published_by` are set later.

    `reading_age`: in years, of the English text; None where it is too short to tell. `check_by`: the day by
    which a person looks at it again.
    """

    numbered: ClassVar[Promise] = _("Version of a guide {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=20_000)
    title_cy = models.CharField(max_length=120, blank=True)
    text_cy = models.TextField(max_length=20_000, blank=True)
    public = models.BooleanField()
    reading_age = models.PositiveSmallIntegerField(null=True)
    check_by = models.DateField()
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    """The version of the policy that it was written for."""
    decision = models.BigIntegerField()
    """What the policy said when it was saved."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "guide", "number"], name="policy_guide_number_once"
            ),
            models.CheckConstraint(
                name="policy_guide_welsh_as_a_whole",
                condition=Q(title_cy="", text_cy="") | (~Q(title_cy="") & ~Q(text_cy="")),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of guide {self.guide_id}"


class Lesson(FederationOwned):
    """A lesson, talk or evening of a programme: planned for a term, and then held or taken off.

    `year`: in which the school year begins. `group`: the year group or class; empty for parents.
    """

    numbered: ClassVar[Promise] = _("Lesson or talk {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    programme = models.CharField(max_length=8, choices=Programme)
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=8, choices=Term)
    group = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=200)
    guide = models.ForeignKey(Guide, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    held_on = models.DateField(null=True, blank=True)
    held_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    came = models.PositiveIntegerField(null=True, blank=True)
    """How many came, where they were counted."""
    off_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_lesson_held_or_off", condition=Q(held_on=None) | Q(off_at=None)
            ),
            models.CheckConstraint(
                name="policy_lesson_for_a_group",
                condition=Q(programme=Programme.PARENT, group="")
                | Q(programme=Programme.PUPIL) & ~Q(group=""),
            ),
        ]
        indexes = [models.Index(fields=["federation", "year", "id"], name="policy_lesson_by_year")]

    def __str__(self) -> str:
        return f"lesson {self.pk}"


class ParentsPage(FederationOwned):
    """The address of a page for parents on a school's own website, and what the last look at it found.

    `school`: None for the website of the federation as a whole.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PageState, default=PageState.NEW, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="policy_parentspage_one_a_school", fields=["federation", "school"],
                condition=Q(ended_at=None), nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"page for parents {self.pk}"
