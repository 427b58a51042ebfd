"""How long a fresh home takes to its first page, and how much memory database, web and worker then hold.

`schoolgate up` runs in a home and on a port of its own, as `make up` runs it once its environment exists.
Memory is PSS: what several processes share is counted once.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from bench.machine import NotMeasured, say
from bench.warm_page import check_is_the_page, heading_of

FIRST = "sign-in"
WANTED_SECONDS, WANTED_MB = 15, 400
PATIENCE, SOON, IDLE, LOOKS = 600, 20, 180, 5
"""Seconds. A worker that has just begun to read what the examples left is replaced two minutes later at the
earliest (docs/adr/0080), so memory is measured soon after the examples, and again when all is idle."""
EXAMPLES = ("wildground", "boroughbridge", "learn-to-live", "llanidloes", "wootton")
"""Whose pages are there in the end; without any, an empty home is started."""
SMALLEST = {"SOON": 1, "IDLE": 1, "LOOKS": 1, "EXAMPLES": ()}


def run() -> dict[str, Any]:
    """As a newcomer has it, with the examples; memory once nothing has happened for a while."""
    with tempfile.TemporaryDirectory(prefix="schoolgate-bench-up-") as folder:
        port = _free_port()
        home = _home(Path(folder))
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "schoolgate", "up", *([] if EXAMPLES else ["--no-examples"])],
            env={**_clean(), "SCHOOLGATE_HOME": str(home), "PORT": str(port)},
            stdout=sys.stderr,
        )
        try:
            first = _until_it_serves(process, port, started)
            _until_only_what_stays_runs(process)
            say(f"start: first page after {first:.1f} s; waiting {IDLE} s")
            time.sleep(SOON)
            soon = _memory(process.pid)
            time.sleep(max(0, IDLE - SOON))
            memory = _memory(process.pid)
            for example in EXAMPLES:
                _heading(port, example)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
    total = sum(memory.values())
    return {
        "what": "schoolgate up in a fresh home, environment already there",
        "wanted": {"first_page_seconds": WANTED_SECONDS, "idle_mb": WANTED_MB},
        "first_page_seconds": round(first, 1),
        "soon_mb": round(sum(soon.values())),
        "idle_mb": round(total),
        "reached": first < WANTED_SECONDS and total < WANTED_MB,
        "mb": {name: round(value, 1) for name, value in sorted(memory.items())},
        "processes": "the supervisor, and everything that it started",
    }


def _home(folder: Path) -> Path:
    """Return where the installation is to be; there's nothing yet."""
    return folder / "h"


def _heading(port: int, path: str) -> str:
    """Return the heading of a page that opens. Raises NotMeasured where it has none."""
    with urllib.request.urlopen(f"http://localhost:{port}/{path}", timeout=5) as answer:
        heading = heading_of(answer.read().decode())
    if answer.status != 200 or not heading:
        raise NotMeasured(f"/{path} answered {answer.status} with the heading “{heading}”")
    return heading


def _clean() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items()
        if not name.startswith("SCHOOLGATE_") and name not in ("DATABASE_URL", "DATABASE_OWNER_URL", "PORT")
    }  # fmt: skip


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _until_it_serves(process: "subprocess.Popen[bytes]", port: int, started: float) -> float:
    while time.monotonic() - started < PATIENCE:
        if process.poll() is not None:
            raise RuntimeError(f"`schoolgate up` ended by itself ({process.returncode})")
        try:
            heading = _heading(port, FIRST)
        except OSError:  # nothing listens yet, or a page says that it is starting
            time.sleep(0.1)
            continue
        seconds = time.monotonic() - started
        check_is_the_page(FIRST, status=200, shown=heading, wanted="Sign in")
        return seconds
    raise RuntimeError(f"no page within {PATIENCE} seconds")


def _until_only_what_stays_runs(process: "subprocess.Popen[bytes]") -> None:
    """Idle begins when what makes the examples, tells the newcomer how to sign in and reads their photographs
    has ended."""
    end, looks = time.monotonic() + PATIENCE, 0
    while (
        time.monotonic() < end and looks < LOOKS
    ):  # one example begins a moment after the one before has ended
        looks = 0 if any(_kind(_words(pid)) == "other" for pid in _family(process.pid)) else looks + 1
        time.sleep(1)


def _memory(root: int) -> dict[str, float]:
    """Megabytes by what the process is."""
    found: dict[str, float] = {}
    for pid in [root, *_family(root)]:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        pss = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
        name = _kind(_words(pid))
        found[name] = found.get(name, 0) + pss / 1024
    return found


KINDS = {
    "nursery": "shared",
    "postgres": "database",
    "granian": "web",
    " worker": "worker",
    " web": "web",
    " up": "supervisor",
}


def _kind(words: str) -> str:
    return next((name for mark, name in KINDS.items() if mark in words), "other")


def _words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _family(root: int) -> list[int]:
    """Every process below `root`."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:
            continue
        parent = int(text.rpartition(")")[2].split()[1])
        children.setdefault(parent, []).append(int(path.parent.name))
    found, waiting = [], [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found
