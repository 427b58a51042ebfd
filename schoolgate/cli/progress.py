"""What a start tells while a step takes more than a moment: what it does, and how far it is."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

SECONDS_OF_SILENCE = 3.0
SECONDS_TO_SAY_THE_SAME = 15.0
SECONDS_BETWEEN_LOOKS = 0.05
MIGRATIONS = re.compile(r"^Migrations to apply: (\d+)$", re.MULTILINE)
PARTS = re.compile(r"parts of (\d+): (\d+)$", re.MULTILINE)
APPLIED = re.compile(r"^ *Applying .*\.\.\. OK$", re.MULTILINE)


class Step(Protocol):
    """Something that comes to an end, as a process does."""

    def poll(self) -> int | None:
        """Return its status once it has ended."""


def wait_aloud(process: Step, what: str, say: Callable[[str], None], how_far: Callable[[], str]) -> int:
    """Wait for a step to end, and tell every three seconds how far it is, the same only now and then; returns
    its exit status."""
    began = time.monotonic()
    tells_at, says_it_again_at, said = SECONDS_OF_SILENCE, 0.0, ""
    while (status := process.poll()) is None:
        spent = time.monotonic() - began
        if spent >= tells_at:
            tells_at += SECONDS_OF_SILENCE
            before, said = said, how_far()
            if said != before or spent >= says_it_again_at:
                says_it_again_at = spent + SECONDS_TO_SAY_THE_SAME
                say(f"{what}: {said} ({spent:.0f} s)")
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return status


def migrations_done(log: Path) -> Callable[[], str]:
    """How far `schoolgate migrate` is, by what it writes from now on."""
    written = written_since(log)

    def how_far() -> str:
        told = written()
        wanted = MIGRATIONS.search(told)
        if wanted is None or wanted[1] == "0":
            return "starting" if wanted is None else "there are none to run"
        return f"{len(APPLIED.findall(told))} of {wanted[1]} done"

    return how_far


def parts_done(log: Path) -> Callable[[], str]:
    """How far `schoolgate demo` is with a federation, by what it writes from now on."""
    written = written_since(log)

    def how_far() -> str:
        told = PARTS.findall(written())
        return f"{told[-1][1]} of {told[-1][0]} parts done" if told else "starting"

    return how_far


def written_since(log: Path) -> Callable[[], str]:
    """What is written into a log from now on."""
    before = log.stat().st_size if log.exists() else 0
    return lambda: log.read_bytes()[before:].decode(errors="replace") if log.exists() else ""
