"""`schoolgate worker`: runs the jobs that wait in the database, and the timetable of the sweeps."""

import argparse
import asyncio
import sys
import time

import structlog
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from schoolgate.cli.children import ANOTHER_PLEASE
from schoolgate.core import heartbeats, restored
from schoolgate.core.clock import now
from schoolgate.core.home import typed
from schoolgate.core.work import Connector, Ended, work
from schoolgate.reports import after_restore

log = structlog.get_logger(__name__)
SECONDS_BETWEEN_LOOKS = 60
STATUS = {Ended.ASKED: 0, Ended.GROWN: ANOTHER_PLEASE, Ended.BROKEN: 1}


def worker_arguments(parser: argparse.ArgumentParser) -> None:
    """When it ends by itself."""
    parser.add_argument("--until-idle", action="store_true", help="end when no jobs are waiting")
    parser.add_argument(
        "--until-grown",
        action="store_true",
        help=f"end with {ANOTHER_PLEASE} once its memory has grown and it has nothing to do (for `up`)",
    )


def run_worker(options: argparse.Namespace) -> int:
    """Work until told to stop; running jobs get twenty seconds.

    Returns 0; ANOTHER_PLEASE if it has grown; 1 if it ended by itself and should be restarted, and with
    `--until-idle` if the home awaits its release, so that no job ran.
    """
    if options.until_idle and restored.awaiting_release() is not None:
        look_once()
        print(
            "This installation was restored from a backup and has not been released. The networks were "
            f"checked for what was sent since, and no jobs were run. Continue with: {typed('release')}",
            file=sys.stderr,
        )
        return 1
    wait_until_released()
    heartbeats.begin(at=now())
    connections.close_all()  # jobs run in threads, which have their own
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the jobs' connector is not Django's")
    with app.replace_connector(Connector(connector)):
        if options.until_idle:
            app.run_worker(wait=False, delete_jobs="successful")
            return 0
        return STATUS[asyncio.run(work(app, may_leave=options.until_grown))]


def wait_until_released() -> None:
    """In a restored home, only look up on the networks what has gone out since the backup. Returns once the
    home is released: no job and no sweep runs before that."""
    next_look = 0.0
    while restored.awaiting_release() is not None:
        if time.monotonic() >= next_look:
            look_once()
            next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
        time.sleep(2)


def look_once() -> None:
    """Ask the networks about whatever may have gone out since the backup, and say how much is left."""
    left = after_restore.look(clock=now)
    log.warning("restored from a backup: waiting to be released", in_doubt=left)
