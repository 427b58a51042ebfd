"""How long a session lasts, and the moves of a reset."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.moves import check_moves
from schoolgate.people.models import (
    IDLE_AFTER,
    RESET_MOVES,
    ResetState,
    SignedInWith,
    session_ends_at,
    session_is_over,
)

SECOND = timedelta(seconds=1)
MORNING = datetime(2027, 1, 19, 7, 45, tzinfo=UTC)


def test_the_moves_of_a_reset_name_every_state():
    check_moves(ResetState, RESET_MOVES)


def test_a_session_that_begins_before_school_lasts_the_school_day():
    assert session_ends_at(MORNING) == datetime(2027, 1, 19, 17, 45, tzinfo=UTC)


def test_a_session_that_begins_in_the_evening_ends_at_midnight_in_london():
    assert session_ends_at(datetime(2027, 6, 15, 19, 0, tzinfo=UTC)) == datetime(
        2027, 6, 15, 23, 0, tzinfo=UTC
    )


def test_ten_hours_are_ten_hours_on_the_night_the_clocks_change():
    before = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    assert session_ends_at(before) - before == timedelta(hours=10)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_no_session_outlives_its_day_or_ten_hours(begun):
    ends = session_ends_at(begun)
    assert begun < ends <= begun + timedelta(hours=10)
    assert local_day(ends - timedelta(microseconds=1)) == local_day(begun)
    assert ends.astimezone(LONDON).date() - begun.astimezone(LONDON).date() <= timedelta(days=1)


def over(way, *, idle=timedelta(0), at=MORNING):
    return session_is_over(
        signed_in_with=way, ends_at=MORNING + timedelta(hours=10), seen_at=at - idle, at=at
    )


def test_a_password_session_ends_after_an_hour_without_use_and_not_before():
    for way in (SignedInWith.PASSWORD, SignedInWith.TWO_STEPS):
        assert [over(way, idle=IDLE_AFTER - SECOND), over(way, idle=IDLE_AFTER)] == [False, True]


def test_a_passkey_session_is_not_ended_for_being_idle():
    assert over(SignedInWith.PASSKEY, idle=timedelta(hours=9)) is False


def test_every_session_ends_at_its_end_and_not_a_second_before():
    end = MORNING + timedelta(hours=10)
    assert [over(way, at=end) for way in SignedInWith] == [True, True, True]
    assert [over(way, at=end - SECOND) for way in SignedInWith] == [False, False, False]
