"""What it was measured on, and how: a figure without that says nothing."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path


def machine() -> dict[str, object]:
    """Processor, cores that we may use, memory, and how busy it was before we began."""
    lines = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in lines.splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": names[0] if names else platform.processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory / 2**30, 1),
        "python": platform.python_version(),
        "system": platform.platform(),
        "load_before": [round(each, 2) for each in os.getloadavg()],
    }


class NotMeasured(Exception):
    """What was there is not what was to be measured. Its text says what was there instead."""


def check_count(what: str, found: int, wanted: int) -> None:
    """Raise NotMeasured unless there are as many as the figure says."""
    if found != wanted:
        raise NotMeasured(f"{found} {what}, not {wanted}")


def say(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)


def seconds(work: Callable[[], object]) -> float:
    """How long `work` took by the clock on the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def busy_seconds(work: Callable[[], object]) -> float:
    """How long `work` kept this process busy: what others do on the same cores is not counted."""
    start = time.process_time()
    work()
    return time.process_time() - start


def middle(values: list[float]) -> float:
    """The median."""
    return statistics.median(values)
