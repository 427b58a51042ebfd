"""What has to run again and again is heard of, or said to stand still."""

from datetime import timedelta

import pytest

from schoolgate.core import beats
from schoolgate.jobs import app as jobs
from schoolgate.jobs import probing

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


def all_beat(at) -> None:
    beats.begin(at=at - MINUTE)
    for what in beats.MUST_BEAT:
        beats.note(what, at=at)


def still(at) -> list[str]:
    return [found.what for found in beats.standing_still(at)]


def test_the_list_names_every_sweep_and_nothing_else():
    sweeps = {module.removeprefix("schoolgate.jobs.") for module in jobs.modules() if jobs.rhythm_of(module)}
    lanes = {f"lane.{lane}" for lane in probing.WATCHED}
    assert set(beats.MUST_BEAT) == (sweeps - {"minutely.beats"}) | {beats.WORKER} | lanes


def test_each_sweep_is_missed_within_a_few_of_its_rounds():
    most = {"minutely": 10 * MINUTE, "hourly": timedelta(hours=3), "daily": timedelta(hours=50)}
    for what, allowed in beats.MUST_BEAT.items():
        assert allowed <= most.get(what.partition(".")[0], 10 * MINUTE)


def test_nothing_stands_still_that_was_never_begun(at):
    assert still(at) == []


@pytest.mark.parametrize("what", beats.MUST_BEAT)
def test_each_may_take_as_long_as_is_said_and_no_longer(at, what):
    allowed = beats.MUST_BEAT[what]
    beats.begin(at=at - 30 * DAY)
    for other in beats.MUST_BEAT:
        beats.note(other, at=at + allowed)
    beats.note(what, at=at)
    assert what not in still(at + allowed)
    (found,) = [one for one in beats.standing_still(at + allowed + MINUTE) if one.what == what]
    assert (found.since, found.allowed) == (at, allowed)


def test_what_never_ran_is_found_too(at):
    beats.begin(at=at)
    assert still(at + 5 * MINUTE) == []
    assert still(at + 6 * MINUTE) == ["worker"]
    assert beats.standing_still(at + DAY)[0].since is None


def test_a_machine_that_was_off_all_night_is_given_time(at):
    all_beat(at)
    morning = at + timedelta(hours=14)
    assert "worker" in still(morning)
    beats.begin(at=morning)
    assert still(morning) == []
    assert still(morning + 6 * MINUTE) == ["worker"]


def test_a_daily_sweep_that_is_stuck_is_missed_on_a_machine_that_is_off_each_night(at):
    all_beat(at)
    for day in range(1, 4):
        beats.begin(at=at + day * DAY)
        beats.note(beats.WORKER, at=at + day * DAY)
    evening = at + 3 * DAY
    assert "daily.marks" not in still(evening + beats.CATCH_UP)
    assert "daily.marks" in still(evening + beats.CATCH_UP + MINUTE)


@pytest.mark.parametrize("what", sorted(set(beats.MUST_BEAT) - {beats.WORKER}))
def test_one_stuck_sweep_of_many_is_missed_alone(at, what):
    all_beat(at)
    later = at + beats.MUST_BEAT[what] + MINUTE
    for other in set(beats.MUST_BEAT) - {what}:
        beats.note(other, at=later)
    assert still(later) == [what]


def test_what_a_dead_worker_does_not_do_is_said_once(at):
    all_beat(at)
    found = beats.standing_still(at + 30 * DAY)
    assert len(found) == len(beats.MUST_BEAT)
    assert [each.what for each in beats.said_once(found)] == ["worker"]


def test_starting_again_and_again_does_not_hide_a_dead_worker(at):
    all_beat(at)
    for hours in range(1, 5):
        beats.begin(at=at + timedelta(hours=hours))
    assert "worker" in still(at + timedelta(hours=4))


def test_a_clock_that_was_set_back_by_a_day_does_not_hide_it(at):
    all_beat(at + DAY)
    assert "worker" in still(at)
    beats.note("worker", at=at)
    assert "worker" not in still(at)


def test_a_name_that_is_not_on_the_list_is_refused(at):
    with pytest.raises(KeyError):
        beats.note("minutely.something", at=at)


def test_the_alarm_is_raised_once_a_day_for_each_thing(at):
    assert beats.may_tell("worker", at=at)
    assert not beats.may_tell("worker", at=at + DAY - MINUTE)
    assert beats.may_tell("minutely.send_due", at=at + MINUTE)
    assert beats.may_tell("worker", at=at + DAY + MINUTE)
    assert not beats.may_tell("worker", at=at + DAY + MINUTE)
