"""`schoolgate stop` and `schoolgate go`: the whole installation, by whoever runs the machine."""

import argparse
from datetime import timedelta

import pytest

from schoolgate.cli.registry import COMMANDS
from schoolgate.core import stops
from schoolgate.core.clock import now
from schoolgate.core.home import typed


def run(name: str, *words: str) -> int:
    command = COMMANDS[name].load(name)
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args(list(words)))


def test_everything_stops_until_it_is_told_to_go(scoped, capsys):
    assert run("stop", "--reason", "The network is down") == 0
    assert stops.is_stopped(scoped.id, None, now())
    assert run("stop", "--show") == 0
    assert "The network is down" in capsys.readouterr().out
    assert run("go") == 0
    assert not stops.is_stopped(scoped.id, None, now() + timedelta(seconds=1))


@pytest.mark.parametrize("words", [[], ["--reason", "x", "--until", "2020-01-01T10:00"]])
def test_without_a_reason_or_with_an_end_that_has_passed_nothing_stops(scoped, capsys, words):
    assert run("stop", *words) == 2
    assert "schoolgate stop:" in capsys.readouterr().err
    assert not stops.is_stopped(scoped.id, None, now())


def test_what_is_no_time_is_asked_for_again(scoped, capsys):
    with pytest.raises(SystemExit):
        run("stop", "--reason", "x", "--until", "tomorrow")


def test_a_home_restored_from_a_backup_is_not_released_by_it(scoped, capsys):
    stops.stop_installation(reason="restored", at=now() - timedelta(seconds=1))
    assert run("go") == 1
    assert f". Run `{typed('help')}` to see how to release it." in capsys.readouterr().out
    assert stops.is_stopped(scoped.id, None, now())
