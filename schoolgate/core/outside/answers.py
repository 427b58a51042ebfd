"""The body of another server's answer, decompressed no further than its limit.

An HTTP client decompresses each chunk as a whole: a few kilobytes of zstd or brotli become gigabytes before
anything can count them. So the client's own decompression is not used. We offer gzip, which can be
decompressed step by step, and refuse every other encoding: a server may send one that was not requested.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator
from typing import Final, Literal

import httpx

ACCEPT_ENCODING: Final = {"Accept-Encoding": "gzip"}
"""The header of every client that reads with `body_of`."""
_STEP = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_LONGEST_TYPE = 200

Why = Literal[
    "too_large", "too_slow", "encoding", "damaged", "broken", "unreachable", "no_such_host", "not_public",
    "bad_address",
]  # fmt: skip


class NotTaken(Exception):
    """There is no answer that is used. `why`: a short code; `before`: nothing was sent; `detail`: of the
    library's error."""

    def __init__(self, why: Why, *, before: bool = False, detail: str = "") -> None:
        super().__init__(why)
        self.why: Why = why
        self.before, self.detail = before, detail


def charset_of(content_type: str) -> str:
    """Return the encoding that a content type names, empty where it names none. The library's reader of
    parameters takes quadratic time."""
    found = _CHARSET.search(content_type[:_LONGEST_TYPE])
    return found[1] if found else ""


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
