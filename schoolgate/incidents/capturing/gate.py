"""The only way out for the browser that takes the picture of a page: a proxy on this machine.

A page may name any address, and a browser goes there. So the browser reaches nothing but this proxy, which
goes to public addresses and the ports of the web alone: it resolves each name itself, every address behind it
must be public, and it connects to that very address.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select
from socketserver import BaseRequestHandler, ThreadingTCPServer

from schoolgate.core.outside.pages import CannotRead, Opener
from schoolgate.core.web_address import parts_of

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
