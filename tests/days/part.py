"""Leaves all but one part of the test files out (`-p tests.days.part --part 2/6`).

A file is always in the same part, whatever else comes or goes, so that a run tells the same twice. The pages
and the rooms nearest to them are one half, and all else the other: the files of a room begin from the same
worlds, which each part would have to act out for itself.
"""

from pathlib import Path
from zlib import crc32

import pytest

ROOT = Path(__file__).parent.parent.parent
NEAR_PAGES = ("web", "publishing", "inbox", "accounts", "policy", "media", "incidents")
ONE_HALF = tuple(f"tests/{room}/" for room in NEAR_PAGES)
"""Together they take as long as all others (measured)."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--part", default="0/1", help="NUMBER/PARTS: which test files to run")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave a file out that is in another part; None: nothing to say."""
    part, parts = map(int, config.getoption("part").split("/"))
    if not collection_path.is_file() or part_of(collection_path, parts) == part:
        return None
    return True


def part_of(path: Path, parts: int) -> int:
    """The part that a test file is in: of two its half, of more one of those that its half is divided
    into."""
    file = path.relative_to(ROOT).as_posix()
    half = not file.startswith(ONE_HALF)
    return (half + 2 * crc32(file.encode())) % parts
