"""`scripts/env` installs for a person: it says how far it is, and leaves no half-made environment."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.machine import wait_for
from tests.gates.files import ROOT

PYTHON = """#!/bin/sh
case "$*" in
    *version_info*) exit 0 ;;
    *schoolgate.cli.nursery*)
        [ ! -e slow ] || sleep 0.5
        echo "writes what it compiles: ${PYTHONDONTWRITEBYTECODE:-yes}" >> asked ;;
    "-m venv .venv") [ ! -e slow ] || sleep 0.5; mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    *" install "*)
        echo "$*" >> asked
        echo "WARNING: noise of pip"
        [ ! -e waits ] || { touch begun; exec sleep 60; }
        [ ! -e offline ] || {
            for left in 4 3; do echo "WARNING: Retrying (total=$left) after NewConnectionError('x')"; done
            touch begun; exec sleep 60
        }
        [ ! -e fails ] || { echo "ERROR: No space left on device"; exit 1; }
        case "$*" in *" --target "*)
            into=$(echo "$*" | sed 's/.* --target \\([^ ]*\\).*/\\1/')
            mkdir -p "$into/bin" && cp uv "$into/bin/uv" ;;
        esac ;;
esac
"""
UV = """#!/bin/sh
echo "uv $*" >> asked
exit %d
"""
Script = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout whose Python does nothing but say what it was asked."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "env", tmp_path / "scripts")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    python = tmp_path / "bin" / "python3.11"
    python.parent.mkdir()
    python.write_text(PYTHON)
    python.chmod(0o755)
    return tmp_path


@pytest.fixture
def script(checkout) -> Script:
    def start(*words: str, installer: str = "pip", **there: str) -> "subprocess.Popen[str]":
        there |= {
            "PATH": f"{checkout / 'bin'}:/usr/bin:/bin",
            "SCHOOLGATE_ENV_WITH": installer,
            "PYTHON": "python3.11",
        }
        return subprocess.Popen(
            ["sh", "scripts/env", *words], cwd=checkout, env=there, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, process_group=0,
        )  # fmt: skip

    return start


def installed(checkout: Path) -> list[str]:
    """The lock files from which packages were installed, in order; empties the note of it."""
    words = (checkout / "asked").read_text().split()
    (checkout / "asked").unlink()
    return [Path(word).stem for word in words if word.endswith(".lock")]


def stamps(checkout: Path) -> set[str]:
    return {path.name for path in (checkout / ".venv").glob(".has-*")}


def test_running_gets_its_packages_and_a_part_is_added_and_kept(checkout, script):
    said = script().communicate()[0]
    assert (installed(checkout), stamps(checkout)) == (["running"], {".has-running"})
    assert "installing 73 packages into .venv (running)" in said
    assert "noise" not in said
    script("film").communicate()
    assert (installed(checkout), stamps(checkout)) == (["running", "film"], {".has-running", ".has-film"})
    script().communicate()
    assert installed(checkout) == ["running", "film"]
    script("tests").communicate()
    assert (installed(checkout), ".has-tests" in stamps(checkout)) == (["tests"], True)


def test_each_step_that_takes_long_is_told_with_what_it_does(checkout, script):
    (checkout / "slow").touch()
    said = script(SCHOOLGATE_ENV_TELLS_AFTER="0").communicate()[0]
    assert "making .venv, where everything is installed" in said
    assert "compiling Schoolgate, so that it starts quickly: 0 of some 0 files" in said
    assert stamps(checkout) == {".has-running"}


def test_every_install_checks_hashes(checkout, script):
    script("words").communicate()
    asked = [line for line in (checkout / "asked").read_text().splitlines() if ".lock" in line]
    assert len(asked) == 2
    assert all("--require-hashes" in line for line in asked)


def test_what_a_start_reads_is_compiled_even_where_python_is_told_to_write_nothing(checkout, script):
    script(PYTHONDONTWRITEBYTECODE="1").communicate()
    assert "writes what it compiles: yes" in (checkout / "asked").read_text()


def test_an_unknown_part_is_named_and_nothing_is_installed(checkout, script):
    wrong = script("movies")
    assert "there is no requirements/movies.lock" in wrong.communicate()[0]
    assert wrong.returncode == 2
    assert not (checkout / ".venv").exists()


def test_a_failure_shows_its_reason_and_is_not_taken_for_done(checkout, script):
    (checkout / "fails").touch()
    failed = script()
    said = failed.communicate()[0]
    assert failed.returncode == 1
    assert "No space left on device" in said
    assert "Run the same command again" in said
    assert not stamps(checkout)


def test_without_a_connection_it_says_so_without_trying_again_and_what_to_do(checkout, script):
    """pip's own retries took a minute before anything was said."""
    (checkout / "offline").touch()
    for installer in ("pip", "own"):
        failed = script(installer=installer)
        said = failed.communicate()[0]
        assert failed.returncode == 1
        assert "the packages can't be reached" in said
        assert "PIP_NO_INDEX=1" in said
        assert "Retrying" not in said
    assert stamps(checkout) == set()
    (checkout / "offline").unlink()
    assert "begins again" not in script().communicate()[0]


def test_one_that_was_cut_off_is_made_anew(checkout, script):
    script("film").communicate()
    (checkout / "waits").touch()
    cut = script()
    wait_for((checkout / "begun").exists)
    os.killpg(cut.pid, signal.SIGKILL)
    cut.communicate()
    (checkout / ".venv" / "half").touch()
    (checkout / "waits").unlink()
    assert "begins again" in script().communicate()[0]
    assert stamps(checkout) == {".has-running", ".has-film"}
    assert not (checkout / ".venv" / "half").exists()


@pytest.mark.parametrize(("status", "by"), [(0, ["uv"]), (1, ["uv", "pip"])])
def test_what_pip_takes_a_minute_for_uv_installs_and_where_it_cannot_pip_does(checkout, script, status, by):
    (checkout / "uv").write_text(UV % status)
    (checkout / "uv").chmod(0o755)
    said = script(installer="own").communicate()[0]
    asked = [line for line in (checkout / "asked").read_text().splitlines() if ".lock" in line]
    assert "requirements/installer.lock" in asked[0]
    rest = asked[1:]
    assert ["uv" if line.startswith("uv ") else "pip" for line in rest] == by, said
    assert all("--require-hashes" in line for line in asked)
    assert stamps(checkout) == {".has-running"}
