"""One kind of row for everything that must be done.

States of a duty and their allowed transitions.

How urgent something is: the one order of every list, page and mail. Danger to a person comes first.

When a duty is due: at an instant, on a day, or with no time promised. Plain values, no rows.

Texts of task events in the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.days import NEVER
from schoolgate.core.events import Event, declare
from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.rulebook import findings


class DutyState(TextChoices):
    """The status of a duty. An overdue one still has to be done."""

    OPEN = "open", _("To do")
    OVERDUE = "overdue", _("Overdue")
    DISCHARGED = "discharged", _("Done")
    CANCELLED = "cancelled", _("No longer needed")


DUTY_MOVES: Mapping[DutyState, frozenset[DutyState]] = {
    DutyState.OPEN: frozenset({DutyState.OVERDUE, DutyState.DISCHARGED, DutyState.CANCELLED}),
    DutyState.OVERDUE: frozenset({DutyState.DISCHARGED, DutyState.CANCELLED}),
    DutyState.DISCHARGED: frozenset(),
    DutyState.CANCELLED: frozenset(),
}

STILL_TO_DO = (DutyState.OPEN, DutyState.OVERDUE)


class DueKind(TextChoices):
    """The three ways in which a policy gives a deadline; the program never invents one."""

    INSTANT = "instant", _("by a set time")
    DAY = "day", _("by a set day")
    NONE_PROMISED = "none_promised", _("no deadline")


class Basis(TextChoices):
    """Whose rule passes a duty on to a second person."""

    POLICY = "policy", _("the policy’s own rule")
    CHOSEN = "chosen", _("the federation’s own choice")
    HOUSE = "house", _("a Schoolgate rule")


class Urgency(IntEnum):
    """From the most urgent; numbers, because lists are sorted by them and then by time."""

    DANGER = 0  # someone may be in danger now
    HARM = 1  # someone may come to harm meanwhile
    USUAL = 2  # by its deadline


ORDER = ("urgency", "due_by", "pk")
"""The order in which duties are listed: the most urgent first, then by their time."""


_SMALLEST = timedelta(microseconds=1)


@dataclass(frozen=True)
class Due:
    """A duty's time in the policy's own terms.

    Build it with `Due.at(instant)`, `Due.day(date)` or `Due.none_promised()`.
    """

    kind: DueKind
    instant: datetime | None = None
    on: date | None = None
    days_before: int = 0
    """How many days before its day it reminds; 0: that morning."""

    @classmethod
    def at(cls, instant: datetime) -> Self:
        """Due at an instant (aware; stored in UTC). Raises ValueError for a time without a zone."""
        if instant.tzinfo is None:
            raise ValueError("a due time needs its time zone")
        return cls(DueKind.INSTANT, instant=instant.astimezone(UTC))

    @classmethod
    def day(cls, on: date, *, days_before: int = 0) -> Self:
        """Due on a day; the whole of that day in Europe/London counts as in time."""
        return cls(DueKind.DAY, on=on, days_before=days_before)

    @classmethod
    def none_promised(cls) -> Self:
        """No deadline: the policy asks for it and names none, so it waits, and is never overdue."""
        return cls(DueKind.NONE_PROMISED)

    @classmethod
    def of(cls, found: findings.Due) -> Self:
        """Return the time of a duty that a decision names."""
        if found.instant is not None:
            return cls.at(found.instant)
        return cls.day(found.day) if found.day is not None else cls.none_promised()

    @property
    def last_instant(self) -> datetime:
        """Return the last instant (UTC) that is still in time; NEVER where none is promised."""
        if self.instant is not None:
            return self.instant
        if self.on is not None:
            # Midnight in London, not in UTC: in summer the two are an hour apart.
            return _midnight(self.on + timedelta(days=1)) - _SMALLEST
        return NEVER

    def warn_from(self, opened_at: datetime) -> datetime | None:
        """Return when to remind: with a quarter of the time left, or from the morning of the due day, or of
        one some days before it.

        Ours, not a policy's: a reminder creates no obligation. None where there is no deadline.
        """
        if self.instant is not None:
            return max(opened_at, self.instant - max(self.instant - opened_at, timedelta()) / 4)
        if self.on is not None:
            return max(opened_at, _midnight(self.on - timedelta(days=self.days_before)))
        return None

    def is_late(self, at: datetime) -> bool:
        """Return whether the deadline has passed; never where there is none."""
        return self.kind != DueKind.NONE_PROMISED and at > self.last_instant

    def day_in_london(self) -> date | None:
        """Return the day it falls on, for showing; None where none is promised."""
        return self.on if self.instant is None else local_day(self.instant)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LONDON).astimezone(UTC)


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


declare(
    {
        "duty.cancelled": Event(_("A task was no longer needed.")),
        "duty.discharged": Event(_("A task was done.")),
        "duty.moved_on": Event(_("A task was passed to the second person.")),
        "duty.opened": Event(_("A task was assigned.")),
        "duty.passed_on": Event(_("A task was passed on because the person left or the role was removed.")),
        "duty.overdue": Event(_("A task became overdue.")),
        "duty.second_replaced": Event(_("A task’s second role was removed, so another role took its place.")),
        "duty.refused": Event(_("The policy didn’t allow a task.")),
        "duty.told_again": Event(_("The alarm about a danger was repeated: no one had dealt with it.")),
        "duty.reminded": Event(_("A reminder was sent about a task.")),
    }
)
