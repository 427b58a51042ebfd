"""A school's days: its own terms, its country's bank holidays, and no guesses."""

from datetime import date, timedelta

import pytest

from schoolgate.core.calendars import (
    CalendarNotKnown,
    SchoolCalendar,
    bank_holidays,
    for_school,
    school_days,
    set_calendar,
)
from schoolgate.core.errors import BadInput
from schoolgate.core.models import School, Term
from tests.conftest import recorded

SPRING = [
    ("Spring, first half", date(2027, 1, 5), date(2027, 2, 12)),
    ("Spring, second half", date(2027, 2, 22), date(2027, 3, 25)),
]


@pytest.fixture
def with_terms(school, at):
    set_calendar(
        school=school, terms=SPRING, at=at, inset_days=[date(2027, 1, 5)], added_holidays=[date(2027, 3, 19)]
    )
    return school


def test_a_school_without_terms_has_no_calendar(school):
    with pytest.raises(CalendarNotKnown) as refused:
        for_school(school, date(2027, 1, 5), date(2027, 1, 6))
    assert "Wildground Juniors" in str(refused.value.message)
    assert "enter the next terms" in str(refused.value.next_step)


def test_a_calendar_tells_its_span(with_terms):
    assert for_school(with_terms, date(2027, 1, 5), date(2027, 3, 25)) == SchoolCalendar(
        country="england",
        first=date(2027, 1, 5),
        last=date(2027, 3, 25),
        bank_holidays=(),
        added_days=(date(2027, 3, 19),),
        terms=tuple((first, last) for _, first, last in SPRING),
        inset_days=(date(2027, 1, 5),),
    )


def test_a_shorter_span_tells_no_more(with_terms):
    found = for_school(with_terms, date(2027, 2, 13), date(2027, 2, 22))
    assert found.terms == (SPRING[1][1:],)
    assert (found.inset_days, found.added_days) == ((), ())


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2027, 1, 4), date(2027, 2, 1)), (date(2027, 2, 1), date(2027, 3, 26))],
)
def test_a_day_beyond_the_terms_is_not_guessed(with_terms, first, last):
    with pytest.raises(CalendarNotKnown):
        for_school(with_terms, first, last)


def test_a_span_that_ends_before_it_begins_is_a_mistake(with_terms):
    with pytest.raises(ValueError, match="on or after"):
        for_school(with_terms, date(2027, 2, 2), date(2027, 2, 1))


def test_pupils_are_in_on_weekdays_of_term_without_inset_and_added_days(with_terms):
    days = school_days(with_terms, date(2027, 1, 5), date(2027, 3, 25))
    assert (days[0], days[-1]) == (date(2027, 1, 6), date(2027, 3, 25))
    assert not {date(2027, 1, 9), date(2027, 2, 15), date(2027, 3, 19)} & set(days)
    assert len(days) == 29 + 24 - 2


def test_a_may_day_in_term_is_no_school_day(school, at):
    set_calendar(school=school, terms=[("Summer", date(2027, 4, 12), date(2027, 5, 28))], at=at)
    assert school_days(school, date(2027, 4, 30), date(2027, 5, 4)) == (date(2027, 4, 30), date(2027, 5, 4))
    assert for_school(school, date(2027, 4, 30), date(2027, 5, 4)).bank_holidays == (date(2027, 5, 3),)


def test_setting_it_again_replaces_it_and_is_recorded(with_terms, at):
    set_calendar(school=with_terms, terms=SPRING[:1], at=at, by="people.person:1")
    assert [term.name for term in Term.objects.all()] == ["Spring, first half"]
    assert [row.event for row in recorded()] == ["school.calendar_set"] * 2


@pytest.mark.parametrize(
    ("field", "terms", "inset"),
    [
        ("terms", [("Spring", date(2027, 1, 5), date(2027, 1, 4))], []),
        ("terms", [SPRING[0], ("Overlapping", SPRING[0][2], date(2027, 3, 1))], []),
        ("days", SPRING, [date(2027, 1, 5), date(2027, 1, 5)]),
    ],
)
def test_terms_that_cannot_be_are_refused(school, at, field, terms, inset):
    with pytest.raises(BadInput) as refused:
        set_calendar(school=school, terms=terms, inset_days=inset, at=at)
    assert list(refused.value.fields) == [field]
    assert Term.objects.count() == 0


def test_a_term_may_begin_the_day_after_another_ends(school, at):
    first, second = SPRING
    set_calendar(school=school, terms=[first, (second[0], first[2] + timedelta(1), second[2])], at=at)
    assert Term.objects.count() == 2


def test_two_schools_have_their_own(with_terms, at):
    other = School.objects.create(name="Infants", slug="infants")
    with pytest.raises(CalendarNotKnown):
        for_school(other, date(2027, 1, 6), date(2027, 1, 7))


def test_a_substitute_stands_for_the_saturday():
    assert bank_holidays("wales", date(2027, 12, 24), date(2027, 12, 31)) == (
        date(2027, 12, 27),
        date(2027, 12, 28),
    )


def test_years_nobody_has_planned_are_not_guessed():
    with pytest.raises(ValueError, match="not known"):
        bank_holidays("england", date(2101, 1, 1), date(2101, 12, 31))
