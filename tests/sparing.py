"""Leaves out the tests that `make test` spares (`-p tests.sparing`): `make whole` runs them.

A test is spared where all that it comes to, others come to that are kept (scripts/spare.py measures it). What
a browser does isn't measured: which of the journeys and pages are spared is chosen, with the reason and the
tests that are kept for it (browsers.yaml). One that is new, or has another name since, isn't on a list, and
runs.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

LISTS = Path(__file__).parent / "spared"
"""A text for each folder of tests: a file's name, and below it, after a space each, its spared tests."""
BROWSERS = LISTS / "browsers.yaml"
"""Of the journeys and pages: each with why it's spared, and the kept tests that say what it says."""


@dataclass(frozen=True)
class Reason:
    """Why a test is spared that was chosen."""

    because: str
    kept: tuple[str, ...]


def chosen(file: Path = BROWSERS) -> dict[str, Reason]:
    """Return the spared journeys and pages by name."""
    said = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) or {}
    return {name: Reason(each["because"], tuple(each["kept"])) for name, each in said.items()}


def spared(folder: Path = LISTS) -> frozenset[str]:
    """Return the names of the spared tests, as pytest writes them."""
    names, file = set(), ""
    for text in sorted(folder.glob("*.txt")):
        for line in text.read_text("utf-8").splitlines():
            if line.startswith(" "):
                names.add(f"{file}::{line[1:]}")
            else:
                file = line
    return frozenset(names)


def write(names: frozenset[str], folder: Path = LISTS) -> None:
    """Replace the lists."""
    for text in folder.glob("*.txt"):
        text.unlink()
    lines: dict[str, list[str]] = {}
    for file, test in sorted(name.split("::", 1) for name in names):
        of_folder = lines.setdefault(file.split("/")[1], [])
        if file not in of_folder:
            of_folder.append(file)
        of_folder.append(f" {test}")
    for name, those in lines.items():
        (folder / f"{name}.txt").write_text("\n".join(those) + "\n", "utf-8")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave them out; pytest counts them as deselected."""
    names = spared() | chosen().keys()
    left = [item for item in items if item.nodeid in names]
    if left:
        items[:] = [item for item in items if item.nodeid not in names]
        config.hook.pytest_deselected(items=left)
