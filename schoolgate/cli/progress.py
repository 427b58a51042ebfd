"""What a start tells while a step takes more than a moment: what it does, and how far it is."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

SECONDS_OF_SILENCE = 3.0
SECONDS_BETWEEN_LOOKS = 0.05
MIGRATIONS = re.compile(r"^Migrations to apply: (\d+)$", re.MULTILINE)
APPLIED = re.compile(r"^ *Applying .*\.\.\. OK$", re.MULTILINE)


class Step(Protocol):
    """Something that comes to an end, as a process does."""

    def poll(self) -> int | None:
        """Return its status once it has ended."""


def wait_aloud(process: Step, what: str, say: Callable[[str], None], how_far: Callable[[], str]) -> int:
    """Wait for a step to end, and tell every three seconds how far it is; returns its exit status."""
    began = time.monotonic()
    tells_at = SECONDS_OF_SILENCE
    while (status := process.poll()) is None:
        spent = time.monotonic() - began
        if spent >= tells_at:
            tells_at += SECONDS_OF_SILENCE
            say(f"{what}: {how_far()} ({spent:.0f} s)")
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return status


def migrations_done(log: Path) -> Callable[[], str]:
    """How far `schoolgate migrate` is, by what it writes from now on."""
    before = log.stat().st_size if log.exists() else 0

    def how_far() -> str:
        written = log.read_bytes()[before:].decode(errors="replace")
        wanted = MIGRATIONS.search(written)
        return f"{len(APPLIED.findall(written))} of {wanted[1]} done" if wanted else "starting"

    return how_far
