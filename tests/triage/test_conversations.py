"""Conversations that turn sour, and pile-ons, on both sides of each threshold."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.triage import pile_on, turns_sour

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CALM, SOUR = "see you at the fair", "you are a stupid idiot"


def row(*texts, step=timedelta(minutes=5)):
    return [(text, NOON + number * step) for number, text in enumerate(texts)]


def test_three_sour_texts_of_the_last_six_turn_a_conversation():
    assert turns_sour(row(CALM, CALM, CALM, SOUR, SOUR, SOUR))
    assert not turns_sour(row(CALM, CALM, CALM, CALM, SOUR, SOUR))


def test_sour_texts_longer_ago_than_the_last_six_do_not_count():
    assert not turns_sour(row(SOUR, SOUR, SOUR, CALM, CALM, CALM, CALM, CALM))


def test_a_conversation_that_calms_is_not_turning_sour():
    assert not turns_sour(row(SOUR, SOUR, SOUR, SOUR, SOUR, SOUR, SOUR, CALM, SOUR, CALM, SOUR, CALM))


def test_texts_of_another_day_do_not_count():
    assert turns_sour(row(SOUR, SOUR, SOUR, step=timedelta(hours=12)))
    assert not turns_sour(row(SOUR, SOUR, SOUR, step=timedelta(hours=12, minutes=1)))


def test_the_order_in_which_texts_are_given_does_not_matter():
    assert turns_sour(row(CALM, SOUR, SOUR, SOUR)[::-1])
    assert not turns_sour([])


def crowd(people, each=timedelta(minutes=1)):
    return [NOON + number * each for number in range(people)], list(range(people))


def test_eight_people_in_half_an_hour_are_a_pile_on_and_seven_are_not():
    times, authors = crowd(8)
    found = pile_on(times, authors)
    assert found is not None
    assert (found.people, found.comments, found.began, found.last) == (8, 8, NOON, times[-1])
    assert pile_on(*crowd(7)) is None


def test_eight_people_within_exactly_half_an_hour_count_and_a_second_more_does_not():
    times, authors = crowd(8)
    assert pile_on([*times[:-1], NOON + timedelta(minutes=30)], authors)
    assert pile_on([*times[:-1], NOON + timedelta(minutes=30, seconds=1)], authors) is None


def test_one_person_who_writes_a_lot_is_no_pile_on():
    times, _authors = crowd(20)
    assert pile_on(times, ["the same"] * 20) is None
    assert pile_on([], []) is None


def test_the_thickest_half_hour_is_returned_whatever_the_order():
    times, authors = crowd(8)
    later = [NOON + timedelta(hours=3, minutes=number) for number in range(12)]
    found = pile_on([*later, *times], [*range(100, 112), *authors])
    assert found is not None
    assert found.people == 12
    assert found.began == later[0]


def test_as_many_authors_as_times_are_wanted():
    with pytest.raises(ValueError):
        pile_on([NOON], [])
