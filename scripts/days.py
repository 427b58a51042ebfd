"""The days of the calendar under which the suites run, and a clock for them.

The clock is `tests/days/clock.c`: a library that the run and every program that it starts load before any
other, the database and the browser too. It goes on from the instant at the machine's own pace.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "tests" / "days" / "clock.c"
DAYS = {
    "saturday": datetime(2027, 1, 16, 10, 0, tzinfo=UTC),
    "sunday-night": datetime(2027, 1, 17, 23, 59, tzinfo=UTC),  # Monday begins while the tests run
    "leap-day": datetime(2028, 2, 29, 10, 0, tzinfo=UTC),
    "last-of-year": datetime(2027, 12, 31, 22, 0, tzinfo=UTC),
    "clocks-forward": datetime(2027, 3, 28, 0, 59, tzinfo=UTC),  # both change a minute later
    "clocks-back": datetime(2027, 10, 31, 0, 59, tzinfo=UTC),
}
OF_PARTS = ("leap-day", "clocks-back")
"""The days of `make test`, the second a Sunday: each start of pytest and what it makes once takes half a
minute of the processor. The others are seen by `make calendar`."""
ORDINARY = "ordinary"
INSTANTS = {**DAYS, ORDINARY: datetime(2027, 2, 3, 11, 21, tzinfo=UTC)}
"""An ordinary day as well: a minute after the instant up to which `tests/cli/test_demo.py` has stories told,
so that what follows in its run reads the same ones."""


def surroundings(day: str, folder: Path) -> dict[str, str]:
    """The environment of a run that begins at one of INSTANTS; the clock's library is made in `folder`."""
    if sys.platform != "linux":
        sys.exit("suites: another day can only be had on Linux")
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    folder.chmod(0o755)  # the database's own user loads it too
    library = folder / f"{day}.so"
    ahead = round(INSTANTS[day].timestamp() - time.time())
    words = ["gcc", "-O2", "-Wall", "-shared", "-fPIC", f"-DAHEAD=({ahead})", "-o", str(library), str(SOURCE)]
    subprocess.run([*words, "-ldl"], check=True)
    there = os.environ | {"LD_PRELOAD": str(library)}
    check(day, there)
    return there


def check(day: str, there: dict[str, str]) -> None:
    """Leave with a sentence where a program does not see the day."""
    asked = [sys.executable, "-c", "import time; print(time.time())"]
    said = float(subprocess.run(asked, env=there, capture_output=True, text=True, check=True).stdout)
    if not 0 <= said - INSTANTS[day].timestamp() + 1 < 60:
        sys.exit(f"suites: the clock could not be set to {INSTANTS[day]:%A %d %B %Y, %H:%M} UTC")
