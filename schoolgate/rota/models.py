"""Rows of this app: rotas, the shifts of their week, single turns, swaps and calendar addresses."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.rota.states import MINUTES, MOST_WEEKS, FeedOf, SwapState, When
from schoolgate.rota.times import Cycle, Pattern

LONGEST_NOTE = 300


class Rota(FederationOwned):
    """Who is on duty for one school, or for the whole federation. Ended, never deleted."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    weeks = models.PositiveSmallIntegerField(default=1)
    """How many weeks the pattern has before it repeats."""
    monday = models.DateField()
    """A Monday on which the first of them began."""
    check_in_minutes = models.PositiveSmallIntegerField(default=15)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "school"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="rota_rota_once",
            ),
            models.CheckConstraint(name="rota_rota_weeks", condition=Q(weeks__range=(1, MOST_WEEKS))),
            models.CheckConstraint(name="rota_rota_minutes", condition=Q(check_in_minutes__range=MINUTES)),
        ]

    def __str__(self) -> str:
        return f"rota {self.pk}"

    @property
    def cycle(self) -> Cycle:
        """Return how its weeks repeat."""
        return Cycle(self.weeks, self.monday)


class Shift(FederationOwned):
    """A shift of the repeating week, in London time, from a day to a day (both included).

    A shift for one day only is one whose first day is its last.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    rota = models.ForeignKey(Rota, models.PROTECT, related_name="shifts")
    week = models.PositiveSmallIntegerField(default=1)
    weekday = models.PositiveSmallIntegerField()
    """0 is Monday."""
    starts = models.TimeField()
    nights = models.PositiveSmallIntegerField()
    """How many midnights lie between its start and its end."""
    ends = models.TimeField()
    when = models.CharField(max_length=10, choices=When, default=When.ALWAYS)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="rota_shift_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="rota_shift_week", condition=Q(week__range=(1, MOST_WEEKS))),
            models.CheckConstraint(name="rota_shift_nights", condition=Q(nights__lte=7)),
            models.CheckConstraint(
                name="rota_shift_ends_later", condition=Q(nights__gte=1) | Q(ends__gt=F("starts"))
            ),
        ]
        indexes = [models.Index(fields=["federation", "rota", "to_day"], name="rota_shift_of_rota")]

    def __str__(self) -> str:
        return f"shift {self.pk}"

    @property
    def pattern(self) -> Pattern:
        """Return the shift as plain values."""
        return Pattern(
            self.pk, self.weekday, self.starts, self.nights, self.ends, self.when, self.week, self.from_day,
            self.to_day,
        )  # fmt: skip


class Turn(FederationOwned):
    """A shift on one day, once something about it is recorded: another person does it, it began, it was
    checked in to.

    `given`: `person` does it in place of the person of the week. `called_off`: it is cancelled on that day.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="turns")
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given = models.BooleanField(default=False)
    called_off = models.BooleanField(default=False)
    began_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    checked_in_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    """What the next person should know. Emptied after four weeks."""
    earlier = models.TextField(blank=True, default="", db_default="")
    """Notes that another replaced and a safeguarding lead was told of, newest first. Emptied with it."""
    noted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "shift", "day"], name="rota_turn_once"),
            models.CheckConstraint(name="rota_turn_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="rota_turn_checked_in_together",
                condition=Q(checked_in_at=None, checked_in_by=None)
                | Q(checked_in_at__isnull=False, checked_in_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["federation", "ends_at"], name="rota_turn_by_time")]

    @property
    def notes(self) -> list[str]:
        """Return the note, and those before it that a safeguarding lead was told of."""
        return [each for each in (self.note, *self.replaced) if each]

    @property
    def replaced(self) -> list[str]:
        """Return the notes of `earlier`, each of which is one line."""
        return self.earlier.split("\n") if self.earlier else []

    lead_told = False
    """Whether a safeguarding lead was told of the note that was just saved."""

    def __str__(self) -> str:
        return f"turn {self.pk}"


class Swap(FederationOwned):
    """A request that another person does a turn. `to`: who is asked, None for anyone who may; `in_return`:
    their turn that the asker does instead."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    turn = models.ForeignKey(Turn, models.PROTECT, related_name="swaps")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    in_return = models.ForeignKey(Turn, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=SwapState, default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    state_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "turn"], condition=Q(state=SwapState.ASKED), name="rota_swap_once"
            ),
            models.CheckConstraint(
                name="rota_swap_in_return_of_one", condition=Q(in_return=None) | Q(to__isnull=False)
            ),
            models.CheckConstraint(name="rota_swap_not_oneself", condition=Q(to=None) | ~Q(to=F("by"))),
        ]

    def __str__(self) -> str:
        return f"swap {self.pk}"


class Feed(FederationOwned):
    """The secret calendar address of a person's shifts, or of the posts they see; only its digest is
    stored."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    of = models.CharField(max_length=8, choices=FeedOf, default=FeedOf.SHIFTS)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "person", "of"], name="rota_feed_of_person"),
            models.UniqueConstraint(fields=["federation", "digest"], name="rota_feed_once"),
        ]

    def __str__(self) -> str:
        return f"calendar address {self.pk}"
