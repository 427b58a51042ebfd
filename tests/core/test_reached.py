"""The address that a command prints is the one at which the pages are served."""

import json

import pytest

from schoolgate.core import home


class Told:
    """What was set from outside."""

    public_address, port = None, 8000
    model_fields_set: set[str] = set()


@pytest.fixture
def told(monkeypatch, tmp_path):
    (tmp_path / "run").mkdir()
    Told.home, Told.public_address = tmp_path, None
    monkeypatch.setattr(home, "env", Told)
    return tmp_path / "run" / home.NOTE_OF_UP


def test_it_names_the_port_of_what_runs_unless_one_was_given(told, monkeypatch):
    assert home.origin() == "http://localhost:8000"
    told.write_text(json.dumps({"port": 8139}))
    assert home.origin() == "http://localhost:8139"
    monkeypatch.setattr(Told, "model_fields_set", {"port"})
    assert home.origin() == "http://localhost:8000"
    Told.public_address = "https://social.example.sch.uk"
    assert home.origin() == "https://social.example.sch.uk"


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"port": "x"}', '{"port": 0}'])
def test_a_note_that_says_no_port_is_passed_over(told, note):
    told.write_text(note)
    assert home.port_here() == 8000
