"""A picture and a PDF of a page, by a Chromium of this machine that has a profile for this page alone.

It reaches the network through `gate` alone, and is killed with everything it started when its time is over.
We speak to it over a pipe: no port is open.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fcntl import F_DUPFD_CLOEXEC, fcntl
from pathlib import Path
from select import select
from typing import Any

from schoolgate.core.outside.pages import Opener
from schoolgate.incidents.capturing.gate import gate

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
