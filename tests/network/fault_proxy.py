"""A server that stands between a client and a real network and goes wrong when told to.

Bluesky's development network limits nobody and loses nothing, so its troubles are made here; everything else
passes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from tests.network.asking import ask

_NOT_PASSED_ON = {
    "host",
    "content-length",
    "connection",
    "transfer-encoding",
    "content-encoding",
    "accept-encoding",
}


class Trouble(StrEnum):
    """What happens to one request. "Before": it never reaches the network; "after": it does, and the answer
    is lost."""

    HANG_BEFORE = "hang_before"
    HANG_AFTER = "hang_after"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    HALF_A_BODY = "half_a_body"
    NOT_JSON = "not_json"
    TROUBLE_BEFORE = "trouble_before"
    TROUBLE_AFTER = "trouble_after"
    TOO_FAST = "too_fast"
    SIGNED_OUT = "signed_out"
    TOKEN_ENDED = "token_ended"
    TWICE = "twice"
    SLOW = "slow"


_INSTEAD = {
    Trouble.TROUBLE_BEFORE: (502, b'{"error":"UpstreamFailure","message":"down"}'),
    Trouble.TOO_FAST: (429, b'{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}'),
    Trouble.SIGNED_OUT: (401, b'{"error":"AuthMissing","message":"Authentication Required"}'),
    Trouble.TOKEN_ENDED: (400, b'{"error":"ExpiredToken","message":"Token has expired"}'),
}


@dataclass
class FaultProxy:
    """`troubles` are used up one for each request whose method and path, and a space, hold
    `where`; `seen` lists the paths of all requests."""

    upstream: str
    where: str = ""
    troubles: list[Trouble] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    hang: float = 2.0
    origin: str = ""

    def next_trouble(self, method: str, path: str) -> Trouble | None:
        self.seen.append(path.split("?", maxsplit=1)[0].rpartition("/")[2])
        return self.troubles.pop(0) if self.troubles and self.where in f"{method} {path} " else None


@contextmanager
def fault_proxy(upstream: str) -> Iterator[FaultProxy]:
    """A proxy on a free loopback port, for as long as the block runs."""
    proxy = FaultProxy(upstream)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"proxy": proxy}))
    server.daemon_threads = True
    proxy.origin = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    proxy: FaultProxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_message(self, *_: object) -> None:
        """Nothing is written: requests hold tokens."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        trouble = self.proxy.next_trouble(self.command, self.path)
        if trouble in _INSTEAD:
            status, content = _INSTEAD[trouble]
            self._answer(status, content, {"Retry-After": "7"} if status == 429 else {})
        elif trouble in (Trouble.HANG_BEFORE, Trouble.CUT_BEFORE):
            self._go_silent(trouble)
        else:
            self._pass_on(body, trouble)

    def _pass_on(self, body: bytes, trouble: Trouble | None) -> None:
        answer = self._ask(body)
        if trouble is Trouble.TWICE:
            self._ask(body)
        if trouble is Trouble.SLOW:  # it is done at once, and told late
            time.sleep(self.proxy.hang)
        if trouble in (Trouble.HANG_AFTER, Trouble.CUT_AFTER):
            self._go_silent(trouble)
        elif trouble is Trouble.TROUBLE_AFTER:
            self._answer(502, b"<html>Bad gateway</html>", {"Content-Type": "text/html"})
        elif trouble is Trouble.NOT_JSON:
            self._answer(
                200, b"<html>Welcome to the school's guest network</html>", {"Content-Type": "text/html"}
            )
        elif trouble is Trouble.HALF_A_BODY:
            self._answer(
                answer.status_code, answer.content[: len(answer.content) // 2], {}, len(answer.content)
            )
        else:
            self._answer(answer.status_code, answer.content, dict(answer.headers))

    def _ask(self, body: bytes) -> httpx.Response:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _NOT_PASSED_ON}
        address = self.proxy.upstream + self.path
        return ask(self.command, address, content=body, headers=headers, timeout=30)

    def _go_silent(self, trouble: Trouble) -> None:
        if trouble in (Trouble.HANG_BEFORE, Trouble.HANG_AFTER):
            time.sleep(self.proxy.hang)
        self.close_connection = True

    def _answer(
        self, status: int, content: bytes, headers: dict[str, str], length: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            if name.lower() not in _NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        try:
            self.end_headers()
            self.wfile.write(content)
        except ConnectionError:  # whoever asked was killed meanwhile
            self.close_connection = True
        if length is not None:
            self.close_connection = True
