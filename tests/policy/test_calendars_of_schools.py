"""The days of several schools together, where it isn't known which one is meant."""

from dataclasses import replace
from datetime import date

import pytest

from schoolgate.policy.choices import joined
from schoolgate.rulebook.working_time import Calendar, Days, DaysThatCount, MissingCalendar

TERM = Days(date(2027, 1, 4), date(2027, 2, 12))
PRIMARY = Calendar(
    country="england",
    bank_holidays_known=Days(date(2026, 9, 1), date(2027, 7, 31)),
    bank_holidays=(date(2027, 1, 1),),
    terms_known=Days(date(2026, 12, 1), date(2027, 3, 31)),
    terms=(TERM, Days(date(2027, 2, 22), date(2027, 3, 25))),
    inset_days=(date(2027, 1, 4), date(2027, 1, 25)),
)
SECONDARY = replace(
    PRIMARY,
    terms_known=Days(date(2026, 12, 1), date(2027, 3, 20)),
    terms=(Days(date(2027, 1, 4), date(2027, 2, 19)), Days(date(2027, 3, 1), date(2027, 3, 20))),
    inset_days=(date(2027, 1, 4),),
)


def pupils_are_in(calendar, *day):
    return calendar.counts(date(2027, *day), DaysThatCount.SCHOOL_DAYS)


def test_the_same_days_of_two_schools_are_their_days():
    assert joined([PRIMARY]) == PRIMARY
    assert [pupils_are_in(joined([PRIMARY, PRIMARY]), 1, day) for day in (4, 5, 9)] == [False, True, False]


def test_a_day_counts_on_which_one_of_them_is_in():
    both = joined([PRIMARY, SECONDARY])
    assert not pupils_are_in(both, 1, 4), "for staff in both"
    assert pupils_are_in(both, 1, 25), "for staff in one, for pupils in the other"
    assert pupils_are_in(both, 2, 15)
    assert pupils_are_in(both, 2, 24)
    assert not pupils_are_in(both, 2, 20)
    assert not pupils_are_in(both, 1, 1)


def test_what_one_of_them_has_not_entered_is_not_known():
    with pytest.raises(MissingCalendar):
        pupils_are_in(joined([PRIMARY, SECONDARY]), 3, 22)
    assert joined([PRIMARY, replace(SECONDARY, country="wales")]) is None
    assert joined([PRIMARY, replace(SECONDARY, terms_known=None)]) is None
