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
    "name",
    [
        "schoolgate.service",
        "schoolgate.sh",
        "Caddyfile",
        "nginx.conf",
        "Containerfile",
        "compose.yaml",
        "machine.md",
    ],
)
def test_every_variable_that_is_named_is_one_that_the_program_reads(name):
    named = set(re.findall(r"SCHOOLGATE_[A-Z_]+", (OPERATIONS / name).read_text()))
    assert named - variables() == set()


def test_the_unit_starts_a_command_that_is_there():
    [started] = re.findall(r"^ExecStart=\S+/schoolgate (\S+)", UNIT.read_text(), re.MULTILINE)
    assert started in COMMANDS


def test_the_command_of_the_machine_takes_settings_as_systemd_does_and_passes_its_words_on(tmp_path):
    """Here `runuser` and `id` only say what they were asked."""
    (tmp_path / "environment").write_text(
        "# SCHOOLGATE_COMMENT=1\nSCHOOLGATE_MAIL_FROM=Hill School <a@b.example>\n"
        'PORT="81 "\nSCHOOLGATE_SECRET_KEY=a="b"\nSCHOOLGATE_HOME=/elsewhere'
    )
    around = (
        '"$SCHOOLGATE_MAIL_FROM" "$PORT" "$SCHOOLGATE_SECRET_KEY" "$SCHOOLGATE_HOME" "${SCHOOLGATE_COMMENT-}"'
    )
    for name, does in {"id": "echo $ID", "runuser": f'printf "%s|" "$@" {around}'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    text = (OPERATIONS / "schoolgate.sh").read_text()
    script = text.replace("/etc/schoolgate/environment", str(tmp_path / "environment"))

    def said(user: str) -> subprocess.CompletedProcess[str]:
        words = ["sh", "-c", script, "schoolgate", "policy", "a b"]
        around = {"PATH": f"{tmp_path}:/usr/bin:/bin", "ID": user}
        return subprocess.run(words, env=around, capture_output=True, text=True, check=False)

    assert said("0").stdout.split("|") == [
        "-u", "schoolgate", "--", "/opt/schoolgate/.venv/bin/schoolgate", "policy", "a b",
        "Hill School <a@b.example>", "81 ", 'a="b"', "/elsewhere", "", "",
    ]  # fmt: skip
    assert (said("1000").returncode, said("1000").stdout) == (1, "")


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
