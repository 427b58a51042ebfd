"""Notes what fails as it fails (`-p tests.as_they_fail --failures-to FILE`): a run of several suites tells it
at once."""

from pathlib import Path

import pytest

LONGEST = 160


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where to note it."""
    parser.addoption("--failures-to", type=Path, default=None)


def pytest_configure(config: pytest.Config) -> None:
    """Note it only where a run asks for it."""
    if (at := config.getoption("--failures-to")) is not None:
        config.pluginmanager.register(Noting(at))


class Noting:
    """A line for each test that failed, and for each file that couldn't be read."""

    def __init__(self, at: Path) -> None:
        self._at = at

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Hear how a test went."""
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Hear how a file could be read."""
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            why = crash.message.splitlines()[:1] if crash is not None else []
            line = " - ".join([report.nodeid, *why])
            with self._at.open("a", encoding="utf-8") as notes:
                notes.write(f"{line[:LONGEST]}\n")
