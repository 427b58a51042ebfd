"""Each step at which the tests of this folder kill the program is a function that there is.

One that moved is told here in a second, not by the long suite alone."""

from importlib import import_module
from pathlib import Path

import pytest

from tests.faults.dying import found

HERE = Path(__file__).parent
WHEN = ("before", "after")


def steps() -> set[tuple[str, str]]:
    """Module and name of each step in the tables of this folder's tests."""
    named = set()
    for file in HERE.glob("test_killed*.py"):
        for table in vars(import_module(f"tests.faults.{file.stem}")).values():
            rows = table.values() if isinstance(table, dict) else ()
            named |= {row[:2] for row in rows if isinstance(row, tuple) and row[-1] in WHEN}
    return named


def test_each_step_is_there():
    assert len(steps()) > 10
    for module, name in sorted(steps()):
        assert callable(found(module, name)[2]), f"{module}.{name}"


def test_one_that_is_not_there_is_told():
    with pytest.raises(AttributeError):
        found("schoolgate.core.clock", "yesterday_once_more")
