"""Fifty people at once on the program's own web server: how long their pages take, and what a page costs.

`schoolgate web` runs as a process of its own over the told example; each person is signed in, opens one of
the ten most used pages that their role may open, and reads for five to ten seconds. Then four of them open
pages without a pause, which tells how many the server makes. `CROWD_SECONDS` says how long (60).
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench.database import as_superuser, connect_to, copy_of, untouched
from bench.machine import say
from bench.pages import EXAMPLE, clients_of, paths
from bench.start import _family, _free_port

PEOPLE, BUSY = 50, 4
SECONDS = int(os.environ.get("CROWD_SECONDS", "60"))
READS = (5.0, 10.0)
WANTED = {"p95_ms": 150, "errors": 0}
PATIENCE = 120
TICKS = os.sysconf("SC_CLK_TCK")
SIZE = "SELECT pg_total_relation_size(%s)"
TABLES = {
    "decision": ("policy_decisionrecord", "policy_decisionfacts"),
    "comment": ("inbox_item", "inbox_itemversion", "inbox_itemword"),
    "record": ("core_ledgerrow", "ledger_clause"),
}
Going = tuple[str, list[str]]
"""A session's cookie and the addresses that its person may open."""
SMALLEST = {"PEOPLE": 4, "BUSY": 1, "SECONDS": 5}


def run() -> dict[str, Any]:
    """The times of the pages as fifty people have them, and pages a second without pauses."""
    connect_to(untouched())
    from schoolgate.cli.demo.telling import tell
    from schoolgate.core.clock import now
    from schoolgate.core.env import env
    from schoolgate.core.postgres import roles, server_of

    with copy_of(untouched()) as name:
        say("crowd: telling the example")
        tell(EXAMPLE, now=now())
        people, sizes = _people(), _sizes()
        port = _free_port()
        web = subprocess.Popen(
            [sys.executable, "-m", "schoolgate", "web"],
            env={
                **os.environ, "PORT": str(port), "DATABASE_URL": server_of(env().home).url(roles.APP, name),
            },
            stdout=sys.stderr,
        )  # fmt: skip
        try:
            _until_it_serves(port, people[0])
            _walk(port, people[:BUSY], seconds=5, pause=lambda: 0.0)  # warm
            reading = _walk(port, people, seconds=SECONDS, pause=lambda: random.uniform(*READS), of=web.pid)
            busy = _walk(port, people[:BUSY], seconds=SECONDS // 3, pause=lambda: 0.0, of=web.pid)
        finally:
            web.send_signal(signal.SIGTERM)
            web.wait(60)
    return {
        "what": f"{PEOPLE} people signed in, {READS[0]:.0f} to {READS[1]:.0f} s between two pages,"
        f" {SECONDS} s; then {BUSY} without pauses",
        "wanted": WANTED,
        "reached": reading["p95_ms"] <= WANTED["p95_ms"] and not reading["errors"] + busy["errors"],
        "reading": reading,
        "without_pauses": busy,
        "bytes_a_row_with_indexes": sizes,
    }


def _sizes() -> dict[str, Any]:
    """What a row of the example takes with its indexes, and of how many rows that is the mean."""
    found = {}
    with as_superuser() as admin:
        for name, tables in TABLES.items():
            size = sum(admin.execute(SIZE, [table]).fetchone()[0] for table in tables)
            (rows,) = admin.execute(f"SELECT count(*) FROM {tables[0]}").fetchone()
            found[name] = {"bytes": round(size / max(rows, 1)), "rows": rows}
    return found


def _people() -> list[Going]:
    """Fifty sessions over the roles of the example, each with the pages that open for it."""
    from django.conf import settings

    found, name = [], settings.SESSION_COOKIE_NAME
    for client in clients_of(EXAMPLE).values():
        may = [path for path in paths().values() if client.get(path).status_code == 200]
        found.append((client.cookies[name].value, may))
    say(f"crowd: {len(found)} roles")
    return [(f"{name}={cookie}", may) for cookie, may in (found * PEOPLE)[:PEOPLE]]


def _until_it_serves(port: int, person: Going) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if _get(HTTPConnection("127.0.0.1", port, timeout=PATIENCE), *person, person[1][0])[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no page within {PATIENCE} seconds")


def _get(connection: HTTPConnection, cookie: str, _may: list[str], path: str) -> tuple[int, float]:
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "en"})
    answer = connection.getresponse()
    answer.read()
    return answer.status, (time.perf_counter() - began) * 1000


def _walk(
    port: int, people: list[Going], *, seconds: float, pause: Callable[[], float], of: int | None = None
) -> dict[str, Any]:
    """Have each person open pages until the time is over; `of`: the process whose work is counted."""
    taken: dict[str, list[float]] = {}
    errors: list[str] = []
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def one(person: Going, chance: random.Random) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        time.sleep(min(chance.random() * pause(), seconds))
        while time.monotonic() < end:
            path = chance.choice(person[1])
            try:
                status, ms = _get(connection, *person, path)
            except OSError as error:
                status, ms = repr(error), 0.0  # type: ignore[assignment]
                connection.close()
            with lock:
                if status == 200:
                    taken.setdefault(path, []).append(ms)
                else:
                    errors.append(f"{path}: {status}")
            time.sleep(pause())

    threads = [
        threading.Thread(target=one, args=(person, random.Random(number)))
        for number, person in enumerate(people)
    ]
    before, began = _used(of), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, used = time.perf_counter() - began, _used(of) - before
    every = sorted(ms for each in taken.values() for ms in each)
    names = {path: name for name, path in paths().items()}
    say(f"crowd: {len(every)} pages in {took:.0f} s, {errors[:3]}")
    return {
        "pages": len(every),
        "pages_a_second": round(len(every) / took, 1),
        **{
            f"p{part}_ms": round(every[min(len(every) * part // 100, len(every) - 1)])
            for part in (50, 95, 99)
        },
        "errors": len(errors),
        "processor_ms_a_page": round(used / len(every) * 1000, 1),
        "middle_ms": {names[path]: round(sorted(each)[len(each) // 2]) for path, each in taken.items()},
        "load": round(os.getloadavg()[0], 1),
    }


def _used(web: int | None) -> float:
    """Processor time that the web process and the database have used so far, in seconds."""
    if web is None:
        return 0.0
    from schoolgate.core.env import env

    server = int((env().home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    total = 0.0
    for pid in {web, *_family(web), server, *_family(server)}:
        try:
            words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # Its own, and that of children that have ended: connections come and go.
        total += sum(int(words[at]) for at in (11, 12, 13, 14)) / TICKS
    return total
