"""What `make quick` runs of a suite (`-p tests.quick`). What it leaves stands in the suite's report, so that
nobody takes a short run for a whole one (scripts/left_out.py tells it at the very end).

`--leave-slow` leaves out the tests with the mark `slow`, but for those whose names have a word of `--though`.

`--within 20` begins no further test once tests have taken so many seconds of the processor. Those are counted
from the first test on, in this process and in the programs that it started and that have ended: on a busy
machine as many run. The files come in the order in which they are named; with `--changed 3` the first three
are tests that were changed themselves. The first of these and the first of the others are run whole. All
changed ones together are counted for half of the limit at most, so that a dear one doesn't take the place of
what is near to the code.
"""

import json
from collections import Counter
from pathlib import Path

import pytest
from _pytest.junitxml import xml_key

from tests.budget import spent

OF, NOT_BEGUN, SLOW, LIMIT = "tests-in-all", "not-begun", "left-slow", "limit"
"""Properties of a report: a number of tests, two of numbers by file, and the seconds."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--leave-slow", action="store_true", help="leave out what has the mark `slow`")
    parser.addoption(
        "--though", action="append", default=[], help="a word in names of slow tests that are run"
    )
    parser.addoption("--within", type=float, default=0.0, help="seconds of the processor; 0: no limit")
    parser.addoption("--changed", type=int, default=0, help="so many of the first files were changed")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: left to `make test`")
    config.pluginmanager.register(Quick(config))


class Quick:
    """One run: what is left of it, and what it has taken until now."""

    def __init__(self, config: pytest.Config) -> None:
        self.limit: float = config.getoption("within")
        self.leaves_slow: bool = config.getoption("leave_slow")
        self.though: list[str] = config.getoption("though")
        self.files = [Path(word).resolve() for word in config.args]
        self.changed = frozenset(self.files[: config.getoption("changed")])
        self.whole: frozenset[Path] = frozenset()
        self.most_of_changed = self.limit
        self.taken = {True: 0.0, False: 0.0}
        """By whether the file is a changed one."""
        self.since: float | None = None
        self.total = 0
        self.slow: Counter[str] = Counter()
        self.not_begun: Counter[str] = Counter()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave the slow ones out; the nearest file first, also where only others need a database."""
        if self.leaves_slow:
            left = [item for item in items if self._is_left(item)]
            self.slow.update(map(_file_of, left))
            items[:] = [item for item in items if not self._is_left(item)]
            config.hook.pytest_deselected(items=left)
        self.total = len(items)
        if self.limit:
            place = {path: number for number, path in enumerate(self.files)}
            items.sort(key=lambda item: place.get(item.path, len(place)))
            first = {item.path in self.changed: item.path for item in reversed(items)}
            self.whole = frozenset(first.values())
            self.most_of_changed = self.limit / 2 if False in first else self.limit

    def _is_left(self, item: pytest.Item) -> bool:
        return item.get_closest_marker("slow") is not None and not any(
            word in item.nodeid for word in self.though
        )

    def _may_begin(self, path: Path) -> bool:
        changed = min(self.taken[True], self.most_of_changed)
        enough = (
            self.taken[True] >= self.most_of_changed
            if path in self.changed
            else changed + self.taken[False] >= self.limit
        )
        return path in self.whole or not enough

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Pass over a test that would begin too late; None: it's run."""
        if self.limit and not self._may_begin(item.path):
            self.not_begun[_file_of(item)] += 1
            return True
        if self.since is not None:
            self.since = spent()
        return None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """The first test begins once all is made that it begins from: a database, a world."""
        if self.since is None:
            self.since = spent()

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        if self.since is not None:
            self.taken[item.path in self.changed] += spent() - self.since

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Say in the report what was left."""
        if (report := session.config.stash.get(xml_key, None)) is not None:
            report.add_global_property(OF, str(self.total))
            report.add_global_property(LIMIT, f"{self.limit:g}")
            report.add_global_property(NOT_BEGUN, json.dumps(self.not_begun))
            report.add_global_property(SLOW, json.dumps(self.slow))


def _file_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
