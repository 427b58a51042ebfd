"""Names the tests that failed, from the reports of suites: each as pytest takes it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence

import dear

MOST = 30
"""Names at the end of a run: a fault of all pages would fill the screen."""
WRONG = ("failure", "error", "skipped")
"""What a test that is no success has in a report; a skipped test is none either."""


def names(cases: Iterable[ET.Element]) -> Iterator[str]:
    """Yield the tests that failed or were skipped, and the files that couldn't be read."""
    for case in cases:
        if any(case.find(each) is not None for each in WRONG):
            yield _name(case)


def _name(case: ET.Element) -> str:
    if case.get("classname"):
        return f"{dear.file_of(case)}::{case.get('name')}"
    return f"{case.get('name', '').replace('.', '/')}.py"


def told(failed: Sequence[str]) -> Iterator[str]:
    """Yield the lines for the end of a run: none where nothing failed."""
    once = [*dict.fromkeys(failed)]
    if once:
        yield "\nfailed:"
    yield from once[:MOST]
    if len(once) > MOST:
        yield f"and {len(once) - MOST} more"
