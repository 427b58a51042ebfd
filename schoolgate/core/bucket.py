"""A bucket of an S3-compatible store as a place for files. Its library is an optional part (`bucket`)."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from schoolgate.core.places import FolderStore, Laid, Place, StoreTrouble, place_of
from schoolgate.core.surroundings import read_bucket

PIECE: Final = 1 << 20
"""Bytes that are asked for together."""
CALL: Final[Any] = {"connect_timeout": "5s", "timeout": "60s"}
AGAIN: Final = timedelta(seconds=20)
"""How long a call that failed is tried again."""
NOT_A_PART: Final = "non-partial"
"""How the library tells that a server gave other bytes than the part it was asked for."""


class BucketStore:
    """Files in a bucket. What still lies in `beside`, the home's folder, is found there until it is moved.
    `below`: a folder inside the one that the address names."""

    def __init__(self, address: str, *, beside: FolderStore, below: str = "") -> None:
        import obstore  # an optional part; `env` says where it's missing
        from obstore.store import S3Store

        at = read_bucket(address)
        self._library: Any = obstore
        self._beside = beside
        self._bucket: Any = S3Store(
            at.name, prefix=f"{at.folder}/{below}".strip("/") or None, endpoint=at.server, region=at.region,
            access_key_id=at.key, secret_access_key=at.secret, virtual_hosted_style_request=False,
            client_options=CALL | {"allow_http": at.server.startswith("http:")},
            retry_config={"max_retries": 3, "retry_timeout": AGAIN},
        )  # fmt: skip

    def lay(self, place: Place, draft: Path) -> None:  # noqa: D102
        if not draft.is_file():
            raise FileNotFoundError(draft)
        self._ask(self._library.put, place.path, draft)
        self._beside.remove(place)
        draft.unlink(missing_ok=True)

    def open(self, place: Place) -> io.BufferedReader:  # noqa: D102
        size = self._size_here(place)
        if size is None:
            return self._beside.open(place)
        return io.BufferedReader(_Reader(self, place, size), PIECE)

    def size(self, place: Place) -> int | None:  # noqa: D102
        size = self._size_here(place)
        return self._beside.size(place) if size is None else size

    def remove(self, place: Place) -> None:  # noqa: D102
        self._beside.remove(place)
        with suppress(FileNotFoundError):
            self._ask(self._library.delete, place.path)

    def laid(self, federation: int | None = None, group: str = "") -> Iterator[Laid]:  # noqa: D102
        yield from self.laid_here(federation, group)
        yield from self._beside.laid(federation, group)

    def remove_all(self, federation: int) -> None:  # noqa: D102
        self._beside.remove_all(federation)
        for each in list(self.laid_here(federation)):
            self.remove(each.place)

    def laid_here(self, federation: int | None = None, group: str = "") -> Iterator[Laid]:
        """What lies in the bucket itself."""
        where = None if federation is None else f"{int(federation)}/{group}".rstrip("/")
        pages = self._ask(self._library.list, where)
        while page := self._told(lambda: next(pages, None)):
            for each in page:
                if place := place_of(each["path"]):
                    yield Laid(place, int(each["size"]), each["last_modified"])

    def part(self, place: Place, begin: int, end: int) -> bytes | None:
        """Bytes from `begin` up to `end`; None where this server gives only whole files."""
        try:
            return bytes(self._told(lambda: self._library.get_range(
                self._bucket, place.path, start=begin, end=end
            )))  # fmt: skip
        except StoreTrouble as trouble:
            if NOT_A_PART in str(trouble.__cause__):
                return None
            raise

    def whole(self, place: Place) -> BinaryIO:
        """All of it, in a file of this machine that has no name."""
        pieces = self._ask(self._library.get, place.path).stream(min_chunk_size=PIECE)
        file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - the reader closes it
        while piece := self._told(lambda: next(pieces, None)):
            file.write(piece)
        return file

    def _size_here(self, place: Place) -> int | None:
        try:
            return int(self._ask(self._library.head, place.path)["size"])
        except FileNotFoundError:
            return None

    def _ask(self, call: Callable[..., Any], *said: Any) -> Any:
        return self._told(lambda: call(self._bucket, *said))

    def _told(self, call: Callable[[], Any]) -> Any:
        """The library raises FileNotFoundError itself where nothing lies at a place."""
        try:
            return call()
        except FileNotFoundError:
            raise
        except (self._library.exceptions.BaseError, OSError) as error:
            raise StoreTrouble(type(error).__name__) from error


class _Reader(io.RawIOBase):
    """A file of a bucket, asked for in parts, or read whole from a server that doesn't give parts."""

    def __init__(self, store: BucketStore, place: Place, size: int) -> None:
        self._store, self._place, self._size, self._at = store, place, size, 0
        self._whole: BinaryIO | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, into: Any) -> int:
        piece = self._next(len(into))
        into[: len(piece)] = piece
        return len(piece)

    def readall(self) -> bytes:
        """The rest in one call: the usual way asks for eight kilobytes at a time."""
        return self._next(self._size)

    def _next(self, most: int) -> bytes:
        end = min(self._size, self._at + most)
        if end <= self._at:
            return b""
        piece = None if self._whole else self._store.part(self._place, self._at, end)
        if piece is None:
            self._whole = self._whole or self._store.whole(self._place)
            self._whole.seek(self._at)
            piece = self._whole.read(end - self._at)
        self._at += len(piece)
        return piece

    def close(self) -> None:
        if self._whole:
            self._whole.close()
        super().close()
