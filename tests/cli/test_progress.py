"""A start says what it does, and how far it is, while a step takes longer than a moment."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from schoolgate.cli import up

WRITTEN = "Migrations to apply: 3\n  Applying core.0001_initial... OK\n  Applying people.0001_initial..."


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(up, "SECONDS_OF_SILENCE", 0.05)


def test_it_counts_the_migrations_that_are_done_of_this_run_only(tmp_path):
    log = tmp_path / "migrate.log"
    log.write_text("Migrations to apply: 9\n  Applying core.0001_initial... OK\n")
    how_far = up.migrations_done(log)
    assert how_far() == "starting"
    with log.open("a") as more:
        more.write(WRITTEN)
    assert how_far() == "1 of 3 done"


def test_it_tells_which_part_of_an_example_is_done_of_this_run_only(tmp_path):
    log = tmp_path / "demo.log"
    log.write_text("  wildground, parts of 33: 33\n  done\n")
    how_far = up.parts_done(log)
    assert how_far() == "starting"
    with log.open("a") as more:
        more.write("  wootton, parts of 33: 4\n  wootton, parts of 33: 12\n")
    assert how_far() == "12 of 33 parts done"


def test_the_same_is_not_told_again_and_again(quick, monkeypatch):
    monkeypatch.setattr(up, "SECONDS_BETWEEN_LINES", 0.0)
    told, answers = [], iter([*[None] * 2000, 0])
    clock = iter(range(10_000))
    monkeypatch.setattr(up.time, "monotonic", lambda: next(clock) / 100)
    step = SimpleNamespace(poll=lambda: next(answers))
    assert up.wait_aloud(step, "reading", told.append, lambda: "a few seconds") == 0
    assert len(told) == 2  # twenty seconds: at once, and after fifteen


def test_a_log_that_is_not_there_yet_is_read_later(tmp_path):
    how_far = up.migrations_done(tmp_path / "migrate.log")
    (tmp_path / "migrate.log").write_text(WRITTEN)
    assert how_far() == "1 of 3 done"


def test_a_long_step_is_told_and_its_status_returned(quick):
    told = []
    step = subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read(); sys.exit(3)"], stdin=subprocess.PIPE
    )

    def say(sentence: str) -> None:
        told.append(sentence)
        step.stdin.close()

    assert up.wait_aloud(step, "making tables", say, lambda: "2 of 9 done") == 3
    assert told[0] == "making tables: 2 of 9 done (0 s)"


def test_a_short_step_is_not_told():
    told = []
    assert up.wait_aloud(subprocess.Popen(["true"]), "making tables", told.append, str) == 0
    assert told == []
