"""What the tests need is installed aloud: a step that takes long says how far it is, and can be stopped."""

import sys

import pytest

from schoolgate.cli import up
from schoolgate.core.processes import command_line
from tests.cli.machine import wait_for
from tests.gates.files import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import aloud
import test_needs


def test_a_step_says_what_it_does_and_how_far_it_is_and_returns_what_it_wrote(monkeypatch):
    monkeypatch.setattr(up, "SECONDS_OF_SILENCE", 0.1)
    said = []
    words = ["sh", "-c", "echo; echo Setting up gcc; sleep 0.4; echo broken >&2; exit 3"]
    status, written = aloud.run(words, "apt-get install", said.append, how_far=test_needs.packages_set_up)
    assert (status, written) == (3, "\nSetting up gcc\nbroken\n")
    assert said == ["apt-get install", "apt-get install: 1 set up (0 s)"]
    assert test_needs.packages_set_up("") == "looking for packages, and fetching them"


def test_a_step_that_is_stopped_ends_with_all_that_it_started(monkeypatch, tmp_path):
    mark = tmp_path / "mark"

    def pressed(*_: object) -> int:
        wait_for(mark.exists)
        raise KeyboardInterrupt

    monkeypatch.setattr(aloud, "wait_aloud", pressed)
    words = ["sh", "-c", f"sleep 600 & echo $! > {mark}.draft; mv {mark}.draft {mark}; wait"]
    with pytest.raises(KeyboardInterrupt):
        aloud.run(words, "npm ci", [].append)
    child = int(mark.read_text())
    wait_for(lambda: "sleep" not in (command_line(child) or ""))
