"""Every dependency is declared and used, and both lock files name the same versions."""

import re
import tomllib

from tests.gates.files import ROOT, check


def test_no_dependency_is_unused_or_undeclared():
    check("deptry", "schoolgate", "--no-ansi")


def locked_by_uv() -> dict[str, str]:
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return {package["name"]: package["version"] for package in packages if package["name"] != "schoolgate"}


def locked_for_pip() -> dict[str, str]:
    pattern = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
    return {plain(name): version for name, version in pattern.findall(text_for_pip())}


def text_for_pip() -> str:
    return (ROOT / "requirements.lock").read_text()


def plain(name: str) -> str:
    """A package's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_both_lock_files_name_the_same_versions():
    assert locked_for_pip() == locked_by_uv()


def test_every_package_for_pip_has_hashes():
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text_for_pip())
    assert [block.split()[0] for block in blocks if block.strip() and "--hash=sha256:" not in block] == []


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
