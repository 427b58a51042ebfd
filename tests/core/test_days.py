"""Days and instants that come in are within bounds; those of the database are read within them."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from django.db import connection

from schoolgate.core import days
from schoolgate.core.calendars import bank_holidays
from schoolgate.core.days import FIRST_DAY, LAST_DAY
from schoolgate.rulebook.adviser import asking

ON = date(2026, 11, 25)


@pytest.mark.parametrize("text", ["1900-01-01", "2026-11-25", "2099-12-31", "2028-02-29"])
def test_a_day_within_bounds_is_read(text):
    assert days.day_in(text).isoformat() == text


@pytest.mark.parametrize(
    "text", ["1899-12-31", "2100-01-01", "2926-11-25", "9999-12-31", "0001-01-01", "2027-02-31", "", "soon"]
)
def test_what_is_no_day_or_out_of_bounds_is_refused(text):
    with pytest.raises(ValueError):
        days.day_in(text)


def test_a_plan_reaches_twenty_years_ahead():
    assert days.check_day(date(2046, 11, 25), on=ON) == date(2046, 11, 25)
    with pytest.raises(ValueError):
        days.check_day(date(2046, 11, 26), on=ON)
    assert days.latest_plan(date(2028, 2, 29)) == date(2048, 2, 28)
    assert days.latest_plan(date(2090, 1, 1)) == LAST_DAY


def test_an_instant_is_within_bounds_in_whatever_zone_it_is_written():
    east = timezone(timedelta(hours=14))
    assert days.check_instant(datetime(2027, 1, 1, 3, tzinfo=east)) == datetime(2026, 12, 31, 13, tzinfo=UTC)
    for at in (datetime(1, 1, 1, tzinfo=east), datetime(9999, 12, 31, 23, tzinfo=UTC), datetime(2027, 1, 1)):
        with pytest.raises(ValueError):
            days.check_instant(at)
    for text in ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2926-01-01", "x"):
        with pytest.raises(ValueError):
            days.instant_in(text)


def test_the_date_of_a_header_is_read_and_what_is_none_is_refused():
    found = days.instant_in_header("Wed, 25 Nov 2026 21:00:00 -0000")
    assert found == datetime(2026, 11, 25, 21, tzinfo=UTC)
    for text in (
        "",
        "x",
        "Wed, 25 Nov 9999 21:00:00 -2359",
        "Wed, 99 Nov 2026 21:00:00 GMT",
    ):
        with pytest.raises(ValueError):
            days.instant_in_header(text)


def test_what_we_stored_is_read_as_the_nearest_within_bounds():
    assert days.stored_day("2026-11-25") == ON
    assert [days.stored_day("9999-12-31"), days.stored_day("0001-01-01")] == [LAST_DAY, FIRST_DAY]
    late = days.stored_instant("9999-12-31T23:59:59+00:00")
    assert late == datetime.combine(LAST_DAY, time(), UTC)
    assert days.stored_instant("2026-11-25T21:00:00").tzinfo is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("2026-11-25", ON),
        ("9999-12-31", LAST_DAY),
        ("10000-01-01", LAST_DAY),
        ("infinity", LAST_DAY),
        ("-infinity", FIRST_DAY),
        ("0001-01-01", FIRST_DAY),
        ("0044-03-15 BC", FIRST_DAY),
    ],
)
def test_a_day_of_the_database_is_read_as_the_nearest_within_bounds(stored, read):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::date, ARRAY[%s::date], NULL::date", [stored, stored])
        assert cursor.fetchone() == (read, [read], None)


def test_the_bank_holidays_of_every_day_within_bounds_are_known():
    for first in (FIRST_DAY, LAST_DAY):
        assert bank_holidays("wales", first, first + timedelta(days=200))


def test_the_adviser_has_the_same_bounds():
    assert (FIRST_DAY.year, LAST_DAY.year) == (asking.FIRST_YEAR, asking.LAST_YEAR)
