"""What has to run again and again is heard of, or said to stand still."""

from datetime import timedelta

import pytest

from schoolgate.core import heartbeats
from schoolgate.jobs import app as jobs
from schoolgate.jobs import tasks

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


def all_beat(at) -> None:
    heartbeats.begin(at=at - MINUTE)
    for what in heartbeats.LONGEST_SILENCE:
        heartbeats.note(what, at=at)


def still(at) -> list[str]:
    return [found.what for found in heartbeats.standing_still(at)]


def test_the_list_names_the_sweeps_and_the_lanes_without_one():
    lanes = {f"lane.{lane}" for lane in tasks.WATCHED}
    assert set(heartbeats.LONGEST_SILENCE) == {*jobs.sweeps(), heartbeats.WORKER} - {jobs.BEATING} | lanes


def test_each_sweep_is_missed_within_a_few_of_its_rounds():
    most = {"minutely": 10 * MINUTE, "hourly": timedelta(hours=3), "daily": timedelta(hours=50)}
    for what, allowed in heartbeats.LONGEST_SILENCE.items():
        assert allowed <= most.get(what.partition(".")[0], 10 * MINUTE)


def test_nothing_stands_still_that_was_never_begun(at):
    assert still(at) == []


@pytest.mark.parametrize("what", heartbeats.LONGEST_SILENCE)
def test_each_may_take_as_long_as_is_said_and_no_longer(at, what):
    allowed = heartbeats.LONGEST_SILENCE[what]
    heartbeats.begin(at=at - 30 * DAY)
    for other in heartbeats.LONGEST_SILENCE:
        heartbeats.note(other, at=at + allowed)
    heartbeats.note(what, at=at)
    assert what not in still(at + allowed)
    (found,) = [one for one in heartbeats.standing_still(at + allowed + MINUTE) if one.what == what]
    assert (found.since, found.allowed) == (at, allowed)


def test_what_never_ran_is_found_too(at):
    heartbeats.begin(at=at)
    assert still(at + 5 * MINUTE) == []
    assert still(at + 6 * MINUTE) == ["worker"]
    assert heartbeats.standing_still(at + DAY)[0].since is None


def test_a_machine_that_was_off_all_night_is_given_time(at):
    all_beat(at)
    morning = at + timedelta(hours=14)
    assert "worker" in still(morning)
    heartbeats.begin(at=morning)
    assert still(morning) == []
    assert still(morning + 6 * MINUTE) == ["worker"]


def test_a_daily_sweep_that_is_stuck_is_missed_on_a_machine_that_is_off_each_night(at):
    all_beat(at)
    for day in range(1, 4):
        heartbeats.begin(at=at + day * DAY)
        heartbeats.note(heartbeats.WORKER, at=at + day * DAY)
    evening = at + 3 * DAY
    assert "daily.marks" not in still(evening + heartbeats.CATCH_UP)
    assert "daily.marks" in still(evening + heartbeats.CATCH_UP + MINUTE)


@pytest.mark.parametrize("what", sorted(set(heartbeats.LONGEST_SILENCE) - {heartbeats.WORKER}))
def test_one_stuck_sweep_of_many_is_missed_alone(at, what):
    all_beat(at)
    later = at + heartbeats.LONGEST_SILENCE[what] + MINUTE
    for other in set(heartbeats.LONGEST_SILENCE) - {what}:
        heartbeats.note(other, at=later)
    assert still(later) == [what]


def test_what_a_dead_worker_does_not_do_is_said_once(at):
    all_beat(at)
    found = heartbeats.standing_still(at + 30 * DAY)
    assert len(found) == len(heartbeats.LONGEST_SILENCE)
    assert [each.what for each in heartbeats.said_once(found)] == ["worker"]


def test_starting_again_and_again_does_not_hide_a_dead_worker(at):
    all_beat(at)
    for hours in range(1, 5):
        heartbeats.begin(at=at + timedelta(hours=hours))
    assert "worker" in still(at + timedelta(hours=4))


def test_a_clock_that_was_set_back_by_a_day_does_not_hide_it(at):
    all_beat(at + DAY)
    assert "worker" in still(at)
    heartbeats.note("worker", at=at)
    assert "worker" not in still(at)


def test_a_name_that_is_not_on_the_list_is_refused(at):
    with pytest.raises(KeyError):
        heartbeats.note("minutely.something", at=at)


def test_the_alarm_is_raised_once_a_day_for_each_thing(at):
    assert heartbeats.may_tell("worker", at=at)
    assert not heartbeats.may_tell("worker", at=at + DAY - MINUTE)
    assert heartbeats.may_tell("minutely.send_due", at=at + MINUTE)
    assert heartbeats.may_tell("worker", at=at + DAY + MINUTE)
    assert not heartbeats.may_tell("worker", at=at + DAY + MINUTE)
