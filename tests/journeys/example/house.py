"""The program with the example federation in it: as threads of the test, or as processes of their own."""

import html
import io
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import Namespace
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from django.utils import translation

from schoolgate.cli import code
from schoolgate.cli.nursery import Copy, Nursery
from schoolgate.core.clock import now
from schoolgate.core.env import for_a_child
from schoolgate.core.models import Federation
from schoolgate.jobs.minutely import deliveries, poll, reports, send_due
from tests import databases
from tests.cli.machine import free_port, wait_for
from tests.working import do_jobs

MINUTE = timedelta(minutes=1)
SWEEPS = (send_due, deliveries, poll, reports)


class House:
    """Where the pages are, and the command line on the same database."""

    in_this_process = False

    def __init__(self, address: str, federation: Federation) -> None:
        self.address = address
        self.federation = federation

    def schoolgate(self, *words: str) -> str:
        """Run one command on this database; returns what it printed, fails where it does not succeed."""
        name = connections["default"].settings_dict["NAME"]
        done = subprocess.run(
            [sys.executable, "-m", "schoolgate", *words],
            env=surroundings(name), capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def code(self, email: str) -> str:
        """The code for two-step verification that the command gives."""
        wait_for(new_code)
        return self.schoolgate("code", email)

    def public(self, path: str) -> str:
        """What anybody's program gets at a public address of the federation, its words as they are read."""
        with urllib.request.urlopen(f"{self.address}/wildground/{path}", timeout=60) as answer:
            return html.unescape(answer.read().decode())


class Threads(House):
    """The pages come from this process. Nothing happens by itself: a test lets a minute pass."""

    in_this_process = True

    def __init__(self, federation: Federation) -> None:
        super().__init__("", federation)

    def public(self, path: str) -> str:
        """The same, without a server."""
        with translation.override("en"):
            answer = Client().get(f"/{self.federation.slug}/{path}")
        assert answer.status_code == 200, path
        return html.unescape(answer.content.decode())

    def code(self, email: str) -> str:
        """The same command in this process: to start the program for each sign-in takes three seconds."""
        with redirect_stdout(io.StringIO()) as printed:
            assert code.run(Namespace(email=email)) == 0
        return printed.getvalue().strip()

    def minute_passes(self, at: datetime | None = None) -> None:
        """The sweeps of one minute, at `at` or a minute from now, in a thread with a connection of
        its own as in the worker."""

        def sweep() -> None:
            moment = at or now() + MINUTE
            for each in SWEEPS:
                each.run(moment)
            do_jobs(moment, clock=now)

        in_a_thread(sweep)


class Processes(House):
    """Served by `schoolgate web`, with `schoolgate worker` beside it: copies of one process that has read the
    program, as under `schoolgate up`. They end with this object."""

    def __init__(self, database: str, federation: Federation, folder: Path) -> None:
        self.port = free_port()
        super().__init__(f"http://localhost:{self.port}", federation)
        self._surroundings = surroundings(database, PORT=str(self.port))
        self._folder = folder
        self._nursery = Nursery(folder / "nursery.log")
        self._children: list[Copy] = []

    def __enter__(self) -> "Processes":
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self._surroundings.items():
                patch.setenv(name, value)
            self._nursery.start()
        for part in ("web", "worker"):
            self._children.append(self._nursery.begin([part], self._folder / f"{part}.log"))
        wait_for(self._serves)
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            child.terminate()
        for child in self._children:
            with suppress(subprocess.TimeoutExpired):
                child.wait(25)
                continue
            child.kill()
            child.wait()
        self._nursery.stop()

    def _serves(self) -> bool:
        for child in self._children:
            assert child.poll() is None, self.said()
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def said(self) -> str:
        """What both processes have written into their logs."""
        return "\n".join(path.read_text(errors="replace") for path in self._folder.glob("*.log"))


def new_code() -> bool:
    """Whether the code of this half minute has long enough to run that somebody can type it."""
    return time.time() % 30 < 10


def surroundings(database: str, **more: str) -> dict[str, str]:
    """What a process is told that works on this database, with the files and keys of the test run."""
    return for_a_child(
        DATABASE_URL=databases.url("app", database),
        DATABASE_OWNER_URL=databases.url("owner", database),
        SCHOOLGATE_HOME=os.environ["SCHOOLGATE_HOME"],
        **more,
    )


def in_a_thread(work: Callable[[], object]) -> None:
    """Do something in a thread of its own, wait for it, and raise what it raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again below
            raised.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]
