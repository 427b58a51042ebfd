"""A home on this machine with its own port, and what runs from it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PATIENCE = 60.0
IN_TURN = """
import contextlib, io, json, sys, traceback
from schoolgate.cli.main import main
for words in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(words)
        except SystemExit as asked:
            status = asked.code
        except Exception:
            traceback.print_exc()
            status = 1
    print(json.dumps([status, out.getvalue(), err.getvalue()]))
"""


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], object], patience: float = PATIENCE) -> object:
    """Return the first answer that is true; fail when none comes within `patience` seconds.

    Who has waited long asks less often: to read a page ten times a second for a minute took more of the
    processor than all else that such a test does.
    """
    began = time.monotonic()
    while (waited := time.monotonic() - began) < patience:
        found = what()
        if found:
            return found
        time.sleep(min(max(0.1, waited / 10), 2.0))
    raise AssertionError(f"this did not come about within {patience:g} s")


@dataclass
class Machine:
    """One installation: its home, its port, and the supervisor if one was started."""

    home: Path
    port: int = field(default_factory=free_port)
    supervisor: "subprocess.Popen[str] | None" = None
    program: tuple[str, ...] = (sys.executable, "-m", "schoolgate")
    folder: Path | None = None
    """Where its commands are given; None: where the tests run."""
    told: dict[str, str] = field(default_factory=dict)
    """What its processes are told beside its home and port."""

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of its processes."""
        told = {"SCHOOLGATE_HOME": str(self.home), "PORT": str(self.port), "SCHOOLGATE_EXAMPLES": "0"}
        return os.environ | told | self.told

    def schoolgate(self, *words: str, patience: float = 120) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end, for so many seconds at most."""
        return subprocess.run(
            [*self.program, *words],
            cwd=self.folder,
            env=self.surroundings,
            capture_output=True,
            text=True,
            timeout=patience,
            check=False,
        )

    def in_turn(self, *commands: Sequence[str]) -> list[tuple[int, str, str]]:
        """Run commands in one process, which reads the program once: status, output and errors of each."""
        done = subprocess.run(
            [sys.executable, "-c", IN_TURN, json.dumps(commands)],
            env=self.surroundings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return [(status, out, err) for status, out, err in map(json.loads, done.stdout.splitlines())]

    def up(self) -> None:
        """Start the supervisor and wait until the pages are served."""
        if self.supervisor is not None:
            self.supervisor.wait()
        words = [*self.program, "up"]
        with (self.home.parent / "up.log").open("w") as log:
            self.supervisor = subprocess.Popen(
                words, cwd=self.folder, env=self.surroundings, stdout=log, stderr=subprocess.STDOUT, text=True
            )
        wait_for(lambda: "ready after" in self.said() or self.supervisor.poll() is not None, patience=600)
        assert self.supervisor.poll() is None, self.said()

    def said(self) -> str:
        """What the supervisor has printed since it was started."""
        return (self.home.parent / "up.log").read_text()

    def health(self) -> dict[str, str] | None:
        """What /healthz answers when all is well; None otherwise."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return json.load(answer)
        except (urllib.error.URLError, OSError):
            return None

    def part(self, name: str) -> int | None:
        """The process of one part as the supervisor has noted it, when it runs."""
        try:
            pid = json.loads((self.home / "run" / "up.json").read_text())["parts"].get(name)
        except (OSError, ValueError):
            return None
        return pid if pid and psutil.pid_exists(pid) else None

    def kill(self, name: str) -> int:
        """kill -9 one part; returns the process that is no more."""
        pid = self.part(name)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        return pid

    def comes_back(self, name: str, old: int) -> int:
        """Wait until the part runs as another process and the pages are served; returns that process."""

        def back() -> int | None:
            pid = self.part(name)
            return pid if pid not in (None, old) and self.health() else None

        return int(str(wait_for(back)))

    def processes(self) -> list[str]:
        """Every living process of this home: the database's, and whatever was told this home."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                words = " ".join(process.cmdline())
                told = process.environ().get("SCHOOLGATE_HOME")
                ours = told == str(self.home) or str(self.home) in words
                if ours and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(f"{process.pid} {words}")
        return found

    def nothing_left(self) -> bool:
        """Whether no process of this home is left."""
        return self.processes() == []
