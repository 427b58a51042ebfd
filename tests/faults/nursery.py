"""A process that has read the whole program and begins light copies of itself, to be killed:
`python -m tests.faults.nursery PROMISES LOG NETWORK`. It hears words, one a line, and answers with a line.

`light worker`: `schoolgate worker`, all of it, without the seconds that starting takes. `light web PORT`: the
pages and the API, one request at a time. `desk`: people who approve posts and leave comments, and a timetable
that is in a hurry. These answer with the number of the process, and null answers where the rest failed.
`join FILE`: an account on the network. `keys`: how another program approves posts. `finish`: what the worker
does in the next hours. `report`: what became of everything. `verify`: whether the record is sound.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

from tests.faults import busy
from tests.pace import CALM

from django.db import connection, connections  # isort: skip
from procrastinate import exceptions  # isort: skip
from procrastinate.contrib.django import app  # isort: skip

from schoolgate.cli import worker  # isort: skip
from schoolgate.cli.demo.posts import ANSWERS  # isort: skip
from schoolgate.cli.main import PAGES, read_to_be_copied  # isort: skip
from schoolgate.config.wsgi import application  # isort: skip
from schoolgate.core.clock import now  # isort: skip
from schoolgate.core.processes import die_with_parent  # isort: skip
from schoolgate.core.tenancy import scope  # isort: skip
from schoolgate.people.sessions import make_token  # isort: skip
from schoolgate.triage.lists import packaged  # isort: skip

SWEEPS = ("minutely.send_due", "minutely.poll", "minutely.deliveries", "minutely.notices", "minutely.duties")
AT_A_TIME = {"noticeboard": len(SWEEPS), "bluesky": 2, "mastodon": 2}
"""How many sweeps are begun before their time after each post; a real network takes longer over each."""


def work() -> None:
    """The program's worker. Where it ends, because the database went away, it begins again."""
    while True:
        with suppress(Exception):
            worker.run_worker(argparse.Namespace(until_idle=False, until_grown=False))
        time.sleep(0.2)


def serve(port: int) -> None:
    """The pages and the API. The one who was killed at this door may not have left it yet."""
    while True:
        with suppress(OSError):
            make_server("127.0.0.1", port, application).serve_forever()
        time.sleep(0.05)


def approve(promises: Path, network: str) -> None:
    """Approve, comment, and have the sweeps run now, over and over."""
    random.seed()
    desk = busy.patiently(lambda: busy.Desk(network))
    with promises.open("a") as file:

        def promise(kind: str, text: str) -> None:
            file.write(json.dumps([kind, text]) + "\n")
            file.flush()

        for number in itertools.count():
            text = f"Number {os.getpid()}-{number}"
            busy.patiently(lambda text=text: desk.approve(text) and promise("post", text), tries=1)
            if network == "noticeboard":
                busy.patiently(lambda text=text: desk.comment(text) and promise("comment", text), tries=1)
            busy.patiently(lambda: hurry(AT_A_TIME[network]), tries=1)
            longest = CALM * 0.8 if network == "noticeboard" else min(CALM * 2.5, 10.0)
            time.sleep(random.uniform(CALM * 0.2, longest))


def hurry(many: int) -> None:
    """The timetable's next minute begins now, for some sweeps."""
    for sweep in random.sample(SWEEPS, many):
        with suppress(exceptions.AlreadyEnqueued):
            app.configure_task(sweep).defer(timestamp=int(time.time()))


def jobs() -> dict[str, int]:
    """How many jobs of which kind there are that nobody will end any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM procrastinate_jobs LEFT JOIN procrastinate_workers AS worker
            ON worker.id = worker_id WHERE status = 'doing'
            AND (worker.id IS NULL OR worker.last_heartbeat < now() - interval '75 seconds')"""
        )
        stuck = cursor.fetchone()[0]
        cursor.execute(
            "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1"
        )
        return {"stuck": stuck, **{f"failed {task}": count for task, count in cursor.fetchall()}}


def keys(network: str) -> dict[str, Any]:
    """Keys of who writes and who approves, and a post as the writer sends it but for its text."""
    desk = busy.Desk(network)
    with scope(desk.federation_id):
        writes, approves = (
            make_token(by=who, at=now(), name="storm", days=1, may_write=True, with_factor=True).text
            for who in (desk.writer, desk.approver)
        )
        post = {"school": desk.account.school_id, "answers": ANSWERS}
        return {"writes": writes, "approves": approves, "post": post, "account": desk.account.pk}


def answer(tell: Callable[[], object]) -> None:
    """One line of JSON; null where it failed, as while the database is away."""
    told = None
    try:
        told = tell()
    except Exception:  # noqa: BLE001 - told in the log of the run
        print(traceback.format_exc(), file=sys.stderr, flush=True)
    connections.close_all()
    print(json.dumps(told), flush=True)


def begin(does: Callable[[], None], log: Path) -> None:
    """Do it in a copy of this process, which ends with this one."""
    pid = os.fork()
    if pid:
        print(pid, flush=True)
        return
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    die_with_parent(signal.SIGKILL)
    out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for number, where in ((0, os.open(os.devnull, os.O_RDONLY)), (1, out), (2, out)):
        os.dup2(where, number)
    try:
        does()
    finally:
        os._exit(1)


def main() -> None:
    """Hear words until there are no more."""
    promises, log, network = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    read_to_be_copied((*PAGES, worker.__name__))
    packaged()  # each copy would make them of the lists anew, in most of a second
    connections.close_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        match line.split():
            case ["light", "worker"]:
                begin(work, log)
            case ["light", "web", port]:
                begin(lambda port=port: serve(int(port)), log)
            case ["desk"]:
                begin(lambda: approve(promises, network), log)
            case ["join", file]:
                answer(lambda file=file: busy.join(Path(file), network))
            case ["keys"]:
                answer(lambda: keys(network))
            case ["finish"]:
                answer(lambda: busy.finish(network))
            case ["report"]:
                answer(lambda: busy.told(network) | {"jobs": jobs()})
            case ["verify"]:
                answer(lambda: busy.sound(network))


if __name__ == "__main__":
    main()
