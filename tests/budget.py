"""Writes into a suite's report what each test took of the processor (`-p tests.budget`).

Seconds of this process and of the programs that it started and that have ended; the database's aren't among
them. What a session or a file makes once is nobody's in particular, and is counted for no test.
"""

import os
from collections.abc import Generator

import pytest

PROPERTY = "cpu"
_for_all = 0.0
_depth = 0


def spent() -> float:
    """Seconds of the processor so far."""
    taken = os.times()
    return taken.user + taken.system + taken.children_user + taken.children_system


class made_for_all:  # noqa: N801 - a context manager
    """Around what is made once for many tests: its seconds are counted for none."""

    def __enter__(self) -> None:
        global _depth
        _depth += 1
        self.began = spent()

    def __exit__(self, *_error: object) -> None:
        global _depth, _for_all
        _depth -= 1
        if _depth == 0:
            _for_all += spent() - self.began


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """Leave out what is made for a whole run or file."""
    if fixturedef.scope == "function":
        return (yield)
    with made_for_all():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Tell the report what the test took, its teardown left out: it is written by then."""
    item.stash[_BEGAN] = spent(), _for_all
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, object, object]:
    """As above."""
    if call.when == "teardown":
        began, for_all = item.stash[_BEGAN]
        item.user_properties.append((PROPERTY, f"{spent() - began - (_for_all - for_all):.2f}"))
    return (yield)


_BEGAN = pytest.StashKey[tuple[float, float]]()
