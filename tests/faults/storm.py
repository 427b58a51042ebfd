"""Killing parts of a running installation at moments that nobody chose."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cli.machine import Machine, wait_for

SECONDS_TO_START = 6.0


@dataclass
class Part:
    """A process that the test itself runs, and starts again at once when it has killed it."""

    machine: Machine
    words: tuple[str, ...]
    sign: Path | None = None
    """A file that grows once it is at work; without one it is at work some seconds after its start."""
    process: subprocess.Popen[bytes] | None = None
    _size: int = 0
    _started: float = 0.0

    def start(self) -> None:
        """Start it, its words going into a file of the home."""
        self._started, self._size = time.monotonic(), self._grown()
        with (self.machine.home.parent / f"{self.words[0].split('.')[-1]}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.words], env=self.machine.surroundings, stdout=log, stderr=log
            )

    def at_work(self) -> bool:
        """Whether there is something to interrupt: a process that is still starting does nothing yet."""
        if self.sign is not None:
            return self._grown() > self._size
        return time.monotonic() - self._started > SECONDS_TO_START

    def _grown(self) -> int:
        return self.sign.stat().st_size if self.sign is not None else 0

    def kill(self) -> None:
        """kill -9, and start it again."""
        self.end()
        self.start()

    def end(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@dataclass
class Storm:
    """What was killed, how often. `rare` is killed at most so many times: its supervisor waits longer each
    time."""

    machine: Machine
    seconds: float
    parts: list[Part]
    rare: dict[str, int] = field(default_factory=lambda: {"database": 4, "web": 3, "worker": 3})
    chance: random.Random = field(default_factory=lambda: random.Random(20270119))
    killed: Counter[str] = field(default_factory=Counter)
    meanwhile: Callable[[], None] = lambda: None

    def blow(self) -> Counter[str]:
        """Kill for so many seconds; returns what was killed."""
        for part in self.parts:
            part.start()
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            time.sleep(self.chance.uniform(0.2, 2))
            self.meanwhile()
            ready: list[Part | str] = [part for part in self.parts if part.at_work()]
            ready += [name for name, most in self.rare.items() if self.killed[name] < most and ready]
            if ready:
                self._strike(self.chance.choice(ready))
        for part in self.parts:
            part.end()
        return self.killed

    def _strike(self, victim: Part | str) -> None:
        if isinstance(victim, Part):
            victim.kill()
            self.killed[victim.words[0].split(".")[-1]] += 1
        elif self._kill(victim):
            self.killed[victim] += 1

    def _kill(self, name: str) -> bool:
        pid = self.machine.part(name)
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            return True
        return False


def ask(machine: Machine, what: str, file: Path, network: str, patience: float = 150) -> Any:
    """Run `tests.faults.busy` to its end; returns what it printed, as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.busy", what, str(file), network],
        env=machine.surroundings, capture_output=True, text=True, timeout=patience, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout) if done.stdout.strip() else None


def promised(file: Path) -> dict[str, list[str]]:
    """What was promised, by kind; a last line that was cut off by a kill was promised to nobody."""
    found: dict[str, list[str]] = {"post": [], "comment": []}
    for line in file.read_text().splitlines():
        with contextlib.suppress(ValueError):
            kind, text = json.loads(line)
            found[kind].append(text)
    return found


def calm(machine: Machine) -> None:
    """Wait until every part has come back."""
    wait_for(lambda: machine.health() and machine.part("worker"), patience=90)
