"""The gateway itself: one request from its first byte to the last of its answer."""

from __future__ import annotations

import io
import os
import socket
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

import structlog

from schoolgate.config.gateway.answers import Answer, Send, answer_of, send_answer
from schoolgate.config.gateway.bodies import Bodies, Body, Gone, Receive, TooLarge, TooMany, TooSlow
from schoolgate.config.gateway.lanes import PIECES_THREADS, Full, Lane, is_urgent
from schoolgate.config.gateway.requests import (
    UNREADABLE,
    Scope,
    announced,
    as_wsgi,
    sender_of,
    with_body,
)
from schoolgate.core.env import URGENT_THREADS

log = structlog.get_logger(__name__)
SECONDS_TO_WAIT = 5
BUSY = (
    "Schoolgate has too much to do at this moment. Nothing was saved. Try again in a minute.\n"
    "Mae gan Schoolgate ormod i\u2019w wneud ar hyn o bryd. Ni chadwyd dim. Ceisiwch eto ymhen munud.\n"
)
"""In both languages: said without asking anything, while all threads are busy."""

HELD_BACK = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
"""What every answer tells browsers, also the two that Django doesn't make."""


class Gateway:
    """The pages as an ASGI application, made by threads of their own from a WSGI application.

    Args:
        threads: how many make pages at one time; two more are kept for what is urgent.
        patience: seconds that a sender may take for a body beyond the lowest rate, and a reader for a piece.
        usual: bytes that every page may be sent; `most`: called in a thread with the request, for how many it
            takes where more is announced.
        folder: where bodies too large for memory lie.
    """

    def __init__(
        self,
        pages: WSGIApplication,
        *,
        threads: int,
        patience: float,
        usual: int,
        most: Callable[[Mapping[str, Any]], int],
        folder: Callable[[], Path],
        trusted_proxies: int = 0,
    ) -> None:
        self.pages, self.patience, self.usual, self.most = pages, patience, usual, most
        self.trusted_proxies = trusted_proxies
        self.bodies = Bodies(patience, folder)
        self.lane, self.urgent = Lane("pages", threads), Lane("urgent", URGENT_THREADS)
        self.pieces = Lane("pieces", PIECES_THREADS, most_waiting=10_000)
        self._listens = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        if not self._listens:
            self._listens = True
            _let_go_of_readers_who_read_nothing(self.patience)
        told = as_wsgi(scope)
        try:
            body = await self._body(scope, told, receive)
        except Gone:
            return
        try:
            told = with_body(told, body.stream, body.size) if body else told
            told.setdefault("wsgi.input", io.BytesIO())
            await self._answer(scope, told, receive, send)
        finally:
            if body is not None:
                body.close()

    async def _body(self, scope: Scope, told: dict[str, Any], receive: Receive) -> Body | None:
        """Return the body, if there is one. One that is not received is noted for the pages to say so."""
        has_body, length = announced(scope)
        if not has_body:
            return None
        try:
            most = self.usual
            if length is not None and length > most:
                most = await self.lane.run(self.most, told)
            if length is not None and length > most:
                raise TooLarge
            with self.bodies.counted(sender_of(told, self.trusted_proxies)):
                return await self.bodies.receive(receive, announced=length, most=most)
        except TooSlow:
            told[UNREADABLE] = 408
        except TooLarge:
            told[UNREADABLE] = 413
        except (TooMany, Full):
            told[UNREADABLE] = 503
        return None

    async def _answer(self, scope: Scope, told: dict[str, Any], receive: Receive, send: Send) -> None:
        lane = self.urgent if is_urgent(scope["path"]) else self.lane
        cut = UNREADABLE in told
        if cut:
            told["CONTENT_LENGTH"] = "0"
        try:
            answer = await lane.run(answer_of, self.pages, told)
        except Full:
            answer = _busy()
        except Exception:
            log.exception("request broke")
            answer = Answer(500, [*HELD_BACK, (b"content-length", b"0")])
        if cut:
            answer.headers.append((b"connection", b"close"))
        await send_answer(
            answer, receive, send, self.pieces.run, patience=self.patience, head=scope["method"] == "HEAD"
        )


def _busy() -> Answer:
    content = BUSY.encode()
    headers = [
        *HELD_BACK,
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
        (b"retry-after", str(SECONDS_TO_WAIT).encode()),
        (b"cache-control", b"no-store"),
    ]
    return Answer(503, headers, content)


def _let_go_of_readers_who_read_nothing(patience: float) -> None:
    """Have the kernel end connections whose other end takes nothing for so long (Linux): what was handed to
    the web server waits for it without end. Set on what this process listens on, from which connections
    have it.
    """
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    folder = Path("/proc/self/fd")
    if option is None or not folder.is_dir():
        return
    for number in [int(each.name) for each in folder.iterdir()]:
        try:
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as found:
                listens = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
                if listens and found.family != socket.AF_UNIX:
                    found.setsockopt(socket.IPPROTO_TCP, option, int(patience * 2000))
        except OSError:  # closed meanwhile
            continue
