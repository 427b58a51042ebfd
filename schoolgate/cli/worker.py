"""`schoolgate worker`: does the jobs that wait in the database, and keeps the timetable of the sweeps."""

import argparse

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

SECONDS_TO_FINISH = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much at once, and whether to end when nothing waits."""
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time")
    parser.add_argument("--until-idle", action="store_true", help="end when no job waits")


def run(options: argparse.Namespace) -> int:
    """Work until told to stop; jobs in hand are given twenty seconds."""
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the jobs' connector is not Django's")
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(
            concurrency=options.concurrency,
            wait=not options.until_idle,
            shutdown_graceful_timeout=SECONDS_TO_FINISH,
            delete_jobs="successful",
        )
    return 0
