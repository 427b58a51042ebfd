"""The image and its composition name only what is there; scripts/try_image builds and starts it."""

import re

import pytest

from schoolgate import __version__
from schoolgate.cli.registry import COMMANDS
from schoolgate.core.env import Env
from schoolgate.core.own_files import said_in
from tests.gates.files import ROOT

OPERATIONS = ROOT / "docs" / "operations"
CONTAINERFILE = (OPERATIONS / "Containerfile").read_text()
COMPOSED = said_in(OPERATIONS / "compose.yaml")
OURS = {name: each for name, each in COMPOSED["services"].items() if each["image"].startswith("schoolgate:")}


def test_everything_that_the_image_copies_is_there():
    copied = [line.split()[1:-1] for line in CONTAINERFILE.splitlines() if line.startswith("COPY ")]
    assert [path for line in copied for path in line if not (ROOT / path).exists()] == []
    assert {"pyproject.toml", "requirements", "scripts/env", "schoolgate"} <= {
        path for line in copied for path in line
    }


def test_the_image_starts_a_command_of_the_program():
    [command] = re.findall(r'^CMD \["(\w+)"', CONTAINERFILE, re.MULTILINE)
    assert command in COMMANDS
    assert "scripts/env" in CONTAINERFILE


def test_pages_worker_and_migration_are_the_program_s_own_commands():
    assert {name: each["command"][0] for name, each in OURS.items()} == {
        "migrate": "migrate",
        "web": "web",
        "worker": "worker",
    }
    assert {each["command"][0] for each in OURS.values()} <= COMMANDS.keys()
    assert {each["image"] for each in OURS.values()} == {f"schoolgate:{__version__}"}
    assert f" -t schoolgate:{__version__} ." in CONTAINERFILE


def test_the_page_about_installing_names_the_wheel_of_this_version():
    wheels = re.findall(r"schoolgate-[\d.]+-py3\S*", (ROOT / "docs/how-to/install.md").read_text())
    assert {*wheels} == {f"schoolgate-{__version__}-py3-none-any.whl"}


def test_only_the_migration_has_the_password_of_the_owner():
    assert [name for name, each in OURS.items() if "OWNER" in str(each)] == ["migrate"]


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, each in COMPOSED["services"].items() if "ports" in each] == ["proxy"]
    assert COMPOSED["services"]["proxy"]["ports"] == ["80:80", "443:443"]


def test_the_proxy_reads_the_caddyfile_of_the_pages_and_says_what_it_leaves_open():
    """It had a line of its own once, without the limit."""
    proxy = COMPOSED["services"]["proxy"]
    caddyfile = (OPERATIONS / "Caddyfile").read_text()
    assert "command" not in proxy
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in proxy["volumes"]
    assert set(re.findall(r"^[^#]*?\{\$([A-Z]+):", caddyfile, re.MULTILINE)) == proxy["environment"].keys()
    assert "max_size 300MB" in caddyfile


def test_every_volume_and_file_that_is_mounted_is_there():
    for each in COMPOSED["services"].values():
        for volume in each.get("volumes", ()):
            source = volume.partition(":")[0]
            assert source in COMPOSED["volumes"] or (OPERATIONS / source).is_file()


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_one_that_the_program_reads(name):
    known = {str(field.validation_alias or key.upper()) for key, field in Env.model_fields.items()}
    assert OURS[name]["environment"].keys() - known == set()


def test_the_database_is_made_as_the_manual_says():
    made = re.findall(r"CREATE (?:ROLE|DATABASE)[^;]*;", (OPERATIONS / "database.sh").read_text())
    said = re.findall(r"CREATE (?:ROLE|DATABASE)[^;]*;", (ROOT / "docs" / "operations.md").read_text())
    assert [re.sub(r":'\w+'", "'...'", line) for line in made] == said
