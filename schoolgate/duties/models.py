"""One kind of row for everything that must be done."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import NEVER
from schoolgate.core.models import FederationOwned, School
from schoolgate.duties.due import Due
from schoolgate.duties.states import STILL_TO_DO, Basis, DueKind, DutyState
from schoolgate.duties.urgency import Urgency
from schoolgate.people.models import Person


class Duty(FederationOwned):
    """Something that a person or role must do about a subject, under a clause, perhaps by a deadline.

    It stores the policy version under which it was opened: a later version does not change what was owed.
    """

    numbered: ClassVar[Promise] = _("Task {number}")

    kind = models.CharField(max_length=60)
    """What this program calls it, such as `accounts.decide`: `kinds` has its words and its button."""
    what = models.CharField(max_length=60)
    """What has to be done, in the rulebook's own key; equals `kind` where no rule gave another."""
    subject = models.CharField(max_length=80)
    subject_account = models.BigIntegerField(null=True, blank=True)
    """The account concerned, a plain number: the accounts app depends on this one."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    role_key = models.CharField(max_length=80, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    about_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    """The owner of the subject: a role's duty also belongs to holders of the role as their line manager."""
    then_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    then_role_key = models.CharField(max_length=80, blank=True)
    then_basis = models.CharField(max_length=10, choices=Basis, blank=True)

    urgency = models.PositiveSmallIntegerField(default=Urgency.USUAL, db_default=Urgency.USUAL)
    """One of `urgency.Urgency`: lists are sorted by it before they are by time."""
    due_kind = models.CharField(max_length=15, choices=DueKind)
    due_at = models.DateTimeField(null=True, blank=True)
    due_day = models.DateField(null=True, blank=True)
    due_by = models.DateTimeField()
    """The last instant in time, or the far future where none is promised: for sorting and sweeping only."""
    warn_from = models.DateTimeField(null=True, blank=True)

    clauses = models.JSONField(default=list)
    decision = models.BigIntegerField(null=True, blank=True)
    """The recorded decision that opened it, a plain number: the app of decisions depends on this one."""
    policy_version = models.CharField(max_length=120, blank=True)

    state = models.CharField(max_length=12, choices=DutyState, default=DutyState.OPEN)
    opened_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True, blank=True)
    overdue_at = models.DateTimeField(null=True, blank=True)
    moved_on_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    discharged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField(max_length=60, blank=True)
    cancelled_because = models.CharField(max_length=60, blank=True)

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(
                name="duty_is_somebodys",
                condition=Q(person__isnull=False, role_key="") | (Q(person=None) & ~Q(role_key="")),
            ),
            models.CheckConstraint(
                name="duty_second_person_has_a_basis",
                condition=Q(then_person=None, then_role_key="", then_basis="")
                | Q(then_person__isnull=False, then_role_key="") & ~Q(then_basis="")
                | Q(then_person=None) & ~Q(then_role_key="") & ~Q(then_basis=""),
            ),
            models.CheckConstraint(
                name="duty_time_is_of_its_kind",
                condition=Q(due_kind=DueKind.INSTANT, due_at__isnull=False, due_day=None)
                | Q(due_kind=DueKind.DAY, due_at=None, due_day__isnull=False)
                | Q(due_kind=DueKind.NONE_PROMISED, due_at=None, due_day=None, due_by=NEVER),
            ),
            models.CheckConstraint(
                name="duty_ended_as_its_state_says",
                condition=Q(state__in=STILL_TO_DO, ended_at=None, how="", cancelled_because="")
                | Q(state=DutyState.DISCHARGED, ended_at__isnull=False, cancelled_because="") & ~Q(how="")
                | Q(state=DutyState.CANCELLED, ended_at__isnull=False, how="") & ~Q(cancelled_because=""),
            ),
            models.CheckConstraint(
                name="duty_without_a_time_is_never_overdue",
                condition=Q(overdue_at=None) | ~Q(due_kind=DueKind.NONE_PROMISED),
            ),
            models.UniqueConstraint(
                fields=["federation", "kind", "subject", "person", "role_key"],
                condition=Q(state__in=STILL_TO_DO),
                nulls_distinct=False,
                name="duty_stands_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "person", "urgency", "due_by", "id"],
                condition=Q(state__in=STILL_TO_DO),
                name="duty_of_a_person",
            ),
            models.Index(
                fields=["federation", "role_key", "urgency", "due_by", "id"],
                condition=Q(state__in=STILL_TO_DO),
                name="duty_of_a_role",
            ),
            models.Index(
                fields=["federation", "then_person", "urgency", "due_by", "id"],
                condition=Q(state__in=STILL_TO_DO, moved_on_at__isnull=False),
                name="duty_moved_to_a_person",
            ),
            models.Index(
                fields=["federation", "then_role_key", "urgency", "due_by", "id"],
                condition=Q(state__in=STILL_TO_DO, moved_on_at__isnull=False),
                name="duty_moved_to_a_role",
            ),
            models.Index(fields=["federation", "state", "due_by", "id"], name="duty_by_time"),
            models.Index(
                fields=["federation", "urgency", "id"],
                condition=Q(state__in=STILL_TO_DO, urgency__lt=Urgency.USUAL),
                name="duty_urgent",
            ),
            models.Index(
                fields=["federation", "warn_from"],
                condition=Q(state=DutyState.OPEN, warned_at=None, warn_from__isnull=False),
                name="duty_to_remind",
            ),
            models.Index(fields=["federation", "subject"], name="duty_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.subject}"

    @property
    def due(self) -> Due:
        """Return the time in the policy's own terms."""
        return Due(DueKind(self.due_kind), instant=self.due_at, on=self.due_day)

    @property
    def still_to_do(self) -> bool:
        """Return whether it is neither done nor cancelled; an overdue duty still has to be done."""
        return self.state in STILL_TO_DO
