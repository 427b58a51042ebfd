"""When a duty is due, and from when it is late."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.days import NEVER
from schoolgate.duties.models import Due, DueKind
from schoolgate.rulebook import findings

NOON = datetime(2027, 5, 5, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
instants = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
days = st.dates(date(2001, 1, 1), date(2090, 1, 1))


def test_an_instant_is_in_time_and_the_next_tick_is_late():
    due = Due.at(NOON)

    assert [due.is_late(NOON), due.is_late(NOON + TICK)] == [False, True]


def test_a_summer_day_ends_at_midnight_in_london():
    due = Due.day(date(2027, 7, 1))

    assert due.last_instant == datetime(2027, 7, 1, 23, tzinfo=UTC) - TICK


def test_a_winter_day_ends_at_midnight_in_london():
    due = Due.day(date(2027, 1, 8))

    assert due.last_instant == datetime(2027, 1, 9, tzinfo=UTC) - TICK


def test_where_no_time_is_promised_nothing_is_ever_late():
    due = Due.none_promised()

    assert (due.last_instant, due.is_late(NEVER), due.warn_from(NOON)) == (NEVER, False, None)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Due.at(datetime(2027, 5, 5))


def test_the_reminder_comes_with_a_quarter_of_the_time_left():
    due = Due.at(NOON + timedelta(hours=24))

    assert due.warn_from(NOON) == NOON + timedelta(hours=18)


def test_the_reminder_of_a_day_comes_on_its_morning():
    due = Due.day(date(2027, 7, 1))

    assert due.warn_from(NOON) == datetime(2027, 6, 30, 23, tzinfo=UTC)


def test_what_is_late_already_is_reminded_of_at_once():
    due = Due.at(NOON - timedelta(days=3))

    assert due.warn_from(NOON) == NOON


@given(days)
def test_the_last_instant_of_a_day_is_still_that_day_in_london(day):
    last = Due.day(day).last_instant

    assert (local_day(last), local_day(last + TICK)) == (day, day + timedelta(days=1))


@given(instants, instants)
def test_nobody_is_reminded_before_the_duty_is_opened(opened, due_at):
    warn = Due.at(due_at).warn_from(opened)

    assert warn is not None
    assert warn >= opened


@given(instants)
def test_an_instant_falls_on_its_day_in_london(at):
    assert Due.at(at).day_in_london() == at.astimezone(LONDON).date()
    assert Due.at(at).kind == DueKind.INSTANT


def test_a_decisions_due_time_is_taken_as_it_is():
    day = date(2027, 7, 1)

    assert Due.of(findings.Due(instant=NOON)) == Due.at(NOON)
    assert Due.of(findings.Due(day=day)) == Due.day(day)
    assert Due.of(findings.Due.none_promised()) == Due.none_promised()
