"""Every dependency is declared and used, and all lock files name the same versions."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest

from tests.gates.files import ROOT, check, expect_none


def test_no_dependency_is_unused_or_undeclared():
    check(
        "deptry",
        "schoolgate",
        "--no-ansi",
        then="Declare what is imported in pyproject.toml, or take out what isn't (then `make lock`).",
    )


def locked_by_uv() -> dict[str, str]:
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return {package["name"]: package["version"] for package in packages if package["name"] != "schoolgate"}


LOCKS = sorted((ROOT / "requirements").glob("*.lock"), key=lambda path: path.stem)
TESTS, RUNNING = (ROOT / "requirements" / f"{name}.lock" for name in ("tests", "running"))
RELOCK = "Run `make lock` and commit uv.lock with requirements/*.lock."
MOST_FOR_RUNNING = 80
"""Packages; a larger number needs a reason: every first start downloads them."""


@lru_cache
def locked_in(lock: Path) -> dict[str, str]:
    pattern = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
    return {plain(name): version for name, version in pattern.findall(lock.read_text())}


def plain(name: str) -> str:
    """A package's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_uv_and_pip_get_the_same_versions():
    expect_none(dict(locked_in(TESTS).items() ^ locked_by_uv().items()), RELOCK)
    expect_none(
        {
            lock.name: ", ".join(
                name for name, _version in locked_in(lock).items() - locked_in(TESTS).items()
            )
            for lock in LOCKS
            if not locked_in(lock).items() <= locked_in(TESTS).items()
        },
        RELOCK,
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_for_pip_has_hashes(lock):
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text())
    expect_none(
        [block.split()[0] for block in blocks if block.strip() and "--hash=sha256:" not in block], RELOCK
    )


def test_running_installs_what_running_needs_and_each_part_only_its_own():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    parts, running = declared["project"]["optional-dependencies"], locked_in(RUNNING)
    assert {lock.stem for lock in LOCKS} == {"running", "tests", "installer", *parts}
    assert as_declared(declared["project"]["dependencies"]).keys() <= running.keys()
    for part, lines in parts.items():
        own, with_part = as_declared(lines).keys(), locked_in(RUNNING.with_stem(part))
        assert not own & running.keys()
        assert own | running.keys() <= with_part.keys()
    assert not as_declared(declared["dependency-groups"]["dev"]).keys() & running.keys() - {"psutil"}
    assert len(running) < MOST_FOR_RUNNING


def test_the_lock_file_is_of_this_project_file():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    own = next(package for package in packages if package["name"] == "schoolgate")["metadata"]
    optional = declared["project"]["optional-dependencies"]
    wanted = [*declared["project"]["dependencies"], *(line for lines in optional.values() for line in lines)]
    assert as_locked(own["requires-dist"]) == as_declared(wanted)
    assert {name: as_locked(entries) for name, entries in own["requires-dev"].items()} == {
        name: as_declared(lines) for name, lines in declared["dependency-groups"].items()
    }


def as_locked(entries: list[dict[str, str]]) -> dict[str, set[str]]:
    return {entry["name"]: set(entry.get("specifier", "").split(",")) for entry in entries}


def as_declared(lines: list[str]) -> dict[str, set[str]]:
    """Names with their bounds."""
    parts = [re.fullmatch(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?(.*)", line) for line in lines]
    return {plain(part[1]): set(part[2].replace(" ", "").split(",")) for part in parts if part}
