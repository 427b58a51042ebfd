"""How many rows a second of the record are checked again, against hashing as many bytes in a loop; a tenth of
the rows first, then all: is it linear, and does memory stay as it is?

`VERIFY_ROWS` says how many (200,000 unless it is set).
"""

import hashlib
import os
import resource
import time
from typing import Any

from bench.database import as_superuser, copy_of, prepared, server_seconds
from bench.machine import busy_seconds, middle, say
from bench.record import fill_record
from bench.world import World, world

WANTED, LINEAR = 200_000, 1.15
ROWS = int(os.environ.get("VERIFY_ROWS", "200000"))
SIZE = "SELECT pg_total_relation_size('core_ledgerrow') + pg_total_relation_size('ledger_clause')"
SMALLEST = {"ROWS": 2_000}


def run() -> dict[str, Any]:
    """The median of several rounds over the same rows, by the clock on the wall and by the processor.

    By the processor: rows over the busier of the two processes that work side by side, the server's and ours;
    on a machine with two free cores that is what the clock says too.
    """
    here = world()
    with copy_of(prepared()):
        few, many = (_among(here, rows) for rows in (ROWS // 10, ROWS))
    times_as_long = many["busy_seconds_a_million"] / few["busy_seconds_a_million"]
    return {
        "what": f"ledger.verify over {ROWS} rows and a tenth of them, one federation, as the app role",
        "wanted": {"rows_a_second": WANTED, "times_as_long_a_million": LINEAR},
        "rows_a_second": many["rows_a_second"],
        "times_as_long_a_million": round(times_as_long, 2),
        "reached": many["rows_a_second_by_the_processor"] >= WANTED and times_as_long <= LINEAR,
        "among_few": few,
        "among_many": many,
        "load": os.getloadavg()[0],
    }


def _among(here: World, rows: int) -> dict[str, Any]:
    fill_record(here, rows, of=ROWS)
    with as_superuser() as admin:
        admin.execute("VACUUM ANALYZE core_ledgerrow, ledger_clause")
        size = admin.execute(SIZE).fetchone()[0]
    rounds = [_round(here, rows) for _ in range(5 if rows < 1_000_000 else 2)]
    wall = middle([one["wall"] for one in rounds])
    busy = middle([max(one["client"], one["server"]) for one in rounds])
    return {
        "rows": rows,
        "rows_a_second": round(rows / wall),
        "rows_a_second_by_the_processor": round(rows / busy),
        "busy_seconds_a_million": round(busy / rows * 1e6, 2),
        "bytes_a_row_with_indexes": round(size / rows),
        "ratio_to_hashing_alone": round(middle([one["client"] / one["floor"] for one in rounds]), 2),
        "processor_seconds": {
            name: round(middle([one[name] for one in rounds]), 3) for name in ("client", "server", "floor")
        },
        "most_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "rounds": len(rounds),
    }


def _round(here: World, rows: int) -> dict[str, float]:
    from schoolgate.core.ledger import verify

    server, client, wall = server_seconds(), time.process_time(), time.perf_counter()
    verdict = verify(here.federation)
    wall, client = time.perf_counter() - wall, time.process_time() - client
    if not (verdict.sound and verdict.rows >= rows):
        raise AssertionError(verdict)
    found = {"wall": wall, "client": client, "server": server_seconds() - server, "floor": _floor(rows)}
    say(f"verify {rows}: " + ", ".join(f"{name} {value:.2f} s" for name, value in found.items()))
    return found


def _floor(rows: int) -> float:
    """Hashing alone: as many pieces of bytes, each as long as a row's."""
    piece = b"x" * 330

    def work() -> None:
        for _ in range(rows):
            hashlib.sha256(piece).digest()

    return busy_seconds(work)
