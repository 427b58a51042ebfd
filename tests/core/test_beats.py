"""What has to run again and again is heard of, or said to stand still."""

from datetime import timedelta

import pytest

from schoolgate.core import beats
from schoolgate.jobs import app as jobs

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


def all_beat(at) -> None:
    beats.begin(at=at - MINUTE)
    for what in beats.MUST_BEAT:
        beats.note(what, at=at)


def still(at) -> list[str]:
    return [found.what for found in beats.standing_still(at)]


def test_the_list_names_sweeps_that_are_there():
    sweeps = {module.removeprefix("schoolgate.jobs.") for module in jobs.modules() if jobs.rhythm_of(module)}
    assert set(beats.MUST_BEAT) - {beats.WORKER} <= sweeps
    minutely = {name for name in sweeps if name.startswith("minutely.")} - {"minutely.beats"}
    assert minutely <= set(beats.MUST_BEAT)


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
    assert still(at + 10 * MINUTE) == []
    assert still(at + 11 * MINUTE) == ["worker"]
    assert beats.standing_still(at + DAY)[0].since is None


def test_a_machine_that_was_off_all_night_is_given_time(at):
    all_beat(at)
    morning = at + timedelta(hours=14)
    assert "worker" in still(morning)
    beats.begin(at=morning)
    assert still(morning) == []
    assert still(morning + 11 * MINUTE) == ["worker"]


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


def test_the_alarm_is_raised_once_a_day(at):
    assert beats.may_tell(at=at)
    assert not beats.may_tell(at=at + DAY - MINUTE)
    assert beats.may_tell(at=at + DAY + MINUTE)
    assert not beats.may_tell(at=at + DAY + MINUTE)
