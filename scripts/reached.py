"""Stands beside a copy of the program whose places can be broken (broken.py puts it there).

The copy asks `struck(NUMBER)` at each place. The file `now` beside this one says what that answers:

- `record`: no; which test came there is written to `out/hits`, once each.
- `break NUMBER`: yes for this place; the first time is written to `out/struck`.

It imports nothing of the program and is told nothing by the environment, because some of the program's
processes are given none. It's a plugin of pytest too: it runs the tests that the file `only` names, and
writes what each came to into `out/outcomes`.
"""

import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
OUTSIDE = "outside of tests"
TELLING = "telling"
"""Where a story is told that is then kept for many tests."""
MARKS = ("processes", "browser", "bluesky", "faults", "storm")
"""Of tests that start a browser or programs."""
STORIES = {"told", "told_anew", "stories"}


def _read(name: str) -> str:
    try:
        return (HERE / name).read_text("utf-8")
    except OSError:
        return ""


_mode, _, _number = _read("now").partition(" ")
_broken = int(_number) if _mode == "break" else None
_seen: set[tuple[int, str]] = set()
_known = ["", 0.0]


def struck(number: int) -> bool:
    """Whether the place with this number is broken; notes that it was come to."""
    if _broken is not None:
        if number == _broken and (number, "") not in _seen:
            _seen.add((number, ""))
            _write("struck", "yes")
        return number == _broken
    if _mode == "record":
        test = _test()
        if (number, test) not in _seen:
            _seen.add((number, test))
            _write("hits", f"{number}\t{test}")
    return False


def _test() -> str:
    """The test that runs, with its phase where this is its own process."""
    if "pytest" in sys.modules:
        return os.environ.get("PYTEST_CURRENT_TEST", OUTSIDE)
    if time.monotonic() - _known[1] > 0.05:
        _known[:] = [_read("out/current"), time.monotonic()]
    told = sys.argv[0].endswith(("telling.py", "-m")) and any("telling" in word for word in sys.orig_argv)
    return f"{_known[0] or OUTSIDE} ({TELLING if told else 'process'})"


def _write(name: str, line: str) -> None:
    try:
        with (OUT / name).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    except OSError:
        return  # a process that may write nothing


# --- In pytest


def pytest_configure(config) -> None:  # noqa: ANN001
    """Let marks be named that one of the two states doesn't have."""
    for mark in MARKS:
        config.addinivalue_line("markers", f"{mark}: in another state of the tests")


def pytest_collection_modifyitems(config, items) -> None:  # noqa: ANN001
    """Keep the tests that are to be run, in that order."""
    only = {name: number for number, name in enumerate(_read("only").splitlines())}
    if only:
        left = [item for item in items if item.nodeid not in only]
        items[:] = sorted((item for item in items if item.nodeid in only), key=lambda item: only[item.nodeid])
        config.hook.pytest_deselected(items=left)


def pytest_runtest_setup(item) -> None:  # noqa: ANN001
    """Say which test runs, to processes beside this one, and whether it reads a kept story."""
    (OUT / "current").write_text(item.nodeid, "utf-8")
    if STORIES & {*item.fixturenames}:
        _write("stories", item.nodeid)


def pytest_runtest_logreport(report) -> None:  # noqa: ANN001
    """Write what a phase of a test came to."""
    _write("outcomes", f"{report.outcome}\t{report.duration:.3f}\t{report.nodeid}")


def pytest_collectreport(report) -> None:  # noqa: ANN001
    """Write that a file can't even be read."""
    if report.failed:
        _write("outcomes", f"failed\t0\t{report.nodeid}")
