"""Answers: made in a thread, sent by the loop, for as long as their reader keeps up."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

import structlog

from schoolgate.config.gateway.bodies import SLOWEST, Receive

Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Thread = Callable[..., Awaitable[Any]]
"""Runs a call in a thread of a lane."""

PIECE = 64 * 1024

log = structlog.get_logger(__name__)


@dataclass
class Answer:
    """Status and headers, and the content: whole, or to be asked for piece by piece."""

    status: int
    headers: list[tuple[bytes, bytes]]
    content: bytes = b""
    pieces: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None
    context: contextvars.Context = field(default_factory=contextvars.copy_context)
    """In which the pieces are made, whatever thread makes the next: a language chosen once stays chosen."""

    def next_piece(self) -> bytes | None:
        """Return the next piece, or None after the last."""
        pieces = self.pieces
        return self.context.run(next, pieces, None) if pieces is not None else None


def answer_of(application: WSGIApplication, told: dict[str, Any]) -> Answer:
    """Make the answer, in a thread. All of it, unless it says that it comes in pieces."""
    begun: list[tuple[int, list[tuple[bytes, bytes]]]] = []

    def start(
        status: str, headers: list[tuple[str, str]], _error: object = None
    ) -> Callable[[bytes], object]:
        said = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        begun.append((int(status.split(" ", 1)[0]), said))
        return _no_write

    result: Iterable[bytes] = application(told, _as_start_response(start))
    close = getattr(result, "close", lambda: None)
    try:
        streams = bool(getattr(result, "streaming", False))
        content = b"" if streams else b"".join(result)
    except BaseException:
        close()
        raise
    status, headers = begun[-1]
    if streams:
        return Answer(status, headers, pieces=iter(result), close=close)
    close()
    return Answer(status, headers, content)


def _no_write(_piece: bytes) -> object:
    raise TypeError("answers are returned, not written")


def _as_start_response(start: Callable[..., Any]) -> StartResponse:
    return start


async def send_answer(
    answer: Answer, receive: Receive, send: Send, thread: Thread, *, patience: float, head: bool
) -> None:
    """Send it. A reader who has gone, or takes too little for too long, gets no more, and the content is
    closed; an answer that was not sent to its end is seen to be broken off.
    """
    try:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.pieces is None or head:
            await send({"type": "http.response.body", "body": b"" if head else answer.content})
            return
        gone = asyncio.ensure_future(_reader_goes(receive))
        try:
            while not gone.done() and (piece := await thread(answer.next_piece)) is not None:
                for start in range(0, len(piece), PIECE):
                    part = piece[start : start + PIECE]
                    async with asyncio.timeout(patience + len(part) / SLOWEST):
                        await send({"type": "http.response.body", "body": part, "more_body": True})
            if not gone.done():
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            log.info("reader too slow")
        finally:
            gone.cancel()
    finally:
        if answer.pieces is not None:
            await asyncio.shield(thread(answer.close))


async def _reader_goes(receive: Receive) -> None:
    """Return once the reader has gone. A request without a body has a message of its own before that: an
    empty one."""
    while (await receive())["type"] != "http.disconnect":
        pass
