"""Files of this installation: the store they lie in, those that pass through it, and pictures and documents
by their digest, so that what was approved is what is sent, byte for byte.

A store has places by federation and name, at which a file is whole, or isn't there. It is a folder of this
machine's home, or a bucket that several machines share (`SCHOOLGATE_FILES`, an S3-compatible store; its
library is the optional part `bucket`). Files are moved from one to the other.

Parts of an upload pass through until a form takes it, a download until its posts are imported, a picture
while a network fetches it. Each machine finds them, and no backup has them. Each kind has its group, or one
for each person. The name of a file begins with its key; what has the same key belongs together and goes
together.

Each federation has a folder of its own, so that erasing a file for one never takes it from another. Files
are written before the transaction that speaks of them: a file without a row is swept away later, a row
without a file would be a lie.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, Protocol, cast

from django.utils.translation import gettext_lazy as _

from schoolgate.core.env import env
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.home import drafts, folder, home
from schoolgate.core.surroundings import read_bucket
from schoolgate.core.tenancy import current_scope


class StoreTrouble(NotNow):
    """The store can't be reached, or refuses: nothing is known of the file."""

    def __init__(self, why: str = "") -> None:
        super().__init__(
            _("Pictures and files can’t be reached just now."),
            _("Try again in a few minutes. If it lasts, tell the person who runs the server."),
        )
        self.why = why


class Place(NamedTuple):
    """Whose file, its name, and the group of files to which it belongs; without one, its first two signs."""

    federation: int
    name: str
    group: str = ""

    @property
    def path(self) -> str:
        """Its path below the store, with slashes."""
        return f"{self.federation}/{self.group or self.name[:2]}/{self.name}"


def place_of(path: str) -> Place | None:
    """Return the place that has a path; None for a path of no place."""
    owner, group, name = [*path.split("/"), "", ""][:3]
    if not owner.isdigit() or not name or name.startswith("."):
        return None
    return Place(int(owner), name, "" if group == name[:2] else group)


@dataclass(frozen=True, slots=True)
class Laid:
    """A file that lies in a store, its bytes, and since when."""

    place: Place
    size: int
    since: datetime


class Store(Protocol):
    """A place for files. Each raises StoreTrouble where the store is away."""

    def lay(self, place: Place, draft: Path) -> None:
        """Give a file of the disk its place, instead of what may lie there; the draft goes."""
        ...

    def open(self, place: Place) -> BufferedReader:
        """What lies there, to read and to seek in. Raises FileNotFoundError."""
        ...

    def size(self, place: Place) -> int | None:
        """Bytes of what lies there; None for nothing."""
        ...

    def remove(self, place: Place) -> None:
        """Erase it; safe to do twice."""
        ...

    def laid(self, federation: int | None = None, group: str = "") -> Iterator[Laid]:
        """What lies there, of one federation or of all; of a federation's group alone."""
        ...

    def remove_all(self, federation: int) -> None:
        """Erase all that a federation has."""
        ...


class FolderStore:
    """Files in a folder of this machine's disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def lay(self, place: Place, draft: Path) -> None:  # noqa: D102
        target = self.path(place)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.replace(target)
        around = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(around)
        finally:
            os.close(around)

    def open(self, place: Place) -> BufferedReader:  # noqa: D102
        try:
            return self.path(place).open("rb")
        except IsADirectoryError as error:
            raise FileNotFoundError(str(place)) from error

    def size(self, place: Place) -> int | None:  # noqa: D102
        path = self.path(place)
        return path.stat().st_size if path.is_file() else None

    def remove(self, place: Place) -> None:  # noqa: D102
        self.path(place).unlink(missing_ok=True)

    def laid(self, federation: int | None = None, group: str = "") -> Iterator[Laid]:  # noqa: D102
        whose = "[0-9]*" if federation is None else str(int(federation))
        for path in self._folder.glob(f"{whose}/{group or '*'}/*"):
            place = place_of(path.relative_to(self._folder).as_posix())
            if place is None:
                continue
            try:
                told = path.stat()
            except FileNotFoundError:
                continue
            yield Laid(place, told.st_size, datetime.fromtimestamp(told.st_mtime, UTC))

    def remove_all(self, federation: int) -> None:  # noqa: D102
        shutil.rmtree(self._folder / str(int(federation)), ignore_errors=True)

    def path(self, place: Place) -> Path:
        """Where it lies, or would."""
        return self._folder / place.path


FILES, PASSING = "files", "passing"
"""The stores: what is kept, and what passes through (`core/files.py`)."""
PIECE = 1 << 20
"""Bytes that are copied together."""
CHANGED = "it gives other bytes than it was given, or what was erased"


def move(place: Place, source: Store, target: Store, *, replaces: bool) -> bool:
    """Lay a file into another store, read it again there, and only then erase it; whether it was there.

    Args:
        replaces: whether it takes the place of what may lie there.

    Raises StoreTrouble where the other store gives something else than it was given.
    """
    draft = drafts() / f"{place.name}.{secrets.token_hex(4)}"
    try:
        if replaces or target.size(place) is None:
            with source.open(place) as file, draft.open("xb") as out:
                draft.chmod(0o600)
                shutil.copyfileobj(file, out, PIECE)
                out.flush()
                os.fsync(out.fileno())
            given = _digest(draft.open("rb"))
            target.lay(place, draft)
            if _digest(target.open(place)) != given:
                raise StoreTrouble(CHANGED)
    except FileNotFoundError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    source.remove(place)
    return True


def _digest(file: BufferedReader) -> bytes:
    with file:
        return hashlib.file_digest(file, "sha256").digest()


def try_out(store: Store) -> None:
    """Lay a file, read it again and erase it. Raises StoreTrouble."""
    place, said = Place(0, secrets.token_hex(32)), secrets.token_bytes(100)
    lay_bytes(store, place, said)
    with store.open(place) as file:
        given = file.read()
    store.remove(place)
    if given != said or store.size(place) is not None:
        raise StoreTrouble(CHANGED)


def lay_bytes(store: Store, place: Place, content: bytes) -> None:
    """Give bytes a place in a store, instead of what may lie there."""
    with tempfile.NamedTemporaryFile(dir=drafts(), delete=False) as draft:
        path = Path(draft.name)
        try:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            store.lay(place, path)
        finally:
            path.unlink(missing_ok=True)


def the_store(which: str = FILES) -> Store:
    """Where this installation's files lie."""
    return in_the_home(which) if env().files is None else _the_bucket(which, folder(which))


def in_the_home(which: str = FILES) -> FolderStore:
    """The folder of the home: the whole store, or what hasn't been moved to the bucket yet."""
    return FolderStore(folder(which))


def the_bucket(which: str = FILES) -> Store:
    """The bucket alone, without what hasn't been moved to it."""
    return _the_bucket(which, drafts() / "none")


def _the_bucket(which: str, beside: Path) -> Store:
    address = env().files
    assert address is not None
    return _bucket(address.get_secret_value(), beside, "" if which == FILES else which, os.getpid())


@lru_cache(maxsize=4)
def _bucket(address: str, beside: Path, below: str, _process: int) -> Store:
    """A process that was copied makes its own: threads below the library don't come along."""

    return BucketStore(address, beside=FolderStore(beside), below=below)


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


def passing() -> Store:
    """The store of what passes through."""
    return the_store(PASSING)


def sweep(
    kind: str, *, at: datetime, older_than: timedelta,
    federation_id: int | None = None, keep: Collection[str] = (),
) -> int:  # fmt: skip
    """Erase each key of a kind whose newest file is older than that; return how many.

    Args:
        keep: keys that stay, however old.
    """
    store, together = passing(), defaultdict[tuple[int, str, str], list[Laid]](list)
    for laid in store.laid(federation_id):
        owner, name, group = laid.place
        if group.partition("-")[0] == kind:
            together[owner, group, key_of(name)].append(laid)
    gone = 0
    for (_owner, _group, key), files in together.items():
        if key not in keep and max(laid.since for laid in files) < at - older_than:
            for laid in files:
                store.remove(laid.place)
            gone += 1
    return gone


def key_of(name: str) -> str:
    """Return the key with which a name begins."""
    return name.partition(".")[0]


def take_over() -> None:
    """Bring in what an older release left in the home: posts that wait for their import. The rest goes."""
    store = in_the_home(PASSING)
    for path in (home() / "before").glob("[0-9]*/*.posts"):
        store.lay(Place(int(path.parent.name), path.name, "posts"), path)
    for name in ("before", "uploads", "handed-over"):
        shutil.rmtree(home() / name, ignore_errors=True)


DIGEST = re.compile(r"[0-9a-f]{64}")
"""Bytes that are read together."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store: its SHA-256 (hex), its media type as the caller knows it, its size in bytes."""

    digest: str
    media_type: str
    size: int


def keep(content: bytes, media_type: str, *, federation_id: int | None = None) -> StoredFile:
    """Put bytes into the federation's store; safe to do twice, and at once.

    Call it before a scope is opened: no file work belongs inside a transaction.

    Args:
        federation_id: whose store; without it that of the federation in scope.
    """
    digest = hashlib.sha256(content).hexdigest()
    place, store = _place(digest, federation_id), the_store()
    if store.size(place) is None:
        lay_bytes(store, place, content)
    return StoredFile(digest, media_type, len(content))


def keep_path(source: Path, media_type: str, *, federation_id: int) -> StoredFile:
    """Put a file that lies on the disk into the federation's store, whatever its size; the source is moved.

    `source` lies in the home, so that giving it its name is one step. Never inside a transaction.
    """
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    size = source.stat().st_size
    the_store().lay(_place(digest, federation_id), source)
    return StoredFile(digest, media_type, size)


def opened(digest: str, *, federation_id: int | None = None) -> BufferedReader:
    """A file to read and to seek in, such as for a page to send. Raises NotFound, also for a text that is no
    digest."""
    try:
        return the_store().open(_place(digest, federation_id))
    except FileNotFoundError:
        raise _gone() from None


def is_there(digest: str, *, federation_id: int | None = None) -> bool:
    """Return whether the store has a file. Raises NotFound for a text that is no digest."""
    return the_store().size(_place(digest, federation_id)) is not None


def read(digest: str, *, federation_id: int | None = None) -> bytes:
    """A file's bytes. Raises NotFound where it is gone, or is not what its name says any more."""
    with opened(digest, federation_id=federation_id) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != digest:
        raise _damaged()
    return content


def read_in_pieces(digest: str, *, federation_id: int | None = None) -> Iterator[bytes]:
    """Yield a file's bytes a piece at a time, after reading all of it once. Raises NotFound, before the first
    piece, where it is gone or is not what its name says any more."""
    with opened(digest, federation_id=federation_id) as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != digest:
            raise _damaged()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def remove(digest: str, *, federation_id: int | None = None) -> None:
    """Erase a file; the caller has asked `holds` and knows that no row of the federation needs it."""
    the_store().remove(_place(digest, federation_id))


def _gone() -> NotFound:
    return NotFound(
        _("This file is no longer stored."),
        _("Ask the person who added it, or the person who runs the server."),
    )


def _damaged() -> NotFound:
    return NotFound(
        _("This file has been damaged, so it can’t be used."), _("Ask the person who runs the server.")
    )


def _place(digest: str, federation_id: int | None) -> Place:
    if not DIGEST.fullmatch(digest):
        raise _gone()
    return Place(current_scope().federation_id if federation_id is None else federation_id, digest)
