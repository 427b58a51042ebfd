"""What tests took, from the reports of suites: which were too dear, and which took most."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests import budget  # noqa: E402

BUDGET, BUSY = 5.0, 2
"""Seconds of the processor for a test. A busy machine counts up to twice as many: what takes more than the
budget is named as a warning, and what takes more than twice as much fails."""
REASONS = ROOT / "tests" / "budget.yaml"
"""For what takes more, why; by the beginning of its name."""

SLOWEST = 30


def file_of(case: ET.Element) -> str:
    """Return the file of a test in a report."""
    return f"{case.get('classname', '').replace('.', '/')}.py"


def told(test: str, seconds: float) -> str:
    """What is said where a test took more than BUDGET."""
    most = BUSY * BUDGET
    kind, only = ("too dear", "") if seconds > most else ("warning", "only ")
    return (
        f"{kind}: {test} took {seconds:.1f} s of the processor (it fails {only}above {most:g} s): let it do "
        f"less, or say in {REASONS.relative_to(ROOT)} why it takes more than {BUDGET:g} s"
    )


def over_budget(cases: Iterable[ET.Element]) -> Iterator[tuple[str, float]]:
    """Yield the tests that took more than BUDGET, with their seconds; not those that have a reason."""
    reasons: dict[str, str] = yaml.load(REASONS.read_text("utf-8"), yaml.CSafeLoader) or {}
    for case in cases:
        name = f"{file_of(case)}::{case.get('name')}"
        taken = case.find(f"properties/property[@name='{budget.PROPERTY}']")
        seconds = float(taken.get("value", "0")) if taken is not None else 0.0
        if seconds > BUDGET and not any(name.startswith(each) for each in reasons):
            yield name, seconds


def dearest(reports: Iterable[Path]) -> Iterator[str]:
    """Yield the slowest tests, and the files that take most, as lines: seconds with set-up, and where."""
    tests: list[tuple[float, str]] = []
    files: dict[str, float] = {}
    for report in reports:
        try:
            cases = list(ET.parse(report).iter("testcase"))
        except (OSError, ET.ParseError):
            continue
        for case in cases:
            file, seconds = file_of(case), float(case.get("time", "0"))
            tests.append((seconds, f"{file}::{case.get('name')}"))
            files[file] = files.get(file, 0.0) + seconds
    yield f"the {SLOWEST} slowest tests"
    yield from (f"{seconds:8.1f} s  {name[:150]}" for seconds, name in sorted(tests, reverse=True)[:SLOWEST])
    most = sorted(((seconds, file) for file, seconds in files.items()), reverse=True)[:SLOWEST]
    yield f"the {SLOWEST} files that take most"
    yield from (f"{seconds:8.1f} s  {file}" for seconds, file in most)
