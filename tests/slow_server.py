"""A server on this machine that answers in pieces, each a while after the one before."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n"


@dataclass
class Slow:
    """The server. `sent`: how many pieces went out before the caller gave up."""

    origin: str
    sent: int = 0


@contextmanager
def answering(pieces: Sequence[bytes], pause: float) -> Iterator[Slow]:
    """The first caller gets the pieces; then the connection is closed."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        slow = Slow(f"http://127.0.0.1:{listening.getsockname()[1]}")

        def serve() -> None:
            with contextlib.suppress(OSError):
                there, _address = listening.accept()
                with there:
                    there.recv(65536)
                    for piece in pieces:
                        if ended.wait(pause):
                            return
                        there.sendall(piece)
                        slow.sent += 1

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield slow
        finally:
            ended.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def one_by_one(answer: bytes) -> list[bytes]:
    """Byte by byte."""
    return [answer[at : at + 1] for at in range(len(answer))]
