"""A worker that has grown leaves once it has nothing to do, so that a small one takes its place.

Python gives little back, and what a copy has touched is no longer shared with the others (docs/adr/0080). To
begin again takes half a second and loses nothing: jobs are rows of the database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog

from schoolgate.core.work.stalled import LookingAfter

log = structlog.get_logger(__name__)
SECONDS_BETWEEN_LOOKS: Final = 2.0
SECONDS_IDLE: Final = 10.0
SECONDS_AT_LEAST: Final = 120.0
"""How long each one works, however much it has grown: a busy home doesn't begin again and again."""
MOST_MB: Final = 64.0
"""With the five examples, one that has run each sweep of a minute holds 46 to 50; one that has also run those
of an hour, 75 to 91."""
ROLLUP: Final = Path("/proc/self/smaps_rollup")


def own_megabytes() -> float:
    """Return the memory that this process shares with no other; 0 where the system doesn't say (macOS)."""
    try:
        lines = ROLLUP.read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1024


async def grown_and_idle(after: LookingAfter, *, megabytes: Callable[[], float] = own_megabytes) -> None:
    """Return once the worker has grown and has had nothing to do for a while."""
    await asyncio.sleep(SECONDS_AT_LEAST)
    while True:
        if after.seconds_idle() >= SECONDS_IDLE and (own := megabytes()) > MOST_MB:
            log.info("a small worker takes the place of one that has grown", megabytes=round(own))
            return
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
