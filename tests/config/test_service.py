"""The files for whoever runs the machine say what the program knows."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from schoolgate.cli.registry import COMMANDS
from schoolgate.core.env import Env

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations"
UNIT = OPERATIONS / "schoolgate.service"


def variables() -> set[str]:
    """What the surroundings may say."""
    return {str(field.validation_alias or name.upper()) for name, field in Env.model_fields.items()}


@pytest.mark.parametrize(
    "name", ["schoolgate.service", "Caddyfile", "nginx.conf", "Containerfile", "compose.yaml", "machine.md"]
)
def test_every_variable_that_is_named_is_one_that_the_program_reads(name):
    named = set(re.findall(r"SCHOOLGATE_[A-Z_]+", (OPERATIONS / name).read_text()))
    assert named - variables() == set()


def test_the_unit_starts_a_command_that_is_there():
    [started] = re.findall(r"^ExecStart=\S+/schoolgate (\S+)", UNIT.read_text(), re.MULTILINE)
    assert started in COMMANDS


def test_systemd_takes_the_unit(tmp_path):
    analyze = shutil.which("systemd-analyze")
    text = UNIT.read_text()
    assert "User=schoolgate" in text
    if analyze is None:
        return
    # The program and its folder are not where the unit has them; all else is as it stands.
    (tmp_path / UNIT.name).write_text(
        text.replace("/opt/schoolgate/.venv/bin/schoolgate", "/bin/true").replace("/opt/schoolgate", "/tmp")
    )
    done = subprocess.run(
        [analyze, "verify", str(tmp_path / UNIT.name)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
