"""A backup and the way back of a home whose record has 250,000 and 1,000,000 rows.

Sealed, read again, filled into an empty database, and verified there against the signed heads: the quicker of
two, because the first to read fresh rows also marks them as committed.
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.database import copy_of, untouched
from bench.machine import NotMeasured, say
from bench.world import AT

if TYPE_CHECKING:
    from schoolgate.core.ledger import Verdict

ROWS, BATCH, WANTED = (250_000, 1_000_000), 20_000, 5.0
"""Wanted: four times the rows take less than five times as long."""
SMALLEST = {"ROWS": (200, 400), "BATCH": 100}


def run() -> dict[str, Any]:
    """Seconds on the wall for each step, and how they grow; megabytes of the backup; the greatest memory."""
    base, sizes = untouched(), ROWS
    few, many = (_one(base, rows) for rows in sizes)
    ratios = {step: round(many[step] / few[step], 2) for step in ("backup", "restore", "verify")}
    return {
        "what": f"backup and restore of {sizes[0]} and {sizes[1]} rows of the record",
        "wanted": {"ratio_at_most": WANTED},
        "reached": max(ratios.values()) <= WANTED,
        "ratios": ratios,
        "seconds": {"few": few, "many": many},
        "memory_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _one(base: str, rows: int) -> dict[str, Any]:
    from schoolgate.core.backups import sealing
    from schoolgate.core.backups.making import make_backup
    from schoolgate.core.backups.snapshot import load
    from schoolgate.core.env import env
    from schoolgate.core.ledger import heads_file, sign_heads
    from schoolgate.core.postgres import server
    from schoolgate.core.postgres.server import server_of

    with tempfile.TemporaryDirectory() as place:
        with copy_of(base):
            heads_file().unlink(missing_ok=True)
            federation = _fill(rows)
            sign_heads(AT)
            private, _ = sealing.new_key(AT)
            say(f"backups: {rows} rows")
            begun = time.perf_counter()
            made = make_backup(at=AT, to=Path(place))
            backup = time.perf_counter() - begun
        with copy_of(base) as empty:
            begun = time.perf_counter()
            with made.on.path.open("rb") as file, sealing.opened(file, private) as opened:
                url = server_of(env().home).url(server.OWNER, empty)
                load(opened, url, make_tables=lambda _: None, last=lambda *_: None, files=None)
            restore = time.perf_counter() - begun
            first, verdict = _verified(federation)
            checked = min(first, _verified(federation)[0])
    if not (verdict.sound and verdict.rows == rows and verdict.beyond is None):
        raise NotMeasured(f"the restored record: {verdict}")
    return {
        "backup": backup,
        "restore": restore,
        "verify": checked,
        "megabytes": round(made.row.size / 1e6, 1),
    }


def _verified(federation: int) -> tuple[float, Verdict]:
    from schoolgate.core.ledger import heads_file, read_heads, verify

    begun = time.perf_counter()
    verdict = verify(federation, read_heads(heads_file()))
    return time.perf_counter() - begun, verdict


def _fill(rows: int) -> int:
    from schoolgate.core.ledger_rows import Entry, append
    from schoolgate.core.setting_up import add_federation
    from schoolgate.core.tenancy import scope

    here = add_federation(slug="bench", name="Bench", policy_key="wildground")
    for first in range(0, rows, BATCH):
        with scope(here.pk):
            append(
                here.pk,
                [
                    Entry(
                        event="post.approved", subject=f"publishing.post:{number + 1}", at=AT,
                        actor="people.person:7", clauses=("wildground-posts-2",), decision=number,
                    )
                    for number in range(first, min(first + BATCH, rows))
                ],
            )  # fmt: skip
    return here.pk
