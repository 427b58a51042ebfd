"""Begins no further test once so many seconds have passed (`-p tests.days.within --within 50`).

What isn't begun is counted at the end, so that nobody takes a short run for a whole one.
"""

import time

import pytest

_began = time.monotonic()
_left: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--within", type=float, default=0.0, help="seconds after which no test begins; 0: all do"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """Pass over a test that would begin too late; None: it's run."""
    within = item.config.getoption("within")
    if not within or time.monotonic() - _began < within:
        return None
    _left.append(item.nodeid)
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _left:
        files = {name.partition("::")[0] for name in _left}
        terminalreporter.write_line(
            f"Not begun in time: {len(_left)} tests of {len(files)} files, from {_left[0]} on. "
            "Run them by name, or run `make test`."
        )
