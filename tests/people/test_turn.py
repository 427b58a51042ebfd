"""Several people leave on one day, and what is said by name at the turn of the year."""

from datetime import UTC, date, datetime

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.people.leaving import record_departure, record_leavings, say_of_turn, take_back_turn_word
from schoolgate.people.models import Departure, TurnWord
from tests.cast import someone
from tests.conftest import recorded

LEFT_ON = date(2027, 8, 31)


def test_several_leave_on_one_day_each_with_a_record_of_their_own(at, amina, cara):
    dai = someone("Dai", "staff")
    record_leavings(by=amina, at=at, people=[cara, dai], left_on=LEFT_ON)
    assert sorted(Departure.objects.values_list("person__name", "left_on")) == [
        ("Cara", LEFT_ON), ("Dai", LEFT_ON),
    ]  # fmt: skip
    assert [row.event for row in recorded()] == ["people.left", "people.left"]


def test_where_one_of_them_cannot_leave_nobody_does(at, amina, ben, cara):
    with pytest.raises(NotNow, match="No one would be left to look after people and roles"):
        record_leavings(by=amina, at=at, people=[cara, ben, amina], left_on=LEFT_ON)
    assert not Departure.objects.exists()
    cara.refresh_from_db()
    assert cara.left_on is None
    assert recorded() == []


def test_where_one_of_them_leaves_already_nothing_changes(at, amina, ben, cara):
    record_departure(by=amina, at=at, person=cara, left_on=date(2027, 7, 20))
    with pytest.raises(NotNow, match="in the meantime"):
        record_leavings(by=amina, at=at, people=[ben, cara], left_on=LEFT_ON)
    assert Departure.objects.get().left_on == date(2027, 7, 20)


def test_nobody_and_too_many_are_refused_and_so_is_a_teacher(at, amina, ben, cara):
    with pytest.raises(BadInput):
        record_leavings(by=amina, at=at, people=[], left_on=LEFT_ON)
    with pytest.raises(BadInput):
        record_leavings(by=amina, at=at, people=[ben] * 101, left_on=LEFT_ON)
    with pytest.raises(NotAllowed):
        record_leavings(by=cara, at=at, people=[ben], left_on=LEFT_ON)


def test_a_point_is_said_once_by_name_and_can_be_taken_back(at, amina, cara):
    word = say_of_turn(by=amina, at=at, point="leavers")
    assert (word.year, word.by_id) == (2027, amina.pk)
    with pytest.raises(NotNow):
        say_of_turn(by=amina, at=at, point="leavers")
    with pytest.raises(NotAllowed):
        take_back_turn_word(by=cara, at=at, point="leavers")
    take_back_turn_word(by=amina, at=at, point="leavers")
    with pytest.raises(NotNow):
        take_back_turn_word(by=amina, at=at, point="leavers")
    say_of_turn(by=amina, at=at, point="leavers")
    assert TurnWord.objects.count() == 2
    assert [row.event for row in recorded()] == [
        "people.turn_said", "people.turn_taken_back", "people.turn_said",
    ]  # fmt: skip


def test_a_word_counts_for_its_own_year_alone(at, amina):
    say_of_turn(by=amina, at=datetime(2027, 9, 30, 12, tzinfo=UTC), point="classes")
    assert say_of_turn(by=amina, at=datetime(2027, 10, 1, 12, tzinfo=UTC), point="classes").year == 2028


def test_other_points_and_other_people_are_refused(at, amina, cara):
    with pytest.raises(BadInput):
        say_of_turn(by=amina, at=at, point="everything")
    with pytest.raises(NotAllowed):
        say_of_turn(by=cara, at=at, point="leavers")
