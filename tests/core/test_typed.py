"""A hint is pasted into the terminal it was read in: it names program and home as they are there."""

import sys

import pytest

from schoolgate.core import home as hints
from schoolgate.core.env import env
from schoolgate.core.home import typed


@pytest.fixture
def here(monkeypatch, tmp_path):
    """A terminal in a checkout, whose home is the usual one."""
    program = tmp_path / ".venv" / "bin" / "schoolgate"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(program.with_name("python")))
    monkeypatch.setattr(hints, "WRAPPER", tmp_path / "wrapper")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.delenv("SCHOOLGATE_HOME")
    env.cache_clear()
    yield tmp_path
    env.cache_clear()


def test_in_a_checkout_it_is_a_path_and_names_a_home_that_commands_do_not_take_by_themselves(
    here, monkeypatch
):
    assert typed("sign-ins") == ".venv/bin/schoolgate sign-ins"
    assert typed("up", PORT="8080") == "PORT=8080 .venv/bin/schoolgate up"
    assert typed("up", home="~/schoolgate") == "SCHOOLGATE_HOME=~/schoolgate .venv/bin/schoolgate up"
    for home, named in ((here / "var", ""), ("/srv/the school", "SCHOOLGATE_HOME='/srv/the school' ")):
        monkeypatch.setenv("SCHOOLGATE_HOME", str(home))
        env.cache_clear()
        assert typed("down") == f"{named}.venv/bin/schoolgate down"


def test_in_another_folder_it_is_the_whole_path_and_on_the_path_its_name(here, monkeypatch):
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    assert typed("check") == f"{here}/.venv/bin/schoolgate check"
    monkeypatch.setenv("PATH", str(here / ".venv/bin"))
    assert typed("check") == "schoolgate check"


def test_of_the_service_it_is_its_own_command_and_systemd_starts_and_stops_it(here, monkeypatch):
    wrapper = hints.WRAPPER
    wrapper.write_text(f'exec runuser -u nobody-else -- {here}/.venv/bin/schoolgate "$@"')
    assert typed("check") == ".venv/bin/schoolgate check"  # another user's
    monkeypatch.setattr(hints.pwd, "getpwuid", lambda _: type("Row", (), {"pw_name": "nobody-else"}))
    monkeypatch.setenv("SCHOOLGATE_HOME", "/var/lib/schoolgate")
    env.cache_clear()
    assert typed("setup", "--link") == "schoolgate setup --link"
    assert typed("up") == "systemctl start schoolgate"
    assert typed("down") == "systemctl stop schoolgate"
    assert (
        typed("up", PORT="8080")
        == "systemctl restart schoolgate (with PORT=8080 in /etc/schoolgate/environment)"
    )
