"""The day on which a record is due, on both sides of it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.clock import begins
from schoolgate.records.destroying import due_on, over_before

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(1, 1200)


def test_it_is_due_on_the_same_day_of_a_later_month():
    assert due_on(date(2027, 1, 19), 36) == date(2030, 1, 19)


def test_the_31st_is_due_on_the_last_day_of_a_shorter_month():
    assert due_on(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert over_before(date(2027, 2, 28), 1) == begins(date(2027, 2, 1))
    assert over_before(date(2027, 2, 27), 1) == begins(date(2027, 1, 28))


@given(DAYS, MONTHS, st.integers(-40, 40))
def test_what_is_found_on_a_day_is_what_is_due_by_then(day, months, apart):
    on = due_on(day, months) + timedelta(days=apart)
    assert (begins(day) < over_before(on, months)) == (due_on(day, months) <= on)
