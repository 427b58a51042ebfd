"""The program with the example federation in it."""

import html
import io
import os
import threading
import time
from argparse import Namespace
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import datetime, timedelta

from django.db import connections
from django.test import Client
from django.utils import translation

from schoolgate.cli import examples
from schoolgate.core.clock import now
from schoolgate.core.env import for_a_child
from schoolgate.core.models import Federation
from schoolgate.jobs.minutely import deliveries, poll, reports, send_due
from tests import databases
from tests.working import do_jobs

MINUTE = timedelta(minutes=1)
SWEEPS = (send_due, deliveries, poll, reports)


class House:
    """The example federation, its pages from this process. Nothing happens by itself: a test lets a minute
    pass."""

    in_this_process = True
    address = ""
    """Where a program of its own serves the pages."""

    def __init__(self, federation: Federation) -> None:
        self.federation = federation

    def public(self, path: str) -> str:
        """What anybody's program gets at a public address of the federation, its words as they are read."""
        with translation.override("en"):
            answer = Client().get(f"/{self.federation.slug}/{path}")
        assert answer.status_code == 200, path
        return html.unescape(answer.content.decode())

    def code(self, email: str) -> str:
        """The code for two-step verification that the command gives, in this process: to start the
        program for each sign-in takes three seconds."""
        with redirect_stdout(io.StringIO()) as printed:
            assert examples.run_code(Namespace(email=email)) == 0
        return printed.getvalue().strip()

    def minute_passes(self, at: datetime | None = None) -> None:
        """The sweeps of one minute, at `at` or a minute from now, in a thread with a connection of
        its own as in the worker."""

        def sweep() -> None:
            moment = at or now() + MINUTE
            for each in SWEEPS:
                each(moment)
            do_jobs(moment, clock=now)

        in_a_thread(sweep)


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
