"""When a request about data has to be answered, on days alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.calendars import bank_holidays, bank_holidays_of_uk
from schoolgate.rights.deadlines import Wait, answer_to_person, answer_to_public, months_after

DAY = timedelta(days=1)
days = st.dates(date(2024, 1, 1), date(2034, 12, 31))
ENGLAND = set(bank_holidays("england", date(2024, 1, 1), date(2037, 12, 31)))


def every_day(_day):
    return True


def works(day):
    return day.weekday() < 5 and day not in ENGLAND


def to_person(received, *waits, extended=False, works=works):
    return answer_to_person(received, waits, extended=extended, works=works)


def to_public(received, *waits, works=works, teaches=every_day):
    return answer_to_public(received, waits, works=works, teaches=teaches)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # 3 October is a Saturday
        (date(2026, 11, 24), date(2026, 12, 24)),
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas Day, Boxing Day, Sunday, the substitute
        (date(2027, 1, 31), date(2027, 3, 1)),  # no 31 February: the 28th, which is a Sunday
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2027, 2, 26), date(2027, 3, 30)),  # Good Friday, and Easter Monday
    ],
)
def test_the_month_ends_on_the_day_of_the_same_number_or_the_next_working_day(received, due):
    assert to_person(received) == due


def test_an_extended_request_has_three_months():
    assert to_person(date(2026, 11, 24), extended=True) == date(2027, 2, 24)


def test_the_month_begins_when_identity_was_shown():
    wait = Wait(date(2027, 1, 6), date(2027, 1, 20), restarts=True)
    assert to_person(date(2027, 1, 4), wait) == to_person(date(2027, 1, 20)) == date(2027, 2, 22)


def test_days_of_waiting_for_an_explanation_are_left_out_first_and_last_included():
    wait = Wait(date(2027, 1, 11), date(2027, 1, 12), restarts=False)
    assert to_person(date(2027, 1, 4), wait, works=every_day) == date(2027, 2, 6)
    same_day = Wait(date(2027, 1, 11), date(2027, 1, 11), restarts=False)
    assert to_person(date(2027, 1, 4), same_day, works=every_day) == date(2027, 2, 5)


def test_days_of_waiting_before_identity_was_shown_are_not_left_out_twice():
    explained = Wait(date(2027, 1, 5), date(2027, 1, 8), restarts=False)
    shown = Wait(date(2027, 1, 9), date(2027, 1, 20), restarts=True)
    assert to_person(date(2027, 1, 4), explained, shown) == to_person(date(2027, 1, 20))


def test_a_wait_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        Wait(date(2027, 1, 2), date(2027, 1, 1), restarts=True)


def test_twenty_school_days_after_the_day_it_came_in():
    assert to_public(date(2027, 1, 4), works=lambda d: d.weekday() < 5) == date(2027, 2, 1)


def test_school_holidays_do_not_count_until_the_sixtieth_working_day():
    def in_term(day):
        return day < date(2027, 7, 22) or day > date(2027, 9, 1)

    weekdays = {"works": lambda d: d.weekday() < 5}
    assert to_public(date(2027, 7, 16), teaches=in_term, **weekdays) == date(2027, 9, 24)
    assert to_public(date(2027, 7, 16), teaches=lambda _day: False, **weekdays) == date(2027, 10, 8)


def test_the_days_begin_again_with_an_explanation():
    wait = Wait(date(2027, 1, 6), date(2027, 1, 20), restarts=True)
    assert to_public(date(2027, 1, 4), wait) == to_public(date(2027, 1, 20))


def test_a_bank_holiday_in_any_part_of_the_uk_is_no_working_day_of_the_act():
    uk = bank_holidays_of_uk(date(2027, 1, 1), date(2027, 12, 31))
    assert date(2027, 11, 30) in uk  # St Andrew's Day
    assert date(2027, 3, 17) in uk  # St Patrick's Day
    assert set(bank_holidays("wales", date(2027, 1, 1), date(2027, 12, 31))) < set(uk)
    assert date(2027, 11, 30) not in ENGLAND


@given(days, st.integers(0, 40))
def test_months_later_it_is_the_same_day_or_the_last_of_the_month(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + DAY).day == 1


@given(days, st.booleans(), st.integers(0, 20), st.integers(0, 60), st.booleans())
def test_an_answer_to_a_person_is_due_on_a_working_day_and_a_wait_never_shortens_the_time(
    received, extended, after, long, restarts
):
    first = received + after * DAY
    wait = Wait(first, first + long * DAY, restarts)
    without = to_person(received, extended=extended)
    due = to_person(received, wait, extended=extended)
    assert works(due)
    assert works(without)
    assert due >= without
    assert without - received >= timedelta(days=28)
    assert to_person(received, wait, extended=True) > to_person(received, wait)


@given(days, days)
def test_who_comes_in_later_is_never_answered_sooner(one, other):
    first, second = sorted([one, other])
    assert to_person(first) <= to_person(second)
    assert to_public(first) <= to_public(second)


@given(days, st.sets(st.integers(1, 120)))
def test_fewer_school_days_never_bring_the_deadline_forward_and_sixty_working_days_end_it(received, holidays):
    off = {received + n * DAY for n in holidays}
    due = to_public(received, teaches=lambda day: day not in off)
    assert to_public(received) <= due <= to_public(received, teaches=lambda _day: False)
    assert works(due)
    counted = [received + n * DAY for n in range(1, (due - received).days + 1)]
    assert sum(works(day) and day not in off for day in counted) == 20 or sum(map(works, counted)) == 60
