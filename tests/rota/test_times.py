"""Shifts in instants: any week, both clock changes, leap days; nothing counted twice or left out."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schoolgate.core.clock import LONDON, begins
from schoolgate.rota.models import Cycle, Pattern, When, days_of, instant, joined, span_of, uncovered

DAY = timedelta(days=1)
FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)
LEAP = date(2028, 2, 29)
NONE = frozenset[date]()

days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (FORWARD, time(0, 59), "2027-03-28T00:59"),
        (FORWARD, time(1, 0), "2027-03-28T01:00"),  # skipped: the moment at which the clocks go forward
        (FORWARD, time(1, 30), "2027-03-28T01:00"),
        (FORWARD, time(2, 0), "2027-03-28T01:00"),
        (BACK, time(1, 30), "2026-10-25T00:30"),  # comes twice: the first
        (BACK, time(2, 0), "2026-10-25T02:00"),
        (LEAP, time(12, 0), "2028-02-29T12:00"),
        (date(2027, 7, 1), time(8, 0), "2027-07-01T07:00"),
    ],
)
def test_a_time_on_londons_clocks_is_an_instant(day, at, utc):
    assert instant(day, at) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@given(days, minutes, minutes)
@example(FORWARD, time(1, 30), time(2, 0))
@example(BACK, time(1, 59), time(2, 0))
def test_what_is_later_on_the_clock_is_never_earlier_in_time(day, one, other):
    earlier, later = sorted((one, other))
    assert instant(day, earlier) <= instant(day, later) <= instant(day + DAY, time(0))


@given(days, minutes)
def test_a_time_that_there_is_is_shown_by_the_clocks(day, at):
    shown = instant(day, at).astimezone(LONDON)
    assert (shown.date(), shown.time()) == (day, at) or (day.month, at.hour) == (3, 1)


@given(days, st.integers(1, 200), st.lists(minutes, min_size=1, max_size=6, unique=True))
@example(FORWARD - DAY, 3, [time(1, 15), time(1, 45), time(17)])
@example(BACK - DAY, 3, [time(1, 30), time(8)])
@example(LEAP - DAY, 3, [time(0), time(12)])
def test_shifts_that_meet_on_the_clock_leave_no_gap_and_no_overlap(first, number, cuts):
    """A day cut into shifts one after the other, the last running into the next day's first."""
    cuts = sorted(cuts)
    last = first + number * DAY
    patterns = [
        Pattern(n, weekday, cut, 0 if n + 1 < len(cuts) else 1, cuts[(n + 1) % len(cuts)])
        for weekday in range(7)
        for n, cut in enumerate(cuts)
    ]
    spans = [
        span_of(each, day)
        for each in patterns
        for day in days_of(each, first=first, last=last, cycle=Cycle(), holidays=NONE)
    ]
    whole = (instant(first, cuts[0]), instant(last + DAY, cuts[0]))
    assert joined(spans) == [whole]
    assert uncovered(whole, spans) == []
    assert sum((ends - starts for starts, ends in spans), timedelta()) == whole[1] - whole[0]


@given(days, st.integers(0, 60))
def test_one_week_of_day_and_night_is_as_long_as_the_clocks_make_it(first, weeks):
    """A weekend from Friday evening to Monday morning, and it is over before the next."""
    weekend = Pattern(1, 4, time(17), 3, time(8))
    found = days_of(weekend, first=first, last=first + weeks * 7 * DAY, cycle=Cycle(), holidays=NONE)
    for day in found:
        starts, ends = span_of(weekend, day)
        assert day.weekday() == 4
        assert ends - starts in (timedelta(hours=62), timedelta(hours=63), timedelta(hours=64))
    assert span_of(weekend, BACK - 2 * DAY)[1] - span_of(weekend, BACK - 2 * DAY)[0] == timedelta(hours=64)
    assert span_of(weekend, FORWARD - 2 * DAY)[1] - span_of(weekend, FORWARD - 2 * DAY)[0] == timedelta(
        hours=62
    )


@given(days, st.integers(1, 8), st.integers(0, 6), st.integers(0, 120))
def test_each_week_of_the_cycle_has_its_turn_once(monday_of, weeks, weekday, before):
    monday = monday_of - timedelta(days=monday_of.weekday())
    cycle = Cycle(weeks, monday)
    first = monday - before * DAY
    last = first + (7 * weeks - 1) * DAY
    found = [
        day
        for week in range(1, weeks + 1)
        for day in days_of(
            Pattern(week, weekday, time(8), 0, time(9), week=week), first=first, last=last, cycle=cycle,
            holidays=NONE,
        )
    ]  # fmt: skip
    every = [first + n * DAY for n in range(7 * weeks) if (first + n * DAY).weekday() == weekday]
    assert sorted(found) == every


@given(days, st.sets(st.integers(0, 60)))
def test_a_day_is_of_term_or_of_the_holidays_and_never_of_both(first, off):
    holidays = {first + n * DAY for n in off}
    last = first + 60 * DAY

    def found(when):
        return {
            day
            for weekday in range(7)
            for day in days_of(
                Pattern(1, weekday, time(8), 0, time(9), when), first=first, last=last, cycle=Cycle(),
                holidays=holidays,
            )
        }  # fmt: skip

    assert found(When.HOLIDAYS) == holidays
    assert found(When.TERM) | found(When.HOLIDAYS) == found(When.ALWAYS)
    assert not found(When.TERM) & found(When.HOLIDAYS)


def test_a_shift_counts_from_its_first_day_to_its_last():
    every = Pattern(1, 0, time(8), 0, time(9), from_day=date(2027, 1, 5), to_day=date(2027, 1, 18))
    found = days_of(every, first=date(2027, 1, 1), last=date(2027, 3, 1), cycle=Cycle(), holidays=NONE)
    assert list(found) == [date(2027, 1, 11), date(2027, 1, 18)]


spans = st.lists(st.tuples(st.integers(0, 48), st.integers(0, 48)), max_size=8).map(
    lambda pairs: [(_hour(a), _hour(b)) for a, b in pairs]
)


def _hour(number: int) -> datetime:
    return begins(FORWARD) + timedelta(hours=number)


@given(spans)
def test_every_hour_is_covered_or_not_and_never_both(by):
    whole = (_hour(0), _hour(48))
    gaps = uncovered(whole, by)
    for number in range(48):
        middle = _hour(number) + timedelta(minutes=30)
        covered = any(starts <= middle < ends for starts, ends in by)
        assert covered is not any(starts <= middle < ends for starts, ends in gaps)
