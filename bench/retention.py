"""Comments whose retention period is over, destroyed with their texts and words by the nightly run, while a
person reads pages.

`RETENTION_ROWS` rows go or are emptied (1,000,000 unless set): each comment has a text and nine words. The
reader is another process, as the worker and the web are two: it asks for the inbox, for Today and for a post
in turn, through every layer but the network, before the run and during it.
"""

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from bench.database import copy_of, prepared, server_seconds
from bench.inbox import around, fill
from bench.machine import check_count, middle, say
from bench.warm_page import check_answer, signed_in
from bench.world import AT, World, someone, world

ROWS = int(os.environ.get("RETENTION_ROWS", "1000000"))
OF_EACH = 11
WANTED = {"seconds": 300.0, "page_ms_95th": 150.0}
LATER = timedelta(days=3 * 366 + 1)
QUIET_SECONDS, BETWEEN = 20, 0.1
"""How long pages are read before the run, and how long the reader looks at each."""
SMALLEST = {"ROWS": 500, "QUIET_SECONDS": 1}


def run() -> dict[str, Any]:
    """Seconds of the run and of the pages meanwhile, by the clock and of processor time; a third of the
    comments is open and stays."""
    here = world()
    from schoolgate.core.tenancy import scope
    from schoolgate.inbox.models import Item

    many = ROWS // OF_EACH * 3 // 2
    with copy_of(prepared()):
        with scope(here.federation):
            _people, given = around(here)
        fill(here, given, many)
        _start(here)
        say(f"retention: {many} comments")
        with _read(here) as quiet:
            time.sleep(QUIET_SECONDS)
        with _read(here) as during:
            found = _destroy(here)
        with scope(here.federation):
            emptied = Item.every.filter(destroyed_at__isnull=False).count()
            left = Item.every.filter(destroyed_at=None).count()
    check_count("comments destroyed", emptied, many - many // 3)
    rows = emptied * OF_EACH
    return {
        "what": f"{rows} rows of {emptied} comments destroyed, {left} comments kept, with certificates",
        "wanted": WANTED,
        **found,
        "rows_a_second": round(rows / found["seconds"]),
        "load": [round(one, 2) for one in os.getloadavg()],
        "pages_before": quiet,
        "pages_during": during,
        "rows": rows,
        "reached": found["seconds"] <= WANTED["seconds"]
        and all(one["ms_95th"] <= WANTED["page_ms_95th"] for one in during.values()),
    }


@contextmanager
def _read(here: World) -> Iterator[dict[str, Any]]:
    """Have another process read pages until the block is over; then the figures are in what is given."""
    from django.db import connection

    connection.close()
    forked = multiprocessing.get_context("fork")
    ours, theirs = forked.Pipe()
    reader = forked.Process(target=_reader, args=(here, theirs), daemon=True)
    reader.start()
    theirs.close()
    ours.recv()
    found: dict[str, Any] = {}
    yield found
    ours.send("over")
    found.update({page: _figures(each) for page, each in ours.recv().items()})
    reader.join()


def _reader(here: World, pipe: Any) -> None:
    from django.utils import timezone

    from schoolgate.core import clock as program
    from schoolgate.core.tenancy import scope
    from schoolgate.people.queries import person

    class OnTheDay(datetime):
        """The time of a reader on the day of the measured world, not of the machine."""

        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # noqa: ARG003 - as the real one is called
            return AT + timedelta(days=1)

    program.datetime = OnTheDay  # type: ignore[misc]
    timezone.now = OnTheDay.now  # a session ends by this one
    with scope(here.federation):
        browser = signed_in(person(here.person).user)
    paths = {"inbox": "/inbox", "today": "/today", "post": f"/posts/{here.post}"}
    headings = {"inbox": "Inbox", "today": "Today", "post": "Post"}
    for page, path in [*paths.items()] * 3:
        check_answer(path, browser.get(path), headings[page])
    taken: dict[str, list[tuple[float, float]]] = {page: [] for page in paths}
    pipe.send("warm")
    while not pipe.poll():
        for page, path in paths.items():
            clock, busy = time.perf_counter(), time.process_time() + server_seconds()
            answer = browser.get(path)
            clock = time.perf_counter() - clock
            taken[page].append((clock * 1000, (time.process_time() + server_seconds() - busy) * 1000))
            check_answer(path, answer, headings[page])
            time.sleep(BETWEEN)
    pipe.send(taken)


def _figures(readings: list[tuple[float, float]]) -> dict[str, float]:
    clocks, busy = (sorted(each) for each in zip(*readings, strict=True))
    return {
        "times": len(clocks),
        "ms_middle": round(middle(clocks), 1),
        "ms_95th": round(clocks[int(len(clocks) * 0.95)], 1),
        "processor_ms_middle": round(middle(busy), 1),
        "processor_ms_95th": round(busy[int(len(busy) * 0.95)], 1),
    }


def _start(here: World) -> None:
    from schoolgate.core.retention import kind_of
    from schoolgate.core.tenancy import scope
    from schoolgate.records.setting import start

    kind = kind_of("comments")
    if kind is None:
        raise RuntimeError("comments are no kind of record any more")
    with scope(here.federation):
        start(by=someone("Olwen", "slt"), at=AT, kind=kind, seen=None, months=kind.months)


def _destroy(here: World) -> dict[str, float]:
    from schoolgate.records.destroying import destroy_due

    clock, busy = time.perf_counter(), time.process_time() + server_seconds()
    destroy_due(here.federation, at=AT + LATER)
    return {
        "seconds": round(time.perf_counter() - clock, 1),
        "processor_seconds": round(time.process_time() + server_seconds() - busy, 1),
    }
