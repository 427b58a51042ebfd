"""The suites while they run: what fails is told as it comes, how long it takes, and a run that is stopped
ends what it has started."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

SECONDS_TO_END = 30.0
STOPPED_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_BETWEEN_LOOKS = 0.05
TOOK = "took.json"
"""Beside the reports: the seconds that each run took the last time, by what it was asked for."""
WHOLE = "on two free cores it takes a quarter of an hour (docs/figures.md)"


@dataclass
class Running:
    """A suite that was started, in a process group of its own. `output`: where its words go, None for the
    terminal. `failing`: where it notes what fails."""

    name: str
    process: subprocess.Popen[bytes]
    began: float
    failing: Path
    output: IO[bytes] | None = None
    seconds: float | None = None
    told: int = 0

    def ended(self) -> bool:
        """Whether it has ended by now; how long it took is noted when that is first asked."""
        if self.seconds is None and self.process.poll() is not None:
            self.seconds = time.monotonic() - self.began
        return self.seconds is not None

    def tell_failures(self) -> None:
        """Print what has failed since this was last asked: all its other words come at its end."""
        if self.output is None or not self.failing.exists():
            return
        more = self.failing.read_text("utf-8")[self.told :]
        self.told += len(more)
        for line in more.splitlines():
            print(f"failed in {self.name}: {line}", flush=True)

    def tell_all(self) -> None:
        """Print its output if that was held back."""
        if self.output is not None:
            self.output.seek(0)
            print(f"\n=== {self.name} ===", flush=True)
            sys.stdout.buffer.write(self.output.read())
            sys.stdout.flush()


def begin(
    name: str, words: Sequence[str], failing: Path, output: IO[bytes] | None, **given: object
) -> Running:
    """Start a suite in a group of its own: a Ctrl-C is for the run, which ends each in order."""
    failing.unlink(missing_ok=True)
    process = subprocess.Popen(
        [*words],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        process_group=0,
        **given,  # type: ignore[call-overload]
    )
    return Running(name, process, time.monotonic(), failing, output)


@contextlib.contextmanager
def stopped_as_by_ctrl_c() -> Iterator[None]:
    """Take a closed terminal and an end by a signal for a Ctrl-C. One that was ignored, as in a shell's
    background, is heard: the suites would ignore it as well, and be killed."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in STOPPED_BY}
    try:
        yield
    finally:
        for number, how in before.items():
            signal.signal(number, how)


def stop(running: Iterable[Running]) -> None:
    """End suites: pytest puts away what it has made (its database, its folder) where it's asked to. A second
    Ctrl-C waits no longer."""
    left = [one for one in running if not one.ended()]
    print(f"\nstopping {len(left)} suites, {SECONDS_TO_END:.0f} s at most", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        for one in left:
            one.process.send_signal(signal.SIGINT)
        end = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < end and not all(one.ended() for one in left):
            time.sleep(SECONDS_BETWEEN_LOOKS)
    for one in left:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(one.process.pid, signal.SIGKILL)
        one.process.wait()


def expected(asked: str, reports: Path) -> str:
    """Return how long a run takes: as the last one did here, or what was measured of `make test`."""
    try:
        seconds = json.loads((reports / TOOK).read_text("utf-8"))[asked]
    except (OSError, ValueError, KeyError):
        return WHOLE if "chosen" in asked else ""
    return f"the last run took {_in_words(seconds)}"


def note(asked: str, seconds: float, reports: Path) -> None:
    """Keep how long a run took that came to its end."""
    kept = reports / TOOK
    try:
        known = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    kept.write_text(json.dumps({**known, asked: round(seconds)}, indent=1), encoding="utf-8")


def _in_words(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{seconds:.0f} s"
