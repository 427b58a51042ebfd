"""Sealed backups: the folder that they lie in, the keys that open them, and the seal itself.

Their order in the folder is by the number in the name, never by a date: clocks go wrong.

Backups are sealed to a key pair of which the home has only the public key: a thief with a backup and the
machine can't open last year's. Each backup is also sealed to a key of its own, which the home deletes when
it makes the next one. So the newest backup can be read through and rehearsed without opening the safe.

Sealing is done with age, in constant memory. Inside is a tar of named pieces, with one digest over all of
them at its end. The library reads and writes whole files, so each direction has a pipe and a thread of its
own. Pieces, in this order: `head.json`, `tables/<table>/<federation, or 0>/<piece>`, `record/...`,
`files/<federation>/<digest>`, `end.json`. Tables are text as PostgreSQL's COPY writes it, in pieces of a few
megabytes, so that neither side ever holds much of one.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import os
import re
import secrets
import shutil
import tarfile
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from schoolgate.core.files import Place, Store
from schoolgate.core.home import folder, keys, typed
from schoolgate.core.outside.tars import BrokenTar, members
from schoolgate.core.outside.texts import read_json


class BackupTrouble(Exception):
    """A backup that was not made, or cannot be used.

    `code` is stored in rows and worded by the page; the message is for the command line.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


NO_KEY, NO_SPACE, CANNOT_WRITE = "no_key", "no_space", "cannot_write"
WRONG_KEY, DAMAGED, NEWER, NOT_EMPTY = "wrong_key", "damaged", "newer", "not_empty"
NOT_SOUND, BROKE, BUSY = "not_sound", "broke", "busy"
CODES = (
    NO_KEY,
    NO_SPACE,
    CANNOT_WRITE,
    WRONG_KEY,
    DAMAGED,
    NEWER,
    NOT_EMPTY,
    NOT_SOUND,
    BROKE,
    BUSY,
)


NAME = re.compile(r"schoolgate-(\d{6})-\d{4}-\d\d-\d\d-\d{4}\.age")


@dataclass(frozen=True)
class OnShelf:
    """One backup in the folder."""

    number: int
    path: Path

    @property
    def note(self) -> Path:
        """What is stored beside it without a key: when, how large, how many rows, its digest."""
        return self.path.with_suffix(".json")


def name_of(number: int, at: datetime) -> str:
    """The name of a backup."""
    return f"schoolgate-{number:06}-{at:%Y-%m-%d-%H%M}.age"


def shelf(folder: Path) -> list[OnShelf]:
    """The backups in a folder, the newest first; nothing where there is no such folder."""
    if not folder.is_dir():
        return []
    found = [(NAME.fullmatch(path.name), path) for path in folder.iterdir()]
    return sorted(
        (OnShelf(int(match[1]), path) for match, path in found if match),
        key=lambda each: each.number,
        reverse=True,
    )


def drop_drafts(folder: Path) -> int:
    """Remove what a backup that was cut off has left; returns how many."""
    drafts = list(folder.glob(".schoolgate-*.draft"))
    for draft in drafts:
        draft.unlink(missing_ok=True)
    return len(drafts)


def drop_oldest(folder: Path, *, keep: int) -> list[int]:
    """Remove all but the newest `keep`; return the numbers of the removed ones."""
    gone = shelf(folder)[max(keep, 1) :]
    for each in gone:
        each.note.unlink(missing_ok=True)
        each.path.unlink(missing_ok=True)
    return [each.number for each in gone]


def check_room(folder: Path, wanted: int) -> None:
    """Raise BackupTrouble where the disk has not that many bytes left."""
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise BackupTrouble(
            NO_SPACE,
            f"About {_megabytes(wanted)} MB are needed in {folder}, but only {_megabytes(free)} MB are "
            "free. Nothing was written, and earlier backups are unchanged. Free up space, or choose "
            "another folder.",
        )


def write_note(on: OnShelf, said: dict[str, Any]) -> None:
    """Write the description beside a backup."""
    draft = on.note.with_suffix(".draft")
    draft.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n")
    draft.replace(on.note)


def read_note(on: OnShelf) -> dict[str, Any] | None:
    """Return the description beside a backup; None where it is lost."""
    try:
        found: dict[str, Any] = json.loads(on.note.read_text())
    except (OSError, ValueError):
        return None
    return found


def reach_the_disk(paths: Iterable[Path]) -> None:
    """Have what was renamed in these folders survive a power cut."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


RECIPIENT = "recipient.txt"
NEWEST = "backup-newest.txt"
NEVER_KEPT = frozenset({NEWEST})
SHORTEST_PASSPHRASE = 16
"""Characters. House rule: anyone with the key file can try as often as they like."""
LARGEST = 64 << 20


def new_key(at: datetime) -> tuple[str, str]:
    """Make the key pair that backups are sealed to from now on; return its private key, as the text of a key
    file, and its public key, which the home stores."""
    made = pyrage.x25519.Identity.generate()
    public = str(made.to_public())
    write_private(folder("backup") / RECIPIENT, f"# made {at:%Y-%m-%dT%H:%M:%SZ}\n{public}\n", again=True)
    private = (
        f"# Opens the backups of Schoolgate made from {at:%d.%m.%Y}. Keep it in the safe, "
        "never on the machine.\n"
        f"# public key: {public}\n{made}\n"
    )
    return private, public


def take_over_recipient(public: str) -> None:
    """Have a restored installation continue to seal to the key that its backup was sealed to."""
    if public:
        write_private(folder("backup") / RECIPIENT, f"{public}\n", again=True)


def recipient() -> str:
    """The public key that backups are sealed to. Raises BackupTrouble where none was made."""
    path = folder("backup") / RECIPIENT
    if not path.exists():
        raise BackupTrouble(
            NO_KEY,
            "There is no key to encrypt backups with yet. Make one: "
            f"{typed('backup', 'key-new', '--to')} FILE",
        )
    return [line for line in path.read_text().splitlines() if line and not line.startswith("#")][-1].strip()


def key_of_one_backup() -> tuple[str, str]:
    """A fresh key for one backup: private and public part."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def keep_newest(private: str) -> None:
    """Save the key of the newest backup in place of the previous one."""
    write_private(keys() / NEWEST, private + "\n", again=True)


def newest() -> str | None:
    """The key of the newest backup; None where there is none."""
    path = keys() / NEWEST
    return path.read_text() if path.exists() else None


def seal_keys(passphrase: str) -> bytes:
    """The home's keys as one file, sealed with a passphrase. Raises BackupTrouble where it is too short."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BackupTrouble(
            WRONG_KEY,
            f"The passphrase must have at least {SHORTEST_PASSPHRASE} characters: four or five words.",
        )
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for path in sorted(keys().iterdir()):
            if path.is_file() and not path.name.startswith(".") and path.name not in NEVER_KEPT:
                told = tarfile.TarInfo(path.name)
                told.size, told.mode = path.stat().st_size, 0o600
                with path.open("rb") as file:
                    tar.addfile(told, file)
    return bytes(pyrage.passphrase.encrypt(content.getvalue(), passphrase))


def open_keys(sealed: bytes, passphrase: str) -> dict[str, bytes]:
    """The keys in such a file, by name. Raises BackupTrouble: another passphrase, or a file that is none."""
    try:
        content = pyrage.passphrase.decrypt(sealed, passphrase)
    except pyrage.DecryptError as error:
        raise BackupTrouble(
            WRONG_KEY, "This passphrase does not open this key file, or the file is incomplete."
        ) from error
    return keys_in(content)


def keys_in(content: bytes) -> dict[str, bytes]:
    """The keys in such a file once its passphrase opened it. Raises BackupTrouble: it is none."""
    found = {}
    try:
        for each in members(io.BytesIO(content)):
            if each.kind != "file" or "/" in each.name or each.name.startswith(".") or each.size > LARGEST:
                raise BackupTrouble(DAMAGED, "This key file contains something other than keys.")
            found[each.name] = each.content.read()
    except BrokenTar as error:
        raise BackupTrouble(DAMAGED, "This key file can't be read.") from error
    return found


def write_private(path: Path, content: str | bytes, *, again: bool = False) -> None:
    """Write a file that only its owner may read, atomically. Raises BackupTrouble if it exists already,
    unless `again`."""
    if not again and path.exists():
        raise BackupTrouble(NOT_EMPTY, f"{path} already exists. Choose another name.")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


NO_SPACE_LEFT = (28, 122)
"""ENOSPC and EDQUOT: the disk, or the share of it that is ours, is full."""


class _Kept:
    """A file that remembers what went wrong with it: the sealing library tells of it in other words."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self.file.flush()


class _Work(threading.Thread):
    """A piece of work beside; `error` is what ended it, if anything did."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 - passed to the thread that joins this one
            self.error = error


def cannot_write(error: OSError) -> BackupTrouble:
    """What an error of the file system means for a backup that is being written."""
    if error.errno in NO_SPACE_LEFT:
        return BackupTrouble(
            NO_SPACE,
            "There is no space left where backups are written. Earlier backups are unchanged.",
        )
    return BackupTrouble(CANNOT_WRITE, f"The backup could not be written: {error.strerror or error}.")


@contextmanager
def sealing(target: BinaryIO, recipients: Sequence[str]) -> Iterator[BinaryIO]:
    """A file to write to; all of it is in `target`, sealed to `recipients`, once this is left without an
    error.

    Raises BackupTrouble where `target` takes no more, or a recipient is none.
    """
    try:
        keys = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    except pyrage.RecipientError as error:
        raise BackupTrouble(NO_KEY, "The key that encrypts backups can't be read. Make a new one.") from error
    hears, says = os.pipe()
    kept = _Kept(target)

    def seal() -> None:
        with os.fdopen(hears, "rb", buffering=1 << 16) as reader:
            pyrage.encrypt_io(reader, kept, keys)

    work = _Work(seal)
    work.start()
    try:
        with os.fdopen(says, "wb", buffering=1 << 16) as writer:
            yield writer
    except BrokenPipeError:
        work.join()
        raise _sealing_broke(work, kept) from work.error
    work.join()
    if work.error is not None:
        raise _sealing_broke(work, kept) from work.error


def _sealing_broke(work: _Work, kept: _Kept) -> BaseException:
    if kept.error is not None:
        return cannot_write(kept.error)
    return work.error or RuntimeError("the encryption ended early")


@contextmanager
def opened(source: BinaryIO, identity: str) -> Iterator[BinaryIO]:
    """What was sealed, opened with an age identity; to be read to its end.

    Raises BackupTrouble: another key, or a file that was cut or altered. The latter may show only at the
    end, so nothing that was read counts before this is left without an error."""
    key = read_identity(identity)
    hears, says = os.pipe()

    def unseal() -> None:
        with os.fdopen(says, "wb", buffering=1 << 16) as writer:
            pyrage.decrypt_io(source, writer, [key])

    work = _Work(unseal)
    work.start()
    reader = os.fdopen(hears, "rb", buffering=1 << 16)
    try:
        yield reader
        while reader.read(1 << 20):  # padding: the last piece is the one that proves the file is whole
            pass
    except Exception as error:
        reader.close()
        work.join()
        if isinstance(work.error, pyrage.DecryptError):
            raise _opening_broke(work.error) from error
        raise
    finally:
        with contextlib.suppress(OSError):
            reader.close()
        work.join()
    if work.error is not None:
        raise _opening_broke(work.error) from work.error


def read_identity(text: str) -> pyrage.x25519.Identity:
    """The identity in a key file: its one line that is no comment. Raises BackupTrouble."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        if len(lines) != 1:
            raise pyrage.IdentityError("not one line")
        return pyrage.x25519.Identity.from_str(lines[0])
    except pyrage.IdentityError as error:
        raise BackupTrouble(
            WRONG_KEY, "This key can't open backups: the key must be one line starting with AGE-SECRET-KEY-1."
        ) from error


def _opening_broke(error: BaseException) -> BackupTrouble:
    if "matching keys" in str(error).lower():
        return BackupTrouble(
            WRONG_KEY,
            "This key does not open this backup, which was encrypted to another key. "
            "Check the date the key was made, and try the key used before it.",
        )
    return BackupTrouble(
        DAMAGED,
        "This file is incomplete or has been altered. Nothing was restored. Use "
        "another backup, or another copy.",
    )


FORMAT = 1
HEAD, END = "head.json", "end.json"
BLOCK = 1 << 20
LARGEST_WHOLE = 256 << 20
"""Bytes of a piece that is taken into memory as a whole. The heads of the record are the largest: some ten
megabytes a year."""
QUICK = 1
"""Compression: the quickest. Pictures do not shrink, and the text of tables shrinks well enough."""


class Writer:
    """Writes an archive to a file that only goes forward."""

    def __init__(self, target: BinaryIO) -> None:
        self._zip = gzip.GzipFile(fileobj=target, mode="wb", compresslevel=QUICK, mtime=0)
        self._tar = tarfile.open(fileobj=self._zip, mode="w|", bufsize=BLOCK)  # noqa: SIM115 - closed in `close`
        self._digest = hashlib.sha256()
        self.bytes = 0

    def add(self, name: str, content: bytes) -> None:
        """Add a piece that is in memory."""
        self._begin(name, len(content))
        self._digest.update(content)
        self._put(name, len(content), io.BytesIO(content))

    def add_json(self, name: str, said: Any) -> None:
        """Add a piece of JSON."""
        self.add(name, json.dumps(said, sort_keys=True).encode())

    def add_file(self, name: str, store: Store, place: Place) -> int:
        """Add a file of the store, never all of it in memory; returns its size. Raises OSError."""
        with store.open(place) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            self._begin(name, size)
            self._put(name, size, _Digested(file, self._digest))
        return size

    def digest(self) -> str:
        """The digest (hex) over all pieces so far: their names, sizes and bytes, in order."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Write what belongs at the end; the file below stays open."""
        self._tar.close()
        self._zip.close()

    def _begin(self, name: str, size: int) -> None:
        self._digest.update(f"{name}\n{size}\n".encode())
        self.bytes += size

    def _put(self, name: str, size: int, content: Any) -> None:
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o600
        self._tar.addfile(told, content)


class _Digested:
    """A file whose bytes go into a digest as they are read."""

    def __init__(self, file: Any, digest: Any) -> None:
        self._file, self._digest = file, digest

    def read(self, size: int = -1) -> bytes:
        found: bytes = self._file.read(size)
        self._digest.update(found)
        return found


@dataclass(frozen=True)
class Piece:
    """One piece of the archive. Read or skip `file` before asking for the next piece."""

    name: str
    size: int
    file: Any

    def content(self) -> bytes:
        """All of it; for pieces that are small."""
        if self.size > LARGEST_WHOLE:
            raise _damaged()
        found: bytes = self.file.read(self.size)
        return found

    def json(self) -> dict[str, Any]:
        """What a piece of JSON says."""
        try:
            said = read_json(self.content())
        except ValueError as error:
            raise _damaged() from error
        if not isinstance(said, dict):
            raise _damaged()
        return said


def pieces(source: BinaryIO) -> Iterator[Piece]:
    """The pieces of an archive in order, `end.json` last and checked against all before it.

    Raises BackupTrouble where the archive is none, or is not whole.
    """
    digest = hashlib.sha256()
    complete = False
    try:
        with gzip.GzipFile(fileobj=source, mode="rb") as unzipped:
            for found in members(unzipped):
                if found.kind != "file" or complete:
                    raise _damaged()
                if found.name == END:
                    content = Piece(END, found.size, found.content).content()
                    if read_json(content)["digest"] != digest.hexdigest():
                        raise _damaged()
                    complete = True
                    yield Piece(END, found.size, io.BytesIO(content))
                    continue
                digest.update(f"{found.name}\n{found.size}\n".encode())
                digested = _Digested(found.content, digest)
                yield Piece(found.name, found.size, digested)
                while digested.read(BLOCK):
                    pass
    except (BrokenTar, EOFError, gzip.BadGzipFile, zlib.error, ValueError, KeyError, TypeError) as error:
        raise _damaged() from error
    if not complete:
        raise _damaged()


def _damaged() -> BackupTrouble:
    return BackupTrouble(
        DAMAGED,
        "This file is incomplete or has been altered. Nothing was restored. Use "
        "another backup, or another copy.",
    )
