"""The body of another server's answer, decompressed no further than its limit.

An HTTP client decompresses each chunk as a whole: a few kilobytes of zstd or brotli become gigabytes before
anything can count them. So the client's own decompression is not used. We offer gzip, which can be
decompressed step by step, and refuse every other encoding: a server may send one that was not requested.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from typing import Final, Literal

import httpx

ACCEPT_ENCODING: Final = {"Accept-Encoding": "gzip"}
"""The header of every client that reads with `body_of`."""
_STEP = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS

Why = Literal["too_large", "too_slow", "encoding", "damaged"]


class NotTaken(Exception):
    """The answer is not used. `why`: a short code."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


def body_of(answer: httpx.Response, *, most: int, until: float) -> bytes:
    """Return the body of an answer that was opened as a stream.

    Args:
        most: bytes, packed and unpacked alike.
        until: the reading of `time.monotonic` at which to give up.

    Raises NotTaken and whatever the client raises while it reads.
    """
    encodings = [one.strip().lower() for one in answer.headers.get("content-encoding", "").split(",")]
    encodings = [one for one in encodings if one not in ("", "identity")]
    pieces = _arriving(answer, most, until)
    if not encodings:
        return b"".join(pieces)
    if encodings not in (["gzip"], ["x-gzip"]):
        raise NotTaken("encoding")
    return _unpacked(pieces, most)


def _arriving(answer: httpx.Response, most: int, until: float) -> Iterator[bytes]:
    assert isinstance(answer.stream, httpx.SyncByteStream)
    size = 0
    for piece in answer.stream:
        size += len(piece)
        if size > most:
            raise NotTaken("too_large")
        if time.monotonic() > until:
            raise NotTaken("too_slow")
        yield piece


def _unpacked(pieces: Iterator[bytes], most: int) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    whole = bytearray()
    begun = False
    for piece in pieces:
        begun, left = True, piece
        while left:
            if unpacker.eof:
                raise NotTaken("damaged")
            try:
                whole += unpacker.decompress(left, min(_STEP, most + 1 - len(whole)))
            except zlib.error as error:
                raise NotTaken("damaged") from error
            if len(whole) > most:
                raise NotTaken("too_large")
            left = unpacker.unconsumed_tail or unpacker.unused_data
    if begun and not unpacker.eof:
        raise NotTaken("damaged")
    return bytes(whole)
