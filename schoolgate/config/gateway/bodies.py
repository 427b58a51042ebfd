"""The body of a request, received whole or not at all: within a time, a lowest rate, a size and a number."""

from __future__ import annotations

import asyncio
import io
import os
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

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
