"""What our own servers, which keep to the published interfaces of networks, have in common: they listen on a
free port of this machine, note each call, and answer one of them otherwise where a test asks for it."""

from __future__ import annotations

import json
import re
import threading
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import SplitResult

from schoolgate.core.surroundings import parts_of

State = TypeVar("State", bound="OwnServer")


@dataclass(frozen=True)
class Instead:
    """What is answered once to a call, `after` it was done or without doing it."""

    call: str
    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False


@dataclass
class OwnServer:
    """A server's state. `seen` lists method and path of every call."""

    origin: str = ""
    instead: list[Instead] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)


@contextmanager
def serving(state: State, calls: type[OwnCalls]) -> Iterator[State]:
    """The server on a free loopback port, for as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (calls,), {"state": state}))
    server.daemon_threads = True
    state.origin = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


class OwnCalls(BaseHTTPRequestHandler):
    """Reads a request, asks `reply_to`, and answers in JSON."""

    state: Any
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one piece

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_PUT = do_DELETE = do_GET

    def log_message(self, *_: object) -> None:
        """Nothing is written."""

    def named(self, path: str) -> str:
        """The path as tests name it."""
        return path

    @abstractmethod
    def reply_to(self, call: str, parts: SplitResult, raw: bytes) -> tuple[int, Any, dict[str, str]]:
        """Status, body and headers."""

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = parts_of(self.path)
        call = f"{self.command} {self.named(parts.path)}"
        with self.state.lock:
            self.state.seen.append(call)
            instead = next((one for one in self.state.instead if re.fullmatch(one.call, call)), None)
            if instead:
                self.state.instead.remove(instead)
            if instead and not instead.after:
                return self._answer(instead.status, instead.body, instead.headers)
            told = self.reply_to(call, parts, raw)
            if instead:
                return self._answer(instead.status, instead.body, instead.headers)
        return self._answer(*told)

    def _answer(self, status: int, body: Any, headers: dict[str, str]) -> None:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=UTF-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        try:
            self.end_headers()
            self.wfile.write(content)
        except ConnectionError:
            self.close_connection = True
