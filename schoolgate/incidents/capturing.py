"""Fetches a public page that is evidence, as a job: what the server answered, and a picture and a PDF of
it.

The row says so first, then it is done outside any transaction, then what was found is recorded. A second
run of a job whose worker was killed starts again."""

from __future__ import annotations

import base64
import binascii
import json
import os
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fcntl import F_DUPFD_CLOEXEC, fcntl
from pathlib import Path
from select import select
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any

import structlog

from schoolgate.core import sealed_files
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.outside.client import Answer, CannotRead, Opener
from schoolgate.core.outside.texts import HTML, PDF, PNG, TEXT, FileKind
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.incidents.gathering import Added, begin_capture, keep_capture, note_no_page, try_again
from schoolgate.incidents.models import Part
from schoolgate.networks.driving import Clock

# The only way out for the browser that takes the picture of a page: a proxy on this machine. A page may
# name any address, and a browser goes there. So the browser reaches nothing but this proxy, which goes to
# public addresses and the ports of the web alone: it resolves each name itself, every address behind it
# must be public, and it connects to that very address.

MOST_BYTES = 80_000_000
"""Of everything that the page loads."""
LONGEST_HEAD = 65_536
MOST_AT_ONCE = 64
_STEP = 1 << 16


class Gate(ThreadingTCPServer):
    """The proxy. `opener`: where it may go; `ends`: the reading of `time.monotonic` after which it goes
    nowhere."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, opener: Opener, *, ends: float) -> None:
        super().__init__(("127.0.0.1", 0), _Way)
        self.opener, self.ends = opener, ends
        self.left = MOST_BYTES
        self.refused: list[str] = []
        self.slots = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._counting = threading.Lock()

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"127.0.0.1:{self.server_address[1]}"

    def takes(self, number: int) -> bool:
        """Count bytes that came from outside; return whether there may be more."""
        with self._counting:
            self.left -= number
            return self.left > 0 and time.monotonic() < self.ends


@contextmanager
def gate(opener: Opener, *, ends: float) -> Iterator[Gate]:
    """Keep the proxy open while the block runs."""
    with Gate(opener, ends=ends) as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield found
        finally:
            found.shutdown()
            thread.join(timeout=5)


class _Way(BaseRequestHandler):
    """One connection of the browser."""

    server: Gate

    def handle(self) -> None:
        """Read where the browser wants to go, go there if it may, and hand on what both say."""
        if not self.server.slots.acquire(timeout=5):
            return
        try:
            with suppress(OSError):
                self._go()
        finally:
            self.server.slots.release()

    def _go(self) -> None:
        self.request.settimeout(10)
        head, rest = self._head()
        method, target, version = [*head.split(b"\r\n", 1)[0].decode("latin-1").split(" "), "", "", ""][:3]
        if not version.startswith("HTTP/1."):
            return
        tunnel = method == "CONNECT"
        address = f"https://{target}/" if tunnel else target
        try:
            there = self.server.opener.connect(address, min(self.server.ends, time.monotonic() + 10))
        except CannotRead as error:
            self.server.refused.append(error.why)
            self.request.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        with there:
            if tunnel:
                self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                there.sendall(rest)
            else:
                there.sendall(_for_there(method, target, head) + rest)
            self._relay(there)

    def _head(self) -> tuple[bytes, bytes]:
        head = b""
        while b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
            piece = self.request.recv(_STEP)
            if not piece:
                break
            head += piece
        first, _blank, rest = head.partition(b"\r\n\r\n")
        return first, rest

    def _relay(self, there: socket.socket) -> None:
        here: socket.socket = self.request
        while time.monotonic() < self.server.ends:
            ready, _w, _x = select([here, there], [], [], 1.0)
            for one in ready:
                piece = one.recv(_STEP)
                if not piece or (one is there and not self.server.takes(len(piece))):
                    return
                (here if one is there else there).sendall(piece)


def _for_there(method: str, target: str, head: bytes) -> bytes:
    """Return a request as the server of a page without encryption wants it: one for each connection, so that
    each one is checked."""
    parts = parts_of(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{method} {path} HTTP/1.1".encode("latin-1")]
    lines += [
        line
        for line in head.split(b"\r\n")[1:]
        if not line.lower().startswith((b"proxy-", b"connection:", b"keep-alive:"))
    ]
    return b"\r\n".join([*lines, b"Connection: close", b"", b""])


# A picture and a PDF of a page, by a Chromium of this machine that has a profile for this page alone. It
# reaches the network through `gate` alone, and is killed with everything it started when its time is over.
# We speak to it over a pipe: no port is open.

NAMES = ("chromium", "chromium-browser", "chromium-headless-shell", "google-chrome", "chrome")
MOST_SECONDS = 60.0
SETTLES = 3.0
"""Seconds after the page has loaded, for what its scripts add."""
WIDTH, TALLEST = 1280, 16_000
"""Pixels. What is lower down on a page is in its PDF."""
MOST_ANSWER = 120_000_000
FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--mute-audio",
    "--hide-scrollbars", "--disable-extensions", "--disable-sync", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability",
    "--disable-breakpad",
    "--disable-quic", "--disable-dev-shm-usage", "--deny-permission-prompts", "--dns-prefetch-disable",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # Names mean nothing to it: only the proxy resolves them.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    # Without this it would reach this machine itself without asking the proxy.
    "--proxy-bypass-list=<-loopback>",
    "--remote-debugging-pipe",
)  # fmt: skip


class NoPicture(Exception):
    """There is no picture of the page. `why`: a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Drawn:
    """What the browser made of a page. `whole`: whether the picture has all of it."""

    picture: bytes = field(repr=False)
    pdf: bytes = field(repr=False)
    whole: bool = True


def where() -> str | None:
    """Return the path of a Chromium on this machine; None: there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def draw(address: str, opener: Opener, *, seconds: float = MOST_SECONDS) -> Drawn:
    """Return a picture and a PDF of the page at an address. Raises NoPicture."""
    program = where()
    if program is None:
        raise NoPicture("no_browser")
    ends = time.monotonic() + seconds
    # It writes to its folder until it is dead, and its children a little longer.
    with (
        tempfile.TemporaryDirectory(prefix="schoolgate-page-", ignore_cleanup_errors=True) as profile,
        gate(opener, ends=ends) as proxy,
        _running(program, Path(profile), proxy.address) as pipe,
    ):
        return _drawn(_Talk(*pipe, ends=ends), address)


@contextmanager
def _running(program: str, profile: Path, proxy: str) -> Iterator[tuple[int, int]]:
    """Start it in a group of its own, its pipe as 3 and 4; yield our ends (we read, we write)."""
    its_in, our_out = os.pipe()
    our_in, its_out = os.pipe()
    call = [program, *FLAGS, f"--user-data-dir={profile}", f"--proxy-server=http://{proxy}"]
    if os.geteuid() == 0:
        call.append("--no-sandbox")  # it has none for root
    nothing = os.open(os.devnull, os.O_RDWR)
    # Numbers above those that are given away, so that none is overwritten before it is copied.
    ours = [fcntl(fd, F_DUPFD_CLOEXEC, 10) for fd in (its_in, its_out, nothing)]
    actions: list[Any] = [(os.POSIX_SPAWN_DUP2, ours[2], fd) for fd in (0, 1, 2)]
    actions += [(os.POSIX_SPAWN_DUP2, ours[0], 3), (os.POSIX_SPAWN_DUP2, ours[1], 4)]
    surroundings = {"HOME": str(profile), "PATH": os.defpath, "TMPDIR": str(profile), "LANG": "C.UTF-8"}
    try:
        pid = os.posix_spawn(program, call, surroundings, file_actions=actions, setpgroup=0)
    except OSError as error:
        os.close(our_out)
        os.close(our_in)
        raise NoPicture("no_browser") from error
    finally:
        for fd in (its_in, its_out, nothing, *ours):
            os.close(fd)
    try:
        yield our_in, our_out
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
        os.close(our_in)
        os.close(our_out)


class _Talk:
    """What we say to the browser and it to us: JSON, each message ended by a zero."""

    def __init__(self, reads: int, writes: int, *, ends: float) -> None:
        self._in, self._out, self._ends = reads, writes, ends
        self._got = bytearray()
        self._number = 0
        self.session = ""
        self.events: set[str] = set()

    def ask(self, method: str, **given: Any) -> dict[str, Any]:
        """Ask for something and return the answer. Raises NoPicture."""
        self._number += 1
        said: dict[str, Any] = {"id": self._number, "method": method, "params": given}
        if self.session:
            said["sessionId"] = self.session
        try:
            os.write(self._out, json.dumps(said).encode() + b"\0")
        except OSError as error:
            raise NoPicture("browser_ended") from error
        while (answer := self._next(self._ends)).get("id") != self._number:
            self.events.add(str(answer.get("method", "")))
        if "error" in answer:
            raise NoPicture("browser_refused")
        return dict(answer.get("result", {}))

    def wait_for(self, event: str, *, until: float) -> bool:
        """Wait until the browser says that this happened; return whether it did in time."""
        until = min(until, self._ends)
        while event not in self.events:
            try:
                self.events.add(str(self._next(until).get("method", "")))
            except NoPicture as error:
                if error.why == "too_slow":
                    return False
                raise
        return True

    def _next(self, until: float) -> dict[str, Any]:
        while (end := self._got.find(b"\0")) < 0:
            left = until - time.monotonic()
            if left <= 0 or not select([self._in], [], [], left)[0]:
                raise NoPicture("too_slow")
            piece = os.read(self._in, 1 << 20)
            if not piece:
                raise NoPicture("browser_ended")
            self._got += piece
            if len(self._got) > MOST_ANSWER:
                raise NoPicture("too_large")
        said, self._got = bytes(self._got[:end]), self._got[end + 1 :]
        try:
            found = json.loads(said)
        except ValueError as error:
            raise NoPicture("browser_ended") from error
        return found if isinstance(found, dict) else {}


def _drawn(talk: _Talk, address: str) -> Drawn:
    target = talk.ask("Target.createTarget", url="about:blank")["targetId"]
    talk.session = talk.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    talk.ask("Page.enable")
    talk.ask("Browser.setDownloadBehavior", behavior="deny")
    talk.ask(
        "Emulation.setDeviceMetricsOverride", width=WIDTH, height=1024, deviceScaleFactor=1, mobile=False
    )
    if talk.ask("Page.navigate", url=address).get("errorText"):
        raise NoPicture("unreachable")
    # A page that never ends loading is drawn as it is after half of the time.
    talk.wait_for("Page.loadEventFired", until=time.monotonic() + MOST_SECONDS / 2)
    talk.wait_for("nothing", until=time.monotonic() + SETTLES)
    size = talk.ask("Page.getLayoutMetrics")["cssContentSize"]
    tall = max(1, int(size["height"]))
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": min(tall, TALLEST), "scale": 1}
    picture = talk.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"]
    pdf = talk.ask("Page.printToPDF", printBackground=True, displayHeaderFooter=False)["data"]
    try:
        return Drawn(base64.b64decode(picture), base64.b64decode(pdf), whole=tall <= TALLEST)
    except (binascii.Error, ValueError) as error:
        raise NoPicture("browser_ended") from error


SILENT = timedelta(minutes=10)
"""After this long without an end a capture is begun again: far longer than one takes."""
OPENER = Opener(
    schemes=("https", "http"),
    ports=(443, 80),
    most_bytes=10_000_000,
    most_seconds=30.0,
    most_redirects=5,
    any_status=True,
    agent="Mozilla/5.0 (compatible; Schoolgate; keeps a copy of a public page)",
)
Draws = Callable[[str, Opener], Drawn]
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Fetched:
    """What was fetched: contents by part, and `found`: where, when, with which status."""

    parts: dict[Part, tuple[FileKind, bytes]]
    found: dict[str, Any]


def capture(
    federation_id: int, person_id: int, evidence_id: int, *, clock: Clock, opener: Opener = OPENER,
    draws: Draws = draw,
) -> None:  # fmt: skip
    """Fetch the page of a piece of evidence and keep it; one that is kept or failed is left alone.

    Raises RuntimeError inside a scope: nothing is fetched inside a transaction.
    """
    if in_scope():
        raise RuntimeError("a page is not fetched inside a transaction")
    with scope(federation_id, person_id):
        address = begin_capture(pk=evidence_id, at=clock())
    if address is None:
        return
    try:
        fetched = _fetch(address, opener, draws, clock)
        added = _sealed(fetched, federation_id)
    except CannotRead as error:
        with scope(federation_id, person_id):
            note_no_page(pk=evidence_id, at=clock(), why=error.why)
        return
    try:
        with scope(federation_id, person_id):
            keep_capture(pk=evidence_id, at=clock(), files=added, found=fetched.found)
    except (BadInput, NotNow, NotFound):
        for one in added:
            sealed_files.remove(one.sealed.name, federation_id=federation_id)
        with scope(federation_id, person_id):
            note_no_page(pk=evidence_id, at=clock(), why="no_room")


def look_after(federation_id: int, *, at: datetime) -> int:
    """Have captures begun again that a killed worker left; return how many."""
    with scope(federation_id):
        return try_again(at=at, silent=SILENT)


def _fetch(address: str, opener: Opener, draws: Draws, clock: Clock) -> Fetched:
    began = clock()
    way = opener.fetch(address)
    page = way[-1]
    parts = {Part.ANSWERS: (TEXT, _answers(way, began).encode()), Part.HTML: (HTML, page.body or b"\n")}
    found = {
        "address": page.address,
        "status": page.status,
        "way": [{"address": one.address, "status": one.status} for one in way],
        "began": began.isoformat(),
        "ended": clock().isoformat(),
        "picture": "",
        "whole": True,
    }
    try:
        drawn = draws(page.address, opener)
    except NoPicture as error:
        log.info("no picture of a page", why=error.why)
        return Fetched(parts, found | {"picture": error.why})
    parts |= {Part.PICTURE: (PNG, drawn.picture), Part.PDF: (PDF, drawn.pdf)}
    return Fetched(parts, found | {"whole": drawn.whole})


def _answers(way: list[Answer], began: datetime) -> str:
    lines = [f"Begun: {began.isoformat()}"]
    for number, one in enumerate(way, start=1):
        lines += ["", f"{number}. GET {one.address}", f"IP address: {one.ip}", f"Status: {one.status}"]
        lines += [f"{name}: {value}" for name, value in one.headers]
    return "\n".join(lines) + "\n"


def _sealed(fetched: Fetched, federation_id: int) -> list[Added]:
    return [
        Added(sealed_files.seal_whole(content, federation_id=federation_id), kind, part)
        for part, (kind, content) in fetched.parts.items()
        if content
    ]
