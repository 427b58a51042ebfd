"""`schoolgate web`: the pages, served by a process a core, each with a few threads."""

import argparse
import multiprocessing
import resource

from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from schoolgate.cli.main import prepare, read_to_be_copied
from schoolgate.cli.registry import Needs
from schoolgate.core.env import URGENT_THREADS, choose, env
from schoolgate.core.outside import LONGEST_HEADERS
from schoolgate.core.postgres.for_django import django_database

SECONDS_TO_FINISH = 15
MOST_CONNECTIONS = 2000
"""Open connections of one process. One that only waits costs some kilobytes and no thread."""
OTHER_FILES = 200


def web_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything comes from the environment, so that each process of a machine hears the same."""


def run_web(options: argparse.Namespace) -> int:
    """Serve until told to stop; requests in hand are finished first.

    The server refuses headers that are too long before Django sees them, though not each time: it reads in
    steps of its own. `config.bounds` refuses the others.

    Python makes one page at a time in a process, so people would wait for each other with one. The server
    hands over headers and pieces of bodies as they come; `config.gateway` makes whole requests of them.
    """
    prepare(Needs.DATABASE, set_up=False)
    choose(database_pool=env().web_threads + URGENT_THREADS)
    connections.databases["default"].update(django_database(env()))  # the program may be read already
    if multiprocessing.get_start_method() == "fork":
        read_to_be_copied()
    Granian(
        "schoolgate.config.serving:application",
        address=env().listen_on,
        port=env().port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        workers=env().web_processes,
        backpressure=_room_for_connections(),
        http1_settings=HTTP1Settings(
            header_read_timeout=round(env().web_patience * 1000), max_buffer_size=LONGEST_HEADERS
        ),
        workers_kill_timeout=SECONDS_TO_FINISH,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_dictconfig={"loggers": {"_granian": {}, "granian.access": {}}},  # no handlers: they use ours
        log_access=False,
    ).serve()
    return 0


def _room_for_connections() -> int:
    """Return how many connections a process may have open, after raising the number of open files to what
    the system permits."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    if now != resource.RLIM_INFINITY and now < wanted:
        now = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))
        wanted = now
    return max(wanted - OTHER_FILES, OTHER_FILES)
