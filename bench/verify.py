"""How many rows a second of the record are checked again, against hashing as many bytes in a loop."""

import hashlib
import os
import time
from typing import Any

from bench.database import as_superuser, copy_of, prepared, server_seconds
from bench.machine import middle, say, seconds
from bench.world import AT, World, world

WANTED = 200_000
ROWS = int(os.environ.get("VERIFY_ROWS", "200000"))
BATCH, ROUNDS = 20_000, 5 if ROWS <= 1_000_000 else 2
SIZE = "SELECT pg_total_relation_size('core_ledgerrow') + pg_total_relation_size('ledger_clause')"
CLAUSES = ("wildground-monitoring-4", "wildground-monitoring-6")


def run() -> dict[str, Any]:
    """The median of several rounds over the same rows, by the clock on the wall and by the processor.

    By the processor: rows over the busier of the two processes that work side by side, the server's and ours;
    on a machine with two free cores that is what the clock says too.
    """
    here = world()
    with copy_of(prepared()):
        say(f"verify: writing {ROWS} rows")
        _fill(here)
        with as_superuser() as admin:
            admin.execute("VACUUM ANALYZE core_ledgerrow, ledger_clause")
            size = admin.execute(SIZE).fetchone()[0]
        rounds = [_round(here) for _ in range(ROUNDS)]
    wall = middle([one["wall"] for one in rounds])
    busy = middle([max(one["client"], one["server"]) for one in rounds])
    return {
        "what": f"ledger.verify over {ROWS} rows, one federation, as the app role",
        "wanted": {"rows_a_second": WANTED},
        "rows_a_second": round(ROWS / wall),
        "rows_a_second_by_the_processor": round(ROWS / busy),
        "bytes_a_row_with_indexes": round(size / ROWS),
        "reached": ROWS / wall >= WANTED,
        "ratio_to_hashing_alone": round(middle([one["client"] / one["floor"] for one in rounds]), 2),
        "processor_seconds": {
            name: round(middle([one[name] for one in rounds]), 3) for name in ("client", "server", "floor")
        },
        "rounds": ROUNDS,
    }


def _fill(here: World) -> None:
    from schoolgate.core.ledger.appending import append
    from schoolgate.core.ledger.entries import Entry
    from schoolgate.core.tenancy import scope

    for start in range(0, ROWS, BATCH):
        entries = [
            Entry("item.received", f"inbox.item:{n}", AT, "", CLAUSES, n, {"account": here.account})
            for n in range(start, start + BATCH)
        ]
        with scope(here.federation):
            append(here.federation, entries)


def _round(here: World) -> dict[str, float]:
    from schoolgate.core.ledger import verify

    server, client, wall = server_seconds(), time.process_time(), time.perf_counter()
    verdict = verify(here.federation)
    wall, client = time.perf_counter() - wall, time.process_time() - client
    if not (verdict.sound and verdict.rows >= ROWS):
        raise AssertionError(verdict)
    found = {"wall": wall, "client": client, "server": server_seconds() - server, "floor": _floor()}
    say("verify: " + ", ".join(f"{name} {value:.2f} s" for name, value in found.items()))
    return found


def _floor() -> float:
    """Hashing alone: as many pieces of bytes, each as long as a row's."""
    pieces = [b"x" * 330] * ROWS

    def work() -> None:
        for piece in pieces:
            hashlib.sha256(piece).digest()

    return seconds(work)
