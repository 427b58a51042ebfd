"""Strangers who are slow on purpose, against the real web server: everybody else goes on working."""

import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from schoolgate.core.processes import die_with_parent
from schoolgate.core.tenancy import scope
from tests import databases
from tests.cast import someone
from tests.cli.machine import free_port, wait_for
from tests.journeys.example.house import surroundings
from tests.web.signing import with_app
from tests.worlds import enter_federation

pytestmark = [pytest.mark.processes, pytest.mark.timeout(180)]

PATIENCE = 2.0
LONG = 60.0
"""Patience with which nobody is cut while others are answered, however busy the machine is."""
MANY = 20


_SignedIn = tuple[str, Client]


class Site:
    """`schoolgate web` with little patience, and a person who is signed in there."""

    def __init__(self, port: int, cookies: dict[str, str], process) -> None:
        self.port, self.process = port, process
        self.person = httpx.Client(base_url=f"http://localhost:{port}", cookies=cookies, timeout=20)

    def connection(self, raw: bytes, *, room: int | None = None) -> socket.socket:
        """A connection on which this much was sent."""
        made = socket.socket()
        if room:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        made.connect(("127.0.0.1", self.port))
        made.settimeout(20)
        made.sendall(raw)
        return made

    def post(self, length: int, body: bytes = b"", path: str = "/sign-in") -> socket.socket:
        """A form that is announced, and its beginning."""
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n"
        kind = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        return self.connection((head + kind).encode() + body)

    def answers_everybody(self) -> None:
        """A page, the health check, the stop button and *something is wrong*."""
        for path in ("/me", "/healthz", "/stop", "/wildground/something-is-wrong", "/wrong"):
            answer = self.person.get(path)
            assert (path, answer.status_code) == (path, 200)
        form = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', self.person.get("/stop").text)
        assert form is not None
        pressed = self.person.post("/stop", data={"csrfmiddlewaretoken": form[1]})
        assert pressed.status_code in (302, 422)


@pytest.fixture(scope="module")
def signed_in(template_database: str, django_db_setup: None, django_db_blocker) -> Iterator[_SignedIn]:
    """A database, and a person who is signed in there."""
    name = databases.clone(template_database)
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        databases.connect_to(name)
        federation = enter_federation()
        with scope(federation.pk):
            head = with_app(someone("Hanna", "slt"))
        browser = Client()
        browser.force_login(head.user)
        databases.connect_to(before)
    yield name, browser
    databases.drop(name)


@pytest.fixture(scope="module")
def site(signed_in: _SignedIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for the tests of this file: the last one ends it."""
    with a_site(*signed_in, tmp_path_factory.mktemp("site"), PATIENCE) as site:
        yield site


@contextmanager
def a_site(database: str, browser: Client, folder: Path, patience: float) -> Iterator[Site]:
    port = free_port()
    told = surroundings(
        database, PORT=str(port), SCHOOLGATE_WEB_PATIENCE=str(patience), SCHOOLGATE_WEB_PROCESSES="1"
    )
    with (folder / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "schoolgate", "web"], env=told, stdout=log, stderr=log,
            preexec_fn=partial(die_with_parent, signal.SIGTERM),  # noqa: PLW1509 - no thread holds its locks
        )  # fmt: skip
    site = Site(
        port, {settings.SESSION_COOKIE_NAME: browser.cookies[settings.SESSION_COOKIE_NAME].value}, process
    )
    try:
        wait_for(lambda: serves(site))
        site.person.get("/me")
        yield site
        print((folder / "web.log").read_text())
    finally:
        process.terminate()
        process.wait(30)


def serves(site: Site) -> bool:
    assert site.process.poll() is None
    try:
        return site.person.get("/healthz").status_code == 200
    except httpx.HTTPError:
        return False


@contextmanager
def open_at_once(*connections: socket.socket) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        yield [stack.enter_context(one) for one in connections]


def status_of(one: socket.socket) -> int:
    answer = one.recv(4000)
    return int(answer.split()[1]) if answer else 0


@contextmanager
def slow_people(site: Site) -> Iterator[tuple[list[socket.socket], list[socket.socket]]]:
    """Many of each kind; those whose form is announced, and those whose request hasn't even begun."""
    bodies = [site.post(5_000, b"login=") for _ in range(MANY)]
    urgent = [site.post(5_000, b"text=", "/wildground/something-is-wrong") for _ in range(MANY)]
    headers = [site.connection(b"GET /sign-in HTTP/1.1\r\nHost: loc") for _ in range(MANY)]
    silent = [site.connection(b"") for _ in range(MANY)]
    asked = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20
    readers = [site.connection(asked, room=2048) for _ in range(MANY)]
    with open_at_once(*bodies, *urgent, *headers, *silent, *readers):
        yield [*bodies, *urgent], [*headers, *silent]


def test_slow_people_stop_nobody(signed_in, tmp_path):
    database, browser = signed_in
    with a_site(database, browser, tmp_path, LONG) as site, slow_people(site) as (forms, others):
        site.answers_everybody()
        assert select.select([*forms, *others], [], [], 0)[0] == [], "all of them still held their connection"


def test_slow_people_are_cut_when_their_time_is_over(site):
    with slow_people(site) as (forms, others):
        assert {status_of(one) for one in forms} == {408}
        assert {one.recv(10) for one in others} <= {b""}, "closed by the server"
        site.answers_everybody()


def test_a_slow_line_that_goes_on_is_waited_for_and_a_drip_is_not(site):
    body = b"login=nobody%40example.org&password=" + b"x" * 12_000
    with open_at_once(site.post(len(body)), site.post(len(body))) as (line, drip):
        began = time.monotonic()
        for at in range(0, len(body), 1_000):  # 3,300 bytes a second: above the lowest rate
            line.sendall(body[at : at + 1_000])
            if not select.select([drip], [], [], 0)[0]:  # not cut yet
                drip.sendall(b"x")
            time.sleep(0.3)
        assert time.monotonic() - began > PATIENCE + 1
        assert status_of(line) == 403, "read whole, and refused for want of a token"
        assert status_of(drip) == 408


def test_what_clients_may_do_still_works(site):
    chunked = site.person.post("/sign-in", content=iter([b"login=a", b"&password=b"]))
    assert chunked.status_code == 403
    with open_at_once(
        site.connection(
            b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
        )
    ) as [waits]:
        assert b"100 Continue" in waits.recv(100)
        waits.sendall(b"a=b")
        assert status_of(waits) == 403
    head = site.person.head("/wildground/something-is-wrong")
    assert (head.status_code, head.content, int(head.headers["content-length"]) > 1000) == (200, b"", True)
    assert {"content-security-policy", "x-frame-options"} <= set(head.headers)
    link = re.search(r'href="(/static/[^"]+\.css)"', site.person.get("/me").text)
    assert link is not None
    styles = site.person.get(link[1])
    assert (styles.status_code, styles.headers["content-encoding"]) == (200, "gzip")
    with open_at_once(site.post(10**9, b"x")) as [too_large]:
        assert status_of(too_large) == 413
    with open_at_once(site.post(100, b"x")) as [gone]:
        gone.close()
    assert site.person.get("/healthz").status_code == 200


def test_a_request_in_hand_is_finished_when_the_server_is_told_to_stop(site):
    body = b"login=nobody%40example.org&password=" + b"x" * 4_000
    with open_at_once(site.post(len(body), body[:1_000])) as [line]:
        time.sleep(0.3)
        site.process.terminate()
        time.sleep(0.7)
        line.sendall(body[1_000:])
        assert status_of(line) == 403
