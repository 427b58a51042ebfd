"""Due times at the boundaries: weekends, Easter 2027 and its change of clocks, Christmas and autumn 2026."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pydantic import BaseModel

from schoolgate.rulebook.working_time import (
    LONDON,
    Calendar,
    Days,
    DaysThatCount,
    MissingCalendar,
    NaiveInstant,
    after_hours,
    after_working_days,
    day_ends,
    is_past,
    local_day,
    next_working_day,
)

WEEKDAYS, STAFF_DAYS, SCHOOL_DAYS = (
    DaysThatCount.WEEKDAYS,
    DaysThatCount.STAFF_DAYS,
    DaysThatCount.SCHOOL_DAYS,
)
SCHOOL_YEAR = Calendar(
    country="england",
    bank_holidays_known=Days(date(2026, 9, 1), date(2027, 8, 31)),
    bank_holidays=tuple(
        date.fromisoformat(day)
        for day in (
            "2026-12-25",
            "2026-12-28",  # for Boxing Day, a Saturday
            "2027-01-01",
            "2027-03-26",
            "2027-03-29",
            "2027-05-03",
            "2027-05-31",
            "2027-08-30",
        )
    ),
    terms_known=Days(date(2026, 9, 1), date(2027, 8, 31)),
    terms=(
        Days(date(2026, 9, 2), date(2026, 10, 23)),
        Days(date(2026, 11, 2), date(2026, 12, 18)),
        Days(date(2027, 1, 4), date(2027, 2, 12)),
        Days(date(2027, 2, 22), date(2027, 3, 25)),
        Days(date(2027, 4, 12), date(2027, 5, 28)),
        Days(date(2027, 6, 7), date(2027, 7, 21)),
    ),
    inset_days=(date(2026, 9, 1), date(2027, 1, 4)),
)


def london(wall: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=LONDON, fold=fold)


def utc(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-10T16:20", "2026-11-11T16:20"),
        ("2026-11-13T23:59", "2026-11-14T23:59"),  # Friday: runs out on the Saturday
        ("2026-10-24T12:00", "2026-10-25T11:00"),  # the clocks go back that night
        ("2027-03-27T12:00", "2027-03-28T13:00"),  # the clocks go forward that night
    ],
)
def test_elapsed_hours_are_hours_and_not_the_same_time_tomorrow(received: str, due: str) -> None:
    assert after_hours(london(received), 24) == london(due).astimezone(UTC)


def test_the_two_one_thirties_of_the_autumn_night_are_an_hour_apart() -> None:
    first, second = london("2026-10-25T01:30", fold=0), london("2026-10-25T01:30", fold=1)

    assert after_hours(first, 24) == utc("2026-10-26T00:30")
    assert after_hours(second, 24) == utc("2026-10-26T01:30")


@pytest.mark.parametrize(
    ("received", "day"),
    [
        ("2026-11-13T23:59", "2026-11-16"),  # Friday's last minute
        ("2026-11-14T00:00", "2026-11-16"),  # Saturday's first
        ("2026-11-15T23:59", "2026-11-16"),  # Sunday's last minute
        ("2026-11-16T00:00", "2026-11-17"),  # Monday's first: Monday itself is not the next day
        (
            "2026-12-24T10:00",
            "2026-12-29",
        ),  # Christmas Day, Boxing Day on a Saturday, its substitute on Monday
        ("2026-12-26T10:00", "2026-12-29"),
        ("2026-12-28T10:00", "2026-12-29"),
        ("2027-03-25T23:59", "2027-03-30"),  # Good Friday, clocks forward, Easter Monday
        ("2027-03-28T01:30", "2027-03-30"),
        ("2027-03-29T23:59", "2027-03-30"),
        ("2027-05-01T12:00", "2027-05-04"),
    ],
)
def test_next_working_day_counts_weekdays_without_bank_holidays(received: str, day: str) -> None:
    assert next_working_day(london(received), SCHOOL_YEAR, WEEKDAYS) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("counting", "day"),
    [(WEEKDAYS, "2026-10-26"), (STAFF_DAYS, "2026-11-02"), (SCHOOL_DAYS, "2026-11-02")],
)
def test_half_term_tells_weekdays_from_school_days(counting: DaysThatCount, day: str) -> None:
    assert next_working_day(london("2026-10-24T12:00"), SCHOOL_YEAR, counting) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("counting", "day"),
    [(WEEKDAYS, "2027-01-04"), (STAFF_DAYS, "2027-01-04"), (SCHOOL_DAYS, "2027-01-05")],
)
def test_inset_day_is_a_day_for_staff_and_none_for_pupils(counting: DaysThatCount, day: str) -> None:
    assert next_working_day(london("2027-01-03T12:00"), SCHOOL_YEAR, counting) == date.fromisoformat(day)


def test_inset_day_before_the_first_day_of_term_is_still_a_day_for_staff() -> None:
    assert SCHOOL_YEAR.counts(date(2026, 9, 1), STAFF_DAYS)
    assert not SCHOOL_YEAR.counts(date(2026, 9, 1), SCHOOL_DAYS)


def test_a_day_added_by_proclamation_is_no_working_day() -> None:
    coronation = Calendar(
        country="wales",
        bank_holidays_known=SCHOOL_YEAR.bank_holidays_known,
        bank_holidays=SCHOOL_YEAR.bank_holidays,
        added_days=(date(2026, 11, 16),),
    )

    assert next_working_day(london("2026-11-14T12:00"), SCHOOL_YEAR, WEEKDAYS) == date(2026, 11, 16)
    assert next_working_day(london("2026-11-14T12:00"), coronation, WEEKDAYS) == date(2026, 11, 17)


@pytest.mark.parametrize(("days", "day"), [(1, "2026-12-24"), (2, "2026-12-29"), (3, "2026-12-30")])
def test_working_days_step_over_christmas(days: int, day: str) -> None:
    assert after_working_days(london("2026-12-23T12:00"), days, SCHOOL_YEAR, WEEKDAYS) == date.fromisoformat(
        day
    )


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        ("2026-10-24", "2026-10-24T23:00"),  # British Summer Time: the day ends at 23:00 UTC
        ("2026-10-25", "2026-10-26T00:00"),
        ("2027-03-27", "2027-03-28T00:00"),
        ("2027-03-28", "2027-03-28T23:00"),
    ],
)
def test_a_day_without_an_hour_ends_at_midnight_in_london(day: str, ends: str) -> None:
    assert day_ends(date.fromisoformat(day)) == utc(ends)


def test_what_is_due_on_a_day_is_late_from_midnight_on() -> None:
    day = date(2027, 3, 30)

    assert not is_past(day, utc("2027-03-30T22:59:59"))
    assert is_past(day, utc("2027-03-30T23:00"))


def test_what_is_due_at_an_instant_is_late_after_it() -> None:
    due = utc("2026-11-11T16:20")

    assert not is_past(due, utc("2026-11-11T16:20"))
    assert is_past(due, utc("2026-11-11T16:20:01"))


def test_the_day_is_londons_whatever_zone_the_instant_came_in() -> None:
    in_tokyo = datetime(2026, 11, 16, 8, 30, tzinfo=timezone(timedelta(hours=9)))

    assert local_day(in_tokyo) == date(2026, 11, 15)


@pytest.mark.parametrize(
    ("received", "what", "day"),
    [
        ("2027-08-31T12:00", "bank_holidays", "2027-09-01"),
        ("2026-08-30T12:00", "bank_holidays", "2026-08-31"),
    ],
)
def test_outside_the_calendar_is_an_error_that_says_what_is_missing(
    received: str, what: str, day: str
) -> None:
    with pytest.raises(MissingCalendar) as missing:
        next_working_day(london(received), SCHOOL_YEAR, WEEKDAYS)

    assert (missing.value.what, missing.value.day) == (what, date.fromisoformat(day))


def test_school_days_without_term_dates_are_an_error_and_weekdays_are_not() -> None:
    no_terms = Calendar(
        country="england",
        bank_holidays_known=SCHOOL_YEAR.bank_holidays_known,
        bank_holidays=SCHOOL_YEAR.bank_holidays,
    )

    assert next_working_day(london("2026-11-14T12:00"), no_terms, WEEKDAYS) == date(2026, 11, 16)
    with pytest.raises(MissingCalendar, match="calendar has no terms for 2026-11-15"):
        next_working_day(london("2026-11-14T12:00"), no_terms, SCHOOL_DAYS)


def test_summer_holidays_that_outlast_the_calendar_are_an_error() -> None:
    with pytest.raises(MissingCalendar):
        next_working_day(london("2027-07-24T12:00"), SCHOOL_YEAR, SCHOOL_DAYS)


def test_a_calendar_without_one_term_in_a_year_ends_the_search() -> None:
    never = Calendar(
        country="england",
        bank_holidays_known=Days(date(2026, 1, 1), date(2030, 12, 31)),
        bank_holidays=(),
        terms_known=Days(date(2026, 1, 1), date(2030, 12, 31)),
    )

    with pytest.raises(MissingCalendar, match="no terms for 2026-11-15"):
        next_working_day(london("2026-11-14T12:00"), never, SCHOOL_DAYS)


@pytest.mark.parametrize(
    "asks", [local_day, lambda at: after_hours(at, 24), lambda at: is_past(date(2026, 11, 16), at)]
)
def test_an_instant_without_a_zone_is_refused(asks) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NaiveInstant, match="2026-11-10T12:00:00 carries no time zone"):
        asks(datetime(2026, 11, 10, 12))


@pytest.mark.parametrize("hours", [0, -1])
def test_a_due_time_at_or_before_receipt_is_refused(hours: int) -> None:
    with pytest.raises(ValueError, match="at least one hour or day ahead"):
        after_hours(london("2026-11-10T12:00"), hours)


def test_days_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="before they begin"):
        Days(date(2026, 11, 2), date(2026, 11, 1))


def test_equal_calendars_are_equal_whatever_the_order_they_were_typed_in() -> None:
    days = SCHOOL_YEAR.bank_holidays
    typed_twice = Calendar(
        country="england",
        bank_holidays_known=SCHOOL_YEAR.bank_holidays_known,
        bank_holidays=(*reversed(days), days[0]),
        terms_known=SCHOOL_YEAR.terms_known,
        terms=tuple(reversed(SCHOOL_YEAR.terms)),
        inset_days=SCHOOL_YEAR.inset_days,
    )

    assert typed_twice == SCHOOL_YEAR


def test_a_calendar_goes_through_json_and_back_as_a_fact() -> None:
    class Facts(BaseModel):
        calendar: Calendar | None

    facts = Facts(calendar=SCHOOL_YEAR)

    assert Facts.model_validate_json(facts.model_dump_json()) == facts
    assert Facts.model_validate(
        {
            "calendar": {
                "country": "wales",
                "bank_holidays_known": {"first": "2026-01-01", "last": "2026-12-31"},
                "bank_holidays": ["2026-12-28", "2026-12-25"],
            }
        }
    ).calendar == Calendar(
        country="wales",
        bank_holidays_known=Days(date(2026, 1, 1), date(2026, 12, 31)),
        bank_holidays=(date(2026, 12, 25), date(2026, 12, 28)),
    )
