"""What the program is given from outside and can't use is told in one sentence, with what to do."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from schoolgate.cli.main import main
from schoolgate.core import home as homes
from schoolgate.core.env import Env, env
from schoolgate.core.postgres.address import database_url
from schoolgate.core.surroundings import SurroundingsTrouble, unusable_home, wrong_settings

SECRET = "hunter2-hunter2"


@pytest.fixture
def told(monkeypatch):
    """What the surroundings say, for this test alone."""

    def tell(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        env.cache_clear()

    yield tell
    env.cache_clear()


@pytest.fixture
def a_file(tmp_path) -> Path:
    (tmp_path / "file").touch()
    return tmp_path / "file"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "abc", "PORT has to be a number from 1 to 65535."),
        ("PORT", "99999", "PORT has to be a number from 1 to 65535."),
        ("SCHOOLGATE_WEB_PATIENCE", "0", "SCHOOLGATE_WEB_PATIENCE has to be a number from 0.5 to 60."),
        ("SCHOOLGATE_EXAMPLES", "perhaps", "SCHOOLGATE_EXAMPLES has to be 1 (yes) or 0 (no)."),
        ("SCHOOLGATE_LOG_FORMAT", "xml", "SCHOOLGATE_LOG_FORMAT has to be text or json."),
        (
            "SCHOOLGATE_LOG_LEVEL",
            "LOUD",
            "SCHOOLGATE_LOG_LEVEL has to be DEBUG, INFO, WARNING or ERROR.",
        ),
        ("SCHOOLGATE_METRICS_TOKEN", SECRET, "SCHOOLGATE_METRICS_TOKEN needs at least 20 characters."),
        ("DATABASE_URL", SECRET, "DATABASE_URL has to be an address such as postgresql://user@host/name."),
        ("SCHOOLGATE_MAIL_IN", "office", "SCHOOLGATE_MAIL_IN has to be an email address without a +."),
    ],
)
def test_a_setting_that_cannot_be_read_is_one_sentence_without_its_value(told, name, value, says):
    told(**{name: value})
    with pytest.raises(SurroundingsTrouble) as trouble:
        env()
    assert str(trouble.value) == says


def test_no_setting_of_the_program_is_told_with_its_value():
    """Whatever kind of setting comes to be: each is given what none can be."""
    wrong = {field.validation_alias or name: [SECRET] for name, field in Env.model_fields.items()}
    with pytest.raises(ValidationError) as trouble:
        Env.model_validate(wrong)
    said = wrong_settings(trouble.value, Env)
    assert SECRET not in said
    assert len(said.splitlines()) == len(trouble.value.errors())
    assert "can't be read" in said  # what no sentence was written for is at least named


@pytest.mark.parametrize("words", [["up"], ["down"], ["check"], ["sign-ins"], ["upgrade"], ["code", "a@b"]])
def test_every_command_says_the_same_of_a_home_that_is_a_file(told, a_file, capsys, words):
    told(SCHOOLGATE_HOME=str(a_file))
    assert main(words) == 1
    said = f"schoolgate: SCHOOLGATE_HOME is {a_file}, and that is a file. Choose a folder.\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    ("home", "why"),
    [("file/var", "file is not a folder"), ("/proc/schoolgate", "no folder can be made there")],
)
def test_a_home_that_cannot_be_made_says_why(told, a_file, home, why):
    told(SCHOOLGATE_HOME=str(a_file.parent / home))
    with pytest.raises(SurroundingsTrouble, match=rf"{why}\. Choose another folder"):
        homes.home()


def test_a_home_of_another_user_is_named_also_where_only_its_folders_are(told, tmp_path, monkeypatch):
    told(SCHOOLGATE_HOME=str(tmp_path))
    (tmp_path / "run").mkdir()
    monkeypatch.setattr(os, "access", lambda place, _how: Path(place) == tmp_path)  # root may do all
    with pytest.raises(SurroundingsTrouble, match=r"run belongs to .*, and you can't write there\. Choose"):
        homes.folder("run")


def test_a_file_of_another_user_in_the_home_is_too_and_one_elsewhere_is_a_fault_of_ours(tmp_path):
    (tmp_path / "run").mkdir()
    lock = tmp_path / "run" / "up.lock"
    lock.touch()
    within = unusable_home(PermissionError(13, "Permission denied", str(lock)), tmp_path)
    assert within is not None
    assert "up.lock belongs to" in within
    assert unusable_home(PermissionError(13, "Permission denied", "/etc/shadow"), tmp_path) is None
    assert unusable_home(FileNotFoundError(2, "No such file", str(tmp_path / "lost")), tmp_path) is None


def test_an_address_for_the_program_without_one_for_its_tables_is_a_sentence_too(told):
    told(DATABASE_URL=f"postgresql://app:{SECRET}@db.example/school")
    with pytest.raises(SurroundingsTrouble, match="DATABASE_OWNER_URL is not") as trouble:
        database_url(env(), "owner")
    assert SECRET not in str(trouble.value)


def test_a_home_that_is_new_is_made(told, tmp_path):
    told(SCHOOLGATE_HOME=str(tmp_path / "new" / "home"))
    assert homes.folder("run") == tmp_path / "new" / "home" / "run"


def test_the_version_is_that_of_schoolgate(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == "schoolgate 0.2.0\n"
