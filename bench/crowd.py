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
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench.database import as_superuser, told
from bench.machine import NotMeasured, say
from bench.pages import EXAMPLE, clients_of, paths
from bench.start import _family, _free_port
from bench.warm_page import check_is_the_page, heading_of

PEOPLE, BUSY = 50, 4
SECONDS = int(os.environ.get("CROWD_SECONDS", "60"))
READS = (5.0, 10.0)
WARM = 5
WANTED = {"p95_ms": 150, "errors": 0}
PATIENCE = 120
TICKS = os.sysconf("SC_CLK_TCK")
SIZE = "SELECT pg_total_relation_size(%s)"
TABLES = {
    "decision": ("policy_decisionrecord", "policy_decisionfacts"),
    "comment": ("inbox_item", "inbox_itemversion", "inbox_itemword"),
    "record": ("core_ledgerrow", "ledger_clause"),
}
Going = tuple[str, dict[str, str]]
"""A session's cookie, and the addresses that its person may open with the headings of their pages."""
SMALLEST = {"PEOPLE": 4, "BUSY": 1, "SECONDS": 3, "READS": (0.1, 0.2), "WARM": 1}


def run() -> dict[str, Any]:
    """The times of the pages as fifty people have them, and pages a second without pauses."""
    with told(EXAMPLE) as name:
        people, sizes = _people(), _sizes()
        port = _free_port()
        with serving(name, port) as web:
            _until_it_serves(port, people[0])
            _walk(port, people[:BUSY], seconds=WARM, pause=lambda: 0.0)  # warm
            reading = _walk(port, people, seconds=SECONDS, pause=lambda: random.uniform(*READS), of=web.pid)
            busy = _walk(port, people[:BUSY], seconds=SECONDS // 3, pause=lambda: 0.0, of=web.pid)
    return {
        "what": f"{PEOPLE} people signed in, {READS[0]:g} to {READS[1]:g} s between two pages,"
        f" {SECONDS} s; then {BUSY} without pauses",
        "wanted": WANTED,
        "reached": reading["p95_ms"] <= WANTED["p95_ms"] and not reading["errors"] + busy["errors"],
        "people": PEOPLE,
        "reading": reading,
        "without_pauses": busy,
        "bytes_a_row_with_indexes": sizes,
    }


@contextmanager
def serving(database: str, port: int, **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The program's own web server, as a process of its own over a database."""
    from schoolgate.core.env import env
    from schoolgate.core.postgres.server import APP, server_of

    address = server_of(env().home).url(APP, database)
    web = subprocess.Popen(
        [sys.executable, "-m", "schoolgate", "web"],
        env={**os.environ, **settings, "PORT": str(port), "DATABASE_URL": address},
        stdout=sys.stderr,
    )
    try:
        yield web
    finally:
        web.send_signal(signal.SIGTERM)
        web.wait(60)


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
        answers = {path: client.get(path) for path in paths().values()}
        may = {
            path: heading_of(answer.content.decode())
            for path, answer in answers.items()
            if answer.status_code == 200
        }
        found.append((client.cookies[name].value, may))
    say(f"crowd: {len(found)} roles")
    return [(f"{name}={cookie}", may) for cookie, may in (found * PEOPLE)[:PEOPLE]]


def _until_it_serves(port: int, person: Going) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
                _get(connection, *person, next(iter(person[1])))
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no page within {PATIENCE} seconds")


def _get(connection: HTTPConnection, cookie: str, may: dict[str, str], path: str) -> float:
    """Return the milliseconds of a page. Raises NotMeasured where it's another than it should be."""
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "en"})
    answer = connection.getresponse()
    page = answer.read()
    taken = (time.perf_counter() - began) * 1000
    check_is_the_page(
        path, status=answer.status, shown=heading_of(page.decode(errors="replace")), wanted=may[path]
    )
    return taken


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
            path = chance.choice([*person[1]])
            try:
                ms = _get(connection, *person, path)
            except (OSError, NotMeasured) as error:
                connection.close()
                with lock:
                    errors.append(f"{path}: {error!r}")
            else:
                with lock:
                    taken.setdefault(path, []).append(ms)
            time.sleep(pause())
        connection.close()

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
    if not every:
        raise NotMeasured(f"no page came: {errors[:3]}")
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
