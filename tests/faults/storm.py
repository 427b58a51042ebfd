"""Killing parts of a running installation at moments that nobody chose.

`make storm` blows as long as is written in each test's `TO_KILL`; `make test` blows a fraction of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil

from tests.cli.machine import Machine, free_port, wait_for
from tests.environment import THIS_MACHINE, a_home
from tests.stories import bring_home

LIGHT: Final[Mapping[str, int]] = {"light worker": 2, "light web": 2, "desk": 1}
"""What the nursery brings up, and how many of each live at a time."""
MOST_SECONDS = 540.0


@contextmanager
def an_example(name: str) -> Iterator[Machine]:
    """An installation at work, with an example federation."""
    machine = Machine(a_home(name), told={"SCHOOLGATE_PRIVATE_HOSTS": THIS_MACHINE})
    bring_home("wildground", machine.home)
    machine.up()
    yield machine
    machine.schoolgate("down")
    assert machine.supervisor is not None
    machine.supervisor.wait()


@dataclass
class Nursery:
    """Where light processes come from; it lives through the storm. See `tests.faults.nursery`."""

    machine: Machine
    network: str
    process: subprocess.Popen[str] = field(init=False)
    doors: list[int] = field(default_factory=lambda: [free_port() for _ in range(LIGHT["light web"])])
    """The port of each light web process, the oldest first."""
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.promises.touch()
        words = ["-m", "tests.faults.nursery", str(self.promises), str(self.log), self.network]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, *words], env=self.machine.surroundings, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip

    @property
    def promises(self) -> Path:
        """What was promised to somebody, one line each."""
        return self.machine.home.parent / f"promises-{self.network}"

    @property
    def log(self) -> Path:
        """What its processes have written."""
        return self.machine.home.parent / f"nursery-{self.network}.log"

    def ask(self, word: str) -> Any:
        """Say a word; returns the answer, None where it failed, as while the database is away."""
        with self._one_at_a_time:
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            self.process.stdin.write(word + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())

    def surely(self, word: str) -> Any:
        """Say a word that has to succeed."""
        told = self.ask(word)
        assert told is not None, self.log.read_text()[-3000:]
        return told

    def promised(self) -> dict[str, list[str]]:
        """What was promised, by kind; a last line that was cut off by a kill was promised to nobody."""
        found: dict[str, list[str]] = {"save": [], "post": [], "comment": []}
        for line in self.promises.read_text().splitlines():
            with contextlib.suppress(ValueError):
                kind, text = json.loads(line)
                found[kind].append(text)
        return found

    def end(self) -> None:
        """All its processes end with it."""
        with self.process as ending:
            ending.kill()


@dataclass
class Storm:
    """What is yet to be killed, and what was. Between two kills pass so many seconds, `pauses`; `meanwhile`
    is called each time. Once all are killed it goes on without killing until `enough`."""

    machine: Machine
    nursery: Nursery
    to_kill: Mapping[str, int]
    seed: int = field(default_factory=lambda: random.SystemRandom().randrange(10**6))
    pauses: tuple[float, float] = (0.1, 0.8)
    meanwhile: Callable[[], None] = lambda: None
    enough: Callable[[], bool] = lambda: True
    killed: Counter[str] = field(default_factory=Counter)
    came_back: list[float] = field(default_factory=list)
    seconds: float = 0.0
    ended: float = 0.0
    """When the last was killed, by the monotonic clock."""
    _light: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def blow(self) -> None:
        """Kill until nothing is left to be killed and enough has happened; then nobody works but the program
        itself."""
        began = time.monotonic()
        left = Counter(dict(self.to_kill))
        for kind, many in LIGHT.items():
            if kind in self.to_kill:
                self._light[kind] = [self._begin(kind) for _ in range(many)]
        while left or not self.enough():
            self.seconds = time.monotonic() - began
            assert self.seconds < MOST_SECONDS, f"{self}: {dict(left)} left to kill"
            time.sleep(self.chance.uniform(*self.pauses))
            self.meanwhile()
            if left:
                victim = self.chance.choices(list(left), list(left.values()))[0]
                if self._strike(victim):
                    self.killed[victim] += 1
                    left -= Counter([victim])
        for pids in self._light.values():
            for pid in pids:
                _kill(pid)
        self.ended = time.monotonic()
        self.seconds = self.ended - began

    def __str__(self) -> str:
        back = ", ".join(f"{each:.0f} s" for each in self.came_back)
        return (
            f"seed {self.seed}; {self.killed.total()} killed in {self.seconds:.0f} s: {dict(self.killed)}; "
            f"the supervisor's own was back after {back or 'no kill'}"
        )

    def _begin(self, kind: str) -> int:
        if kind == "light web":
            doors = self.nursery.doors
            doors.append(doors.pop(0))
            kind = f"{kind} {doors[-1]}"
        return int(self.nursery.ask(kind))

    def _strike(self, victim: str) -> bool:
        if victim in LIGHT:
            struck = _kill(self._light[victim].pop(0))
            self._light[victim].append(self._begin(victim))
            return struck
        if victim == "supervisor":
            assert self.machine.supervisor is not None
            self.machine.supervisor.kill()
            began = time.monotonic()
            self.machine.up()
            self.came_back.append(time.monotonic() - began)
            return True
        pid = self.machine.part("web" if victim == "web worker" else victim)
        if victim == "web worker" and pid is not None:
            pid = _child(pid)
        return pid is not None and _kill(pid)


def _kill(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def _child(pid: int) -> int | None:
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(pid).children(recursive=True):
            return int(child.pid)
    return None


def calm(machine: Machine) -> None:
    """Wait until every part has come back."""
    wait_for(lambda: machine.health() and machine.part("worker"), patience=90)
