"""`schoolgate web`: the pages, served by one process with a few threads."""

import argparse

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from schoolgate.cli.main import prepare
from schoolgate.cli.registry import Needs
from schoolgate.core.env import choose, env
from schoolgate.core.outside import LONGEST_HEADERS

SECONDS_TO_FINISH = 15


def arguments(parser: argparse.ArgumentParser) -> None:
    """Everything comes from the environment, so that each process of a machine hears the same."""


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop; requests in hand are finished first.

    The server refuses headers that are too long before Django sees them, though not each time: it reads in
    steps of its own. `config.bounds` refuses the others.

    Django is set up in the process that serves and not in the one that watches it: that one stays small.
    """
    prepare(Needs.DATABASE, set_up=False)
    choose(database_pool=env().web_threads)
    Granian(
        "schoolgate.config.serving:application",
        address=env().listen_on,
        port=env().port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=1,
        blocking_threads=env().web_threads,
        http1_settings=HTTP1Settings(max_buffer_size=LONGEST_HEADERS),
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_access=False,
    ).serve()
    return 0
