"""Comments whose retention period is over, destroyed with their texts and words by the nightly run.

`RETENTION_ROWS` rows go or are emptied (1,000,000 unless set): each comment has a text and nine words.
"""

import os
import time
from datetime import timedelta
from typing import Any

from bench.database import copy_of, prepared, server_seconds
from bench.inbox import around, fill
from bench.machine import say
from bench.world import AT, World, someone, world

ROWS = int(os.environ.get("RETENTION_ROWS", "1000000"))
OF_EACH = 11
WANTED = {"seconds": 300.0}
LATER = timedelta(days=3 * 366 + 1)


def run() -> dict[str, Any]:
    """Seconds of the run, by the clock and of processor time; a third of the comments is open and stays."""
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
        found = _destroy(here)
        with scope(here.federation):
            emptied = Item.every.filter(destroyed_at__isnull=False).count()
            left = Item.every.filter(destroyed_at=None).count()
    rows = emptied * OF_EACH
    return {
        "what": f"{rows} rows of {emptied} comments destroyed, {left} comments kept, with certificates",
        "wanted": WANTED,
        **found,
        "rows_a_second": round(rows / found["seconds"]),
        "reached": emptied == many - many // 3 and found["seconds"] <= WANTED["seconds"],
    }


def _start(here: World) -> None:
    from schoolgate.core.retention import kind_of
    from schoolgate.core.tenancy import scope
    from schoolgate.records.actions import start

    kind = kind_of("comments")
    if kind is None:
        raise RuntimeError("comments are no kind of record any more")
    with scope(here.federation):
        start(by=someone("Olwen", "slt"), at=AT, kind=kind, seen=None, months=kind.months)


def _destroy(here: World) -> dict[str, float]:
    from schoolgate.records.sweeping import destroy_due

    clock, busy = time.perf_counter(), time.process_time() + server_seconds()
    destroy_due(here.federation, at=AT + LATER)
    return {
        "seconds": round(time.perf_counter() - clock, 1),
        "processor_seconds": round(time.process_time() + server_seconds() - busy, 1),
    }
