"""When shifts are, in instants: a repeating week of London times, over both clock changes. Pure.

A time that the clocks skip in March counts as the moment at which they go forward, and a time that comes
twice in October counts as the first of the two. So shifts that meet on the clock also meet in time.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from schoolgate.core.clock import LONDON
from schoolgate.rota.states import When

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
