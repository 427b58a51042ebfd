"""The gateway itself: one request from its first byte to the last of its answer.

The body of a request, received whole or not at all: within a time, a lowest rate, a size and a number.

Answers: made in a thread, sent by the loop, for as long as their reader keeps up.

Threads that make pages: for most requests, and a few kept free for what has to answer at any time.
"""

from __future__ import annotations

import asyncio
import contextvars
import io
import os
import re
import socket
import stat
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, ParamSpec, TypeVar
from wsgiref.types import StartResponse, WSGIApplication

import structlog
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

from schoolgate.config.gateway.requests import (
    UNREADABLE,
    Scope,
    announced,
    as_wsgi,
    sender_of,
    with_body,
)
from schoolgate.core.env import URGENT_THREADS

Receive = Callable[[], Awaitable[Mapping[str, Any]]]

SLOWEST = 2_000
"""Bytes a second that a sender or a reader must keep up on average, once the first patience is used up: a
sixth of what the slowest mobile network carries."""
LONGEST = 3600
"""Seconds after which no body may still be on its way."""
IN_MEMORY = 256 * 1024
"""Bytes of a body above which it goes to the disk, sealed with a key that only this process knows."""
MOST_BODIES = 256
MOST_OF_ONE_ADDRESS = 64
"""Bodies that arrive at one time. A school shares an address."""
MOST_ON_DISK = 2_000_000_000
"""Bytes of all bodies that arrive or are read at one time."""


class TooSlow(Exception):
    """The body did not arrive in time."""


class TooLarge(Exception):
    """The body is larger than announced, or than its page takes."""


class TooMany(Exception):
    """Too many bodies arrive at this moment, from this sender or altogether."""


class Gone(Exception):
    """The sender closed the connection before the body was whole."""


class Sealed(io.RawIOBase):
    """A file without a name on the disk, written once and then read once. What lies there is nothing without
    the key, which is nowhere but in memory."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._file: BinaryIO = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed in `close`
        self._cipher = Cipher(ChaCha20(os.urandom(32), os.urandom(16)), mode=None)
        self._seal = self._cipher.encryptor()

    def add(self, piece: bytes) -> None:
        """Write the next piece."""
        self._file.write(self._seal.update(piece))

    def rewind(self) -> None:
        """End the writing; the next read is the beginning."""
        self._file.seek(0)
        self._open = self._cipher.decryptor()

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, room: Any) -> int:
        """Read the next bytes."""
        piece = self._open.update(self._file.read(len(room)))
        room[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Give the disk back."""
        self._file.close()
        super().close()


@dataclass
class Bodies:
    """All bodies that this process receives, and how many and how much that is."""

    patience: float
    folder: Callable[[], Path]
    now: Counter[str] = field(default_factory=Counter)
    on_disk: int = 0

    @contextmanager
    def counted(self, sender: str) -> Iterator[None]:
        """Count a body while it arrives. Raises TooMany."""
        if self.now.total() >= MOST_BODIES or self.now[sender] >= MOST_OF_ONE_ADDRESS:
            raise TooMany
        self.now[sender] += 1
        try:
            yield
        finally:
            self.now[sender] -= 1
            if not self.now[sender]:
                del self.now[sender]

    async def receive(self, receive: Receive, *, announced: int | None, most: int) -> Body:
        """Return the body once all of it is here.

        Raises TooSlow, TooLarge, TooMany (no room on the disk), Gone.
        """
        body = Body(self)
        try:
            await self._fill(body, receive, announced=announced, most=most)
        except BaseException:
            body.close()
            raise
        body.rewind()
        return body

    async def _fill(self, body: Body, receive: Receive, *, announced: int | None, most: int) -> None:
        clock = asyncio.get_running_loop().time
        began = clock()
        more = True
        while more:
            ends = began + min(self.patience + body.size / SLOWEST, LONGEST)
            try:
                async with asyncio.timeout_at(ends):
                    message = await receive()
            except TimeoutError:
                raise TooSlow from None
            if message["type"] != "http.request":
                raise Gone
            body.add(message.get("body", b""))
            more = message.get("more_body", False)
            if body.size > most or (announced is not None and body.size > announced):
                raise TooLarge
        if announced is not None and body.size < announced:
            raise Gone


class Body:
    """What arrived of one body: in memory, and what is too much for that sealed on the disk."""

    def __init__(self, bodies: Bodies) -> None:
        self.size = 0
        self._bodies = bodies
        self._memory = bytearray()
        self._disk: Sealed | None = None
        self._counted = 0

    def add(self, piece: bytes) -> None:
        """Keep the next piece. Raises TooMany where the disk has no room for it."""
        self.size += len(piece)
        if self._disk is None and self.size <= IN_MEMORY:
            self._memory += piece
            return
        if self._bodies.on_disk + len(piece) > MOST_ON_DISK:
            raise TooMany
        if self._disk is None:
            self._disk = Sealed(self._bodies.folder())
            piece, self._memory = bytes(self._memory) + piece, bytearray()
        self._bodies.on_disk += len(piece)
        self._counted += len(piece)
        self._disk.add(piece)

    def rewind(self) -> None:
        """End the writing."""
        if self._disk is not None:
            self._disk.rewind()
            self.stream: BinaryIO = io.BufferedReader(self._disk, IN_MEMORY)
        else:
            self.stream = io.BytesIO(bytes(self._memory))

    def close(self) -> None:
        """Give memory and disk back."""
        self._memory = bytearray()
        if self._disk is not None:
            self._disk.close()
            self._bodies.on_disk -= self._counted
            self._disk, self._counted = None, 0


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


P = ParamSpec("P")
R = TypeVar("R")

PIECES_THREADS = 2
"""They read the next piece of a film or an archive while its reader takes the last."""
MOST_WAITING = 200
"""Whole requests that wait for a thread in one process. Beyond it the answer is 503 at once."""
URGENT = re.compile(r"/(healthz|stop|wrong)(/|$)|/.*something-is-wrong(/|$)")
"""The health check, stopping all posts, and saying that something is wrong: from a path's beginning."""


class Full(Exception):
    """Too many requests wait for a thread."""


class Lane:
    """Some threads of their own, and the requests that wait for one of them."""

    def __init__(self, name: str, threads: int, *, most_waiting: int = MOST_WAITING) -> None:
        self.waiting = 0
        self._most = most_waiting + threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call it in a thread of this lane. Raises Full."""
        if self.waiting >= self._most:
            raise Full
        self.waiting += 1
        context = contextvars.Context()
        done = asyncio.get_running_loop().run_in_executor(
            self._pool, lambda: context.run(call, *args, **kwargs)
        )
        try:
            return await asyncio.shield(done)
        finally:
            if done.done():
                self.waiting -= 1
            else:  # the sender has gone; the thread goes on to its end
                done.add_done_callback(self._ended)

    def _ended(self, _done: object) -> None:
        self.waiting -= 1


def is_urgent(path: str) -> bool:
    """Return whether a request to this path has threads of its own."""
    return URGENT.match(path) is not None


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
