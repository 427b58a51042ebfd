"""Writes into a suite's report what each test took of the processor (`-p tests.budget`).

Seconds of this process and of the programs that it started and that have ended; the database's aren't among
them. What a run or a file makes once is counted for no test. The report says what the whole suite took, and
how much of that was made once.
"""

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest
from _pytest.junitxml import xml_key

PROPERTY, ONCE = "cpu", "cpu-once"
_once = {"depth": 0, "seconds": 0.0}
_began = pytest.StashKey[float]()


@contextmanager
def made_once() -> Iterator[None]:
    """Around what is made once for many tests."""
    began = spent()
    _once["depth"] += 1
    try:
        yield
    finally:
        _once["depth"] -= 1
        if not _once["depth"]:
            _once["seconds"] += spent() - began


def spent() -> float:
    """Return the seconds of the processor that this process has taken, and its children that have ended."""
    taken = os.times()
    return taken.user + taken.system + taken.children_user + taken.children_system


def spent_by_tests() -> float:
    return spent() - _once["seconds"]


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """Leave out what is made for a whole run or file."""
    if fixturedef.scope == "function":
        return (yield)
    with made_once():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note when the test begins."""
    item.stash[_began] = spent_by_tests()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, object, object]:
    """Tell the report what it took, without its end: the last test's ends what a run has made once."""
    if call.when == "call":
        item.user_properties.append((PROPERTY, f"{spent_by_tests() - item.stash[_began]:.2f}"))
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Say in the report what all of it took, and what was made once."""
    if (report := session.config.stash.get(xml_key, None)) is not None:
        report.add_global_property(PROPERTY, f"{spent():.0f}")
        report.add_global_property(ONCE, f"{_once['seconds']:.0f}")
