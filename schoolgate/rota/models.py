"""Rows of the rota: its shifts in the week, single turns, swaps and calendar addresses; their states, and
when shifts are.

Shifts are a repeating week of London times, over both clock changes. A time that the clocks skip in March
counts as the moment at which they go forward, and a time that comes twice in October counts as the first of
the two. So shifts that meet on the clock also meet in time.

Texts of rota events in the record.

Kinds of tasks about shifts on the rota.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.core.days import stored_instant
from schoolgate.core.events import Event
from schoolgate.core.events import declare as declare_events
from schoolgate.core.models import FederationOwned, School
from schoolgate.duties.kinds import Named
from schoolgate.duties.kinds import declare as declare_task
from schoolgate.people.models import Person


class When(TextChoices):
    """On which days a shift applies."""

    ALWAYS = "always", _("All year")
    TERM = "term", _("Term time only")
    HOLIDAYS = "holidays", _("Holidays only")


class Gap(TextChoices):
    """Why a shift is uncovered."""

    NOBODY = "nobody", _("No one on this shift")
    LEFT = "left", _("Will have left by then")
    AWAY = "away", _("Away")
    ROLE = "role", _("No longer has a role that replies or moderates")


class SwapState(TextChoices):
    """The status of a request for cover or a swap."""

    ASKED = "asked", _("Waiting for a reply")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("No reply in time")


class FeedOf(TextChoices):
    """What a secret calendar address shows."""

    SHIFTS = "shifts", _("On duty")
    POSTS = "posts", _("Posts")


SWAP_MOVES: Mapping[SwapState, frozenset[SwapState]] = {
    SwapState.ASKED: frozenset(
        {SwapState.ACCEPTED, SwapState.DECLINED, SwapState.WITHDRAWN, SwapState.LAPSED}
    ),
    SwapState.ACCEPTED: frozenset(),
    SwapState.DECLINED: frozenset(),
    SwapState.WITHDRAWN: frozenset(),
    SwapState.LAPSED: frozenset(),
}

MOST_WEEKS = 8
MINUTES = (5, 60)
"""Least and most minutes until the next person is told of a missed check-in."""


DAY = timedelta(days=1)
WEEK = 7
SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(days=7)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Pattern:
    """A shift of the repeating week. `nights`: midnights between its start and its end."""

    key: int
    weekday: int
    starts: time
    nights: int
    ends: time
    when: str = When.ALWAYS
    week: int = 1
    from_day: date = date.min
    to_day: date | None = None


@dataclass(frozen=True)
class Cycle:
    """How many weeks the pattern has before it repeats, and a Monday on which its first week began."""

    weeks: int = 1
    monday: date = date(2024, 1, 1)

    def week_of(self, day: date) -> int:
        """Return which week of the cycle a day is in, from 1; also before the first Monday."""
        return (day - self.monday).days // WEEK % self.weeks + 1


def instant(day: date, at: time) -> datetime:
    """Return the instant (UTC) at which London's clocks show that time on that day."""
    wall = datetime.combine(day, at)
    while (found := wall.replace(tzinfo=LONDON).astimezone(UTC)).astimezone(LONDON).replace(
        tzinfo=None, fold=0
    ) != wall:
        wall += timedelta(minutes=1)  # skipped by the clocks: the first minute that there is
    return found


def span_of(pattern: Pattern, day: date) -> Span:
    """Return the start and end of the shift that starts on a day."""
    return instant(day, pattern.starts), instant(day + pattern.nights * DAY, pattern.ends)


def days_of(
    pattern: Pattern, *, first: date, last: date, cycle: Cycle, holidays: Container[date]
) -> Iterator[date]:
    """Return the days between two, both included, on which the shift starts."""
    start = max(first, pattern.from_day)
    end = last if pattern.to_day is None else min(last, pattern.to_day)
    day = start + ((pattern.weekday - start.weekday()) % WEEK) * DAY
    while day <= end:
        applies = pattern.when == When.ALWAYS or (pattern.when == When.HOLIDAYS) == (day in holidays)
        if applies and cycle.week_of(day) == pattern.week:
            yield day
        day += WEEK * DAY


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, with those that meet or overlap merged; empty ones left out."""
    found: list[Span] = []
    for starts, ends in sorted(span for span in spans if span[0] < span[1]):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return found


def uncovered(span: Span, by: Sequence[Span]) -> list[Span]:
    """Return the parts of a span during which none of the others is."""
    found, at = [], span[0]
    for starts, ends in joined(by):
        if starts >= span[1]:
            break
        if starts > at:
            found.append((at, starts))
        at = max(at, ends)
    if at < span[1]:
        found.append((at, span[1]))
    return found


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


declare_events(
    {
        "rota.ended": Event(_("A rota was ended.")),
        "rota.made": Event(_("A rota was started.")),
        "rota.set": Event(_("A rota’s settings were changed.")),
        "shift.added": Event(_("A shift was added to a rota.")),
        "shift.ended": Event(_("A shift of a rota was ended.")),
        "turn.began": Event(_("A shift on the rota started."), _("Started")),
        "turn.called_off": Event(_("A shift on one day was cancelled."), _("No one needed")),
        "turn.checked_in": Event(_("A person checked in for a shift."), _("Checked in")),
        "turn.given": Event(_("A shift on one day was given to someone else."), _("Given to someone else")),
        "turn.handed_over": Event(_("A handover note was changed."), _("Handover note changed")),
        "turn.missing": Event(_("A shift has no one to cover it."), _("No one to cover it")),
        "swap.accepted": Event(_("A request for cover was accepted.")),
        "swap.asked": Event(_("A person asked for cover or a swap.")),
        "swap.declined": Event(_("A request for cover was declined.")),
        "swap.lapsed": Event(_("A request for cover got no reply in time.")),
        "swap.withdrawn": Event(_("A request for cover was withdrawn.")),
        "feed.ended": Event(_("A person’s calendar address was ended.")),
        "feed.made": Event(_("Someone created a calendar address for their shifts or posts.")),
    }
)


TURNS = Named(Turn, ("starts_at",), stored_instant)
SWAPS = Named(Swap, ("turn__starts_at",), stored_instant)

# fmt: off
CHECK_IN = declare_task("rota.check_in", _("A shift has started: check in"), _("Open shift"),
    page="rota-turn-by-id", mail="rota.shift", named=TURNS)
FILL = declare_task("rota.fill", _("Find cover for an empty shift"), _("Open shift"),
    page="rota-turn-by-id", mail="rota.gap", named=TURNS)
DECLINED = declare_task("rota.declined", _("Find someone else: no one has taken your shift"), _("Open shift"),
    page="rota-turn-by-id", mail="rota.swap", named=TURNS)
REPLY = declare_task("rota.reply", _("Reply to a request for cover"), _("Read and reply"),
    page="rota-swap", mail="rota.swap", named=SWAPS)
# fmt: on
