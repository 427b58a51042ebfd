"""The holidays ahead: what counts as one, for whom."""

from datetime import date, timedelta

import pytest

from schoolgate.core.calendars import holidays_ahead
from schoolgate.core.models import CalendarDay, DayKind, School, Term
from schoolgate.core.tenancy import scope

ON = date(2027, 11, 15)
CHRISTMAS = (date(2027, 12, 18), date(2028, 1, 5))


@pytest.fixture
def north(make_federation):
    """A school of whose calendar two terms are entered; Monday 3 January 2028 is a bank holiday."""
    federation = make_federation("north", "wildground")
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        Term.objects.create(
            school=school, name="Now", first_day=date(2027, 9, 1), last_day=date(2027, 12, 17)
        )
        Term.objects.create(
            school=school, name="Next", first_day=date(2028, 1, 6), last_day=date(2028, 2, 11)
        )
        yield school


def spans(on: date = ON) -> list[tuple[date, date, bool]]:
    return [(each.first, each.last, each.known) for each in holidays_ahead(on)]


def test_the_days_between_two_terms_are_a_holiday_and_a_weekend_is_none(north):
    assert spans()[0] == (*CHRISTMAS, True)


def test_a_bank_holiday_in_term_makes_a_long_weekend_a_holiday(north):
    Term.objects.filter(name="Next").update(first_day=date(2027, 12, 18))
    new_year = (date(2028, 1, 1), date(2028, 1, 3), True)
    assert new_year in spans()


@pytest.mark.parametrize(("day", "there"), [(CHRISTMAS[1], True), (CHRISTMAS[1] + timedelta(days=1), False)])
def test_a_holiday_is_listed_until_its_last_day(north, day, there):
    assert ((*CHRISTMAS, True) in spans(day)) is there


def test_an_added_day_off_is_a_holiday_and_an_inset_day_is_none(north):
    off, inset = date(2027, 11, 24), date(2027, 12, 1)
    CalendarDay.objects.create(school=north, day=off, kind=DayKind.ADDED_HOLIDAY)
    CalendarDay.objects.create(school=north, day=inset, kind=DayKind.INSET)
    assert spans()[0] == (off, off, True)
    assert not any(first <= inset <= last for first, last, _known in spans())


def test_where_the_next_term_is_not_entered_two_weeks_are_shown(north):
    Term.objects.filter(name="Next").delete()
    assert spans()[-1] == (date(2027, 12, 18), date(2027, 12, 31), False)


def test_two_schools_with_the_same_days_have_one_holiday(north):
    other = School.objects.create(name="South", slug="south")
    for term in Term.objects.filter(school=north):
        Term.objects.create(school=other, name=term.name, first_day=term.first_day, last_day=term.last_day)
    assert [school.name for school in holidays_ahead(ON)[0].schools] == ["North", "South"]
