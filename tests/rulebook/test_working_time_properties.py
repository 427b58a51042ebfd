"""What holds for every instant from 2026 to 2030, the ten changes of clock included."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schoolgate.rulebook.working_time import (
    LONDON,
    Calendar,
    Days,
    DaysThatCount,
    MissingCalendar,
    NaiveInstant,
    after_hours,
    after_hours_on,
    after_working_days,
    day_ends,
    is_past,
    local_day,
    next_working_day,
)
from tests.pace import sized

pytestmark = pytest.mark.sized
few = settings(max_examples=sized(30, 300))
ONE_DAY = timedelta(days=1)
KNOWN = Days(date(2025, 1, 1), date(2032, 12, 31))
CLOCK_CHANGES = [
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2027, 3, 28, 1, tzinfo=UTC),
    datetime(2027, 10, 31, 1, tzinfo=UTC),
]
ZONES = [UTC, LONDON, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"), timezone(timedelta(hours=-11))]

anywhere = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 1), timezones=st.just(UTC))
near_a_clock_change = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(CLOCK_CHANGES),
    st.integers(-4 * 24 * 60, 4 * 24 * 60),
)
instants = st.one_of(anywhere, near_a_clock_change)
hours = st.integers(1, 24 * 40)
working_days = st.integers(1, 15)
counting = st.sampled_from(DaysThatCount)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Terms of six weeks with one to three weeks between them, some days off, some INSET days."""
    terms: list[Days] = []
    day = KNOWN.first
    while day < KNOWN.last:
        terms.append(Days(day, day + timedelta(days=41)))
        day += timedelta(days=42 + 7 * draw(st.integers(1, 3)))
    a_day = st.dates(date(2026, 1, 1), date(2031, 12, 31))
    return Calendar(
        country=draw(st.sampled_from(["england", "wales"])),
        bank_holidays_known=KNOWN,
        bank_holidays=tuple(draw(st.lists(a_day, max_size=40))),
        added_days=tuple(draw(st.lists(a_day, max_size=3))),
        terms_known=KNOWN,
        terms=tuple(terms),
        inset_days=tuple(draw(st.lists(a_day, max_size=10))),
    )


@few
@given(instants, hours)
@example(datetime(2027, 3, 27, 12, tzinfo=UTC), 24)
@example(datetime(2026, 10, 24, 11, tzinfo=UTC), 24)
def test_elapsed_hours_are_exactly_that_many_hours(received: datetime, number: int) -> None:
    assert after_hours(received, number) - received == timedelta(hours=number)


def day_counts(day: date, counts: str, calendar: Calendar) -> bool:
    if counts == "every_day":
        return True
    if counts == "monday_to_friday":
        return day.weekday() < 5
    return calendar.counts(day, DaysThatCount(counts))


hours_count = st.sampled_from(["every_day", "monday_to_friday", *DaysThatCount])
BEFORE_A_WEEKEND = datetime(2026, 11, 13, 23, 59, tzinfo=UTC)
ON_A_WEEKEND = datetime(2026, 11, 15, 23, 59, 59, tzinfo=UTC)


@few
@given(instants, st.integers(1, 24 * 15), hours_count, calendars())
def test_hours_pass_on_days_that_count_and_on_no_other(
    received: datetime, number: int, counts: str, calendar: Calendar
) -> None:
    due = after_hours_on(received, number, counts, calendar)

    passed, day = timedelta(), local_day(received)
    while day <= local_day(due):
        if day_counts(day, counts, calendar):
            passed += max(min(due, day_ends(day)) - max(received, day_ends(day - ONE_DAY)), timedelta())
        day += ONE_DAY
    assert passed == timedelta(hours=number)
    assert day_counts(local_day(due - timedelta(microseconds=1)), counts, calendar)
    assert due >= after_hours(received, number)


@few
@given(instants, st.integers(1, 24 * 15))
@example(BEFORE_A_WEEKEND, 1)
@example(ON_A_WEEKEND, 48)
def test_weekends_give_as_much_more_time_as_lies_on_them(received: datetime, number: int) -> None:
    due = after_hours_on(received, number, "monday_to_friday")

    days = [
        local_day(received) + timedelta(n) for n in range((local_day(due) - local_day(received)).days + 1)
    ]
    weekends = [
        min(due, day_ends(day)) - max(received, day_ends(day - ONE_DAY)) for day in days if day.weekday() >= 5
    ]
    assert due - received == timedelta(hours=number) + sum(weekends, timedelta())


@few
@given(instants, instants, st.integers(1, 24 * 15), hours_count, calendars())
def test_what_came_later_has_its_hours_no_earlier(
    one: datetime, other: datetime, number: int, counts: str, calendar: Calendar
) -> None:
    earlier, later = sorted((one, other))

    assert after_hours_on(earlier, number, counts, calendar) <= after_hours_on(
        later, number, counts, calendar
    )


@pytest.mark.parametrize(
    ("received", "counts", "due"),
    [
        ("2026-11-12T00:00", "monday_to_friday", "2026-11-14T00:00"),
        ("2026-11-12T00:01", "monday_to_friday", "2026-11-16T00:01"),
        ("2026-11-13T23:59", "monday_to_friday", "2026-11-17T23:59"),
        ("2026-11-14T00:00", "monday_to_friday", "2026-11-18T00:00"),
        ("2026-11-15T23:59", "monday_to_friday", "2026-11-18T00:00"),
        ("2026-11-16T00:00", "monday_to_friday", "2026-11-18T00:00"),
        # Christmas Day 2026 is a Friday, the substitute of Boxing Day the Monday after
        ("2026-12-23T12:00", "monday_to_friday", "2026-12-25T12:00"),
        ("2026-12-23T12:00", "weekdays", "2026-12-29T12:00"),
        ("2026-12-25T09:00", "weekdays", "2026-12-31T00:00"),
        # the clocks go back on Sunday 25 October: the weekend has 49 hours, and none of them counts
        ("2026-10-23T22:30", "monday_to_friday", "2026-10-27T23:30"),
    ],
)
def test_forty_eight_hours_on_weekdays(received: str, counts: str, due: str) -> None:
    calendar = Calendar(
        country="england",
        bank_holidays_known=KNOWN,
        bank_holidays=(date(2026, 12, 25), date(2026, 12, 28)),
    )
    found = after_hours_on(datetime.fromisoformat(received).replace(tzinfo=UTC), 48, counts, calendar)
    assert found.strftime("%Y-%m-%dT%H:%M") == due


@pytest.mark.parametrize("counts", DaysThatCount)
def test_hours_of_working_days_need_a_calendar(counts: DaysThatCount) -> None:
    with pytest.raises(MissingCalendar):
        after_hours_on(BEFORE_A_WEEKEND, 24, counts)


@few
@given(instants, working_days, counting, calendars())
def test_a_due_day_is_a_working_day_after_the_day_of_receipt(
    received: datetime, number: int, counts: DaysThatCount, calendar: Calendar
) -> None:
    due = after_working_days(received, number, calendar, counts)

    between = [
        local_day(received) + timedelta(days=n) for n in range(1, (due - local_day(received)).days + 1)
    ]
    assert due > local_day(received)
    assert [day for day in between if calendar.counts(day, counts)][-1] == due
    assert sum(calendar.counts(day, counts) for day in between) == number


@few
@given(instants, instants, counting, calendars())
def test_what_came_later_is_never_due_earlier(
    one: datetime, other: datetime, counts: DaysThatCount, calendar: Calendar
) -> None:
    earlier, later = sorted((one, other))

    assert after_hours(earlier, 24) <= after_hours(later, 24)
    assert next_working_day(earlier, calendar, counts) <= next_working_day(later, calendar, counts)
    assert after_hours_on(earlier, 5, counts, calendar) <= after_hours_on(later, 5, counts, calendar)


@few
@given(instants, st.sampled_from(ZONES), counting, calendars())
def test_the_zone_an_instant_came_in_changes_nothing(
    received: datetime, zone: ZoneInfo, counts: DaysThatCount, calendar: Calendar
) -> None:
    elsewhere = received.astimezone(zone)

    assert after_hours(elsewhere, 24) == after_hours(received, 24)
    assert local_day(elsewhere) == local_day(received)
    assert next_working_day(elsewhere, calendar, counts) == next_working_day(received, calendar, counts)
    assert after_hours_on(elsewhere, 9, counts, calendar) == after_hours_on(received, 9, counts, calendar)


@few
@given(instants, st.integers(1, 60), counting, calendars())
def test_hours_of_working_days_add_up_and_end_on_one(
    received: datetime, number: int, counts: DaysThatCount, calendar: Calendar
) -> None:
    due = after_hours_on(received, number, counts, calendar)

    passed, day = timedelta(), local_day(received)
    while day_ends(day - timedelta(days=1)) < due:
        if calendar.counts(day, counts):
            begins = max(received, day_ends(day - timedelta(days=1)))
            passed += max(min(due, day_ends(day)) - begins, timedelta())
        day += timedelta(days=1)
    assert passed == timedelta(hours=number)
    assert calendar.counts(day - timedelta(days=1), counts)


@few
@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_the_last_moment_of_a_day_belongs_to_it_and_the_next_does_not(day: date) -> None:
    ends = day_ends(day)

    assert local_day(ends - timedelta(microseconds=1)) == day
    assert local_day(ends) == day + timedelta(days=1)
    assert not is_past(day, ends - timedelta(microseconds=1))
    assert is_past(day, ends)


@few
@given(instants, counting, calendars())
def test_fewer_kinds_of_days_are_never_sooner(
    received: datetime, counts: DaysThatCount, calendar: Calendar
) -> None:
    assert next_working_day(received, calendar, DaysThatCount.WEEKDAYS) <= next_working_day(
        received, calendar, counts
    )


@few
@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), calendars())
def test_no_question_takes_an_instant_without_a_zone(naive: datetime, calendar: Calendar) -> None:
    for ask in (
        lambda: after_hours(naive, 24),
        lambda: next_working_day(naive, calendar, DaysThatCount.WEEKDAYS),
        lambda: after_hours_on(naive, 1, DaysThatCount.WEEKDAYS, calendar),
    ):
        with pytest.raises(NaiveInstant):
            ask()
