"""The turn from one school year to the next, on both sides of each of its days."""

from datetime import date, timedelta

import pytest

from schoolgate.core.calendars import turn_of, year_in_figures, year_of_turn
from schoolgate.core.models import School, Term
from schoolgate.core.tenancy import scope

DAY = timedelta(days=1)
LAST_OF_SUMMER = date(2027, 7, 20)


def term(school: School, first: date, last: date) -> None:
    Term.objects.create(school=school, name="Term", first_day=first, last_day=last)


@pytest.fixture
def summer(school):
    term(school, date(2027, 4, 12), date(2027, 5, 28))
    term(school, date(2027, 6, 7), LAST_OF_SUMMER)
    return school


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        (LAST_OF_SUMMER - 43 * DAY, False),
        (LAST_OF_SUMMER - 42 * DAY, True),
        (date(2027, 9, 30), True),
        (date(2027, 10, 1), False),
    ],
)
def test_it_is_open_from_six_weeks_before_the_summer_term_ends_to_the_end_of_september(summer, on, is_open):
    assert turn_of(on).is_open(on) is is_open


def test_the_school_that_ends_first_opens_it(summer):
    other = School.objects.create(name="Other", slug="other")
    term(other, date(2027, 6, 7), LAST_OF_SUMMER - 4 * DAY)
    assert turn_of(date(2027, 6, 1)).opens == LAST_OF_SUMMER - 46 * DAY


def test_where_no_summer_term_is_entered_it_never_opens_by_itself(school):
    term(school, date(2027, 4, 12), date(2027, 5, 31))
    turn = turn_of(date(2027, 7, 1))
    assert turn.opens is None
    assert not turn.is_open(date(2027, 7, 1))
    term(school, date(2027, 6, 1), date(2027, 8, 31))
    assert turn_of(date(2027, 7, 1)).opens == date(2027, 7, 20)


def test_the_new_year_is_missing_entered_in_part_or_whole(summer):
    (one,) = turn_of(date(2027, 7, 1)).schools
    assert (one.ends, one.begins, one.until, one.whole) == (LAST_OF_SUMMER, None, None, False)
    term(summer, date(2027, 9, 2), date(2027, 12, 17))
    (one,) = turn_of(date(2027, 7, 1)).schools
    assert (one.begins, one.until, one.whole) == (date(2027, 9, 2), date(2027, 12, 17), False)
    term(summer, date(2028, 4, 17), date(2028, 5, 31))
    assert not turn_of(date(2027, 7, 1)).schools[0].whole
    term(summer, date(2028, 6, 1), date(2028, 6, 2))
    assert turn_of(date(2027, 7, 1)).schools[0].whole


def test_another_federations_terms_are_not_seen(summer, make_federation):
    other = make_federation("wootton", "wootton")
    with pytest.raises(Exception, match="scope"), scope(other.pk):
        turn_of(date(2027, 7, 1))


def test_october_looks_to_the_next_summer():
    assert year_of_turn(date(2027, 9, 30)) == 2027
    assert year_of_turn(date(2027, 10, 1)) == 2028


def test_a_school_year_is_written_as_schools_write_it():
    assert [year_in_figures(2026), year_in_figures(2099)] == ["2026/27", "2099/00"]
