"""Evidence of 500 MB in one concern: five files of 100 MB up and down, as a browser sends them to the
program's own web server. What is measured is the memory of the process that serves, at its greatest.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from bench.database import told
from bench.machine import NotMeasured, say
from bench.pages import clients_of
from bench.start import _free_port
from bench.warm_page import check_opens

FILES, SIZE, PIECE = 5, 100_000_000, 1 << 20
WANTED_GROWTH = 60.0
"""Megabytes at most, for two threads that seal at the same time and what Python keeps."""
EXAMPLE = "wildground"
SMALLEST = {"FILES": 2, "SIZE": 100_000}


def run() -> dict[str, Any]:
    """Megabytes that the serving process grew by, and seconds, up and down."""
    with told(EXAMPLE) as name:
        client, path = _concern()
        port = _free_port()
        process = _serving(name, port)
        try:
            found = _measured(client, path, process, port)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    growth = found["growth_megabytes"]
    return {
        "what": f"{FILES} files of {SIZE // 10**6} MB in one concern, up and down",
        "wanted": {"growth_megabytes_at_most": WANTED_GROWTH},
        "files": FILES,
        "reached": max(growth.values()) <= WANTED_GROWTH and found["sixth_refused"] is True,
        **found,
    }


def _concern() -> tuple[Any, str]:
    """A signed-in client of a person who can see a concern, and the address of the concern's evidence."""
    from schoolgate.core.models import Federation
    from schoolgate.core.tenancy import scope
    from schoolgate.incidents.models import Report

    with scope(Federation.objects.get(slug=EXAMPLE).pk):
        reports = list(Report.objects.order_by("pk").values_list("pk", flat=True))
    for client in clients_of(EXAMPLE).values():
        for pk in reports:
            path = f"/wrong/reports/{pk}/evidence"
            if client.get(path).status_code == 200:
                return client, path
    raise LookupError("nobody of the example sees a concern")


def _serving(database: str, port: int) -> subprocess.Popen[bytes]:
    """The program's own web server, for the copy of the database."""
    from schoolgate.core.env import env
    from schoolgate.core.postgres.server import APP, OWNER, server_of

    server = server_of(env().home)
    surroundings = os.environ | {
        "PORT": str(port),
        "DATABASE_URL": server.url(APP, database),
        "DATABASE_OWNER_URL": server.url(OWNER, database),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "schoolgate", "web"], env=surroundings, stdout=subprocess.DEVNULL
    )
    for _try in range(240):
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz", headers={"Host": "localhost"}, timeout=5)
        except httpx.HTTPError:
            time.sleep(0.5)
        else:
            return process
    raise TimeoutError("the web server did not start")


def _measured(client: Any, path: str, process: subprocess.Popen[bytes], port: int) -> dict[str, Any]:
    from django.conf import settings

    from schoolgate.incidents.models import MOST_MATTER

    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    with httpx.Client(base_url=f"http://localhost:{port}", cookies=cookies, timeout=300) as browser:
        for _time in range(5):
            check_opens(path, browser.get(path).status_code)
        before = _most(process)
        begun, digests = time.perf_counter(), []
        for number in range(FILES):
            say(f"evidence: up {number + 1} of {FILES}")
            digests.append(_up(browser, path, number))
        up, after_up = time.perf_counter() - begun, _most(process)
        full = (FILES + 1) * SIZE > MOST_MATTER
        refused = bool(_up(browser, path, FILES, wanted=422)) if full else "not measured: far from the limit"
        begun = time.perf_counter()
        if [_down(browser, address) for address in _links(browser, path)] != digests:
            raise NotMeasured("what came down is not what went up")
        down, after_down = time.perf_counter() - begun, _most(process)
    return {
        "growth_megabytes": {"up": round(after_up - before, 1), "down": round(after_down - after_up, 1)},
        "megabytes_before": round(before, 1),
        "seconds": {"up": round(up, 1), "down": round(down, 1)},
        "sixth_refused": refused,
    }


def _up(browser: httpx.Client, path: str, number: int, *, wanted: int = 302) -> str:
    """Send a file as a stream; returns its SHA-256."""
    digest = hashlib.sha256()
    token = browser.cookies.get("csrftoken") or ""
    form = browser.get(f"{path}?add=file").text
    token = form.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0] or token
    mark = secrets.token_hex(16)
    fields = {"csrfmiddlewaretoken": token, "shows": "no", "what": f"File {number}", "source": "The bench"}
    head = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="x.pdf"\r\n'
    head += "Content-Type: application/pdf\r\n\r\n"
    end = f"\r\n--{mark}--\r\n"

    def body() -> Iterator[bytes]:
        yield head.encode()
        left, begins = SIZE, b"%PDF-1.7 "
        while left:
            piece = (begins + os.urandom(PIECE))[: min(PIECE, left)]
            digest.update(piece)
            left -= len(piece)
            begins = b""
            yield piece
        yield end.encode()

    answer = browser.post(
        f"{path}/file",
        content=body(),
        headers={
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Content-Length": str(len(head.encode()) + SIZE + len(end)),
            "Referer": str(browser.base_url) + path,
        },
    )
    if answer.status_code != wanted:
        raise RuntimeError(f"{answer.status_code} instead of {wanted}: {answer.text[:2000]}")
    return digest.hexdigest()


def _links(browser: httpx.Client, path: str) -> list[str]:
    html = browser.get(path).text
    return [part.partition('"')[0] for part in html.split('href="')[1:] if "/files/file" in part[:80]]


def _down(browser: httpx.Client, address: str) -> str:
    digest = hashlib.sha256()
    with browser.stream("GET", address) as answer:
        for piece in answer.iter_bytes():
            digest.update(piece)
    return digest.hexdigest()


def _most(process: subprocess.Popen[bytes]) -> float:
    """The greatest memory so far of the processes that serve, in megabytes."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return sum(_high(pid) for pid in [str(process.pid), *children])


def _high(pid: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))
