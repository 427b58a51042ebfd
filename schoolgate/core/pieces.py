"""Uploads that arrive in pieces: a line that breaks costs the last piece, not the whole.

An upload lies in the home in the folder of its federation and its person, under a random key, until the form
that it belongs to is sent; then it is checked like any other file. How much has arrived is the length of the
file itself, so that a killed process loses nothing that was told as taken. Nothing here is in the database.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.home import folder

LARGEST_PIECE: Final = 1 << 20
USED: Final = 4
"""Uploads of one person that stay for a while after the form took them: its answer may be lost on the way,
and then it comes again."""
KEPT_FOR: Final = timedelta(days=1)
"""After this an upload to which nothing came is deleted."""
_KEY = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"(?P<key>[0-9a-f]{32})\.(?P<purpose>[a-z]+)\.(?P<length>\d{1,12})(?P<used>\.used)?")


@dataclass(frozen=True, slots=True)
class Purpose:
    """What is uploaded for. `most_bytes` of one upload; `most_open`: uploads of one person at a time."""

    most_bytes: int
    most_open: int


PURPOSES: Final = {"picture": Purpose(most_bytes=20 * 1024 * 1024, most_open=12)}


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose upload it is. No other person and no other federation finds it."""

    federation_id: int
    person_id: int

    @property
    def place(self) -> Path:
        """The folder of this person's uploads."""
        return folder("uploads", str(int(self.federation_id)), str(int(self.person_id)))


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload. `length`: bytes, as announced."""

    path: Path
    key: str
    purpose: str
    length: int
    used: bool = False

    @property
    def offset(self) -> int:
        """Bytes that have arrived."""
        return self.there.stat().st_size

    @property
    def there(self) -> Path:
        """Where the file is now: another request of the same form may have used it meanwhile."""
        return self.path if self.used or self.path.exists() else _used(self.path)

    @property
    def size(self) -> int:
        """Bytes, as an uploaded file of a form has them."""
        return self.length

    @property
    def name(self) -> str:
        """Its name is never sent."""
        return ""

    def read(self) -> bytes:
        """All of it."""
        try:
            return self.there.read_bytes()
        except FileNotFoundError:
            return self.there.read_bytes()  # used between the look and the read


class WrongOffset(NotNow):
    """The piece doesn't follow what has arrived; `offset` does."""

    def __init__(self, offset: int) -> None:
        super().__init__(_("This part has already arrived, or one before it is missing."))
        self.offset = offset


def begin(owner: Owner, *, purpose: str, length: int) -> Upload:
    """Begin an upload. Raises BadInput (`upload`: unknown purpose, empty or too large), NotNow (this person
    has too many open)."""
    allowed = PURPOSES.get(purpose)
    if allowed is None or length < 1:
        raise BadInput({"upload": _("There is no file to upload. Choose it again.")})
    if length > allowed.most_bytes:
        raise BadInput({"upload": _("This file is too large. Choose a smaller one.")})
    place = owner.place
    with _one_at_a_time(place):
        there = sorted(_in(place), key=lambda each: each.path.stat().st_mtime, reverse=True)
        for old in [each for each in there if each.used][USED:]:
            drop(old)
        if sum(each.purpose == purpose and not each.used for each in there) >= allowed.most_open:
            raise NotNow(
                _("You have too many uploads that aren’t finished."),
                _("Send the form with them, or try again tomorrow."),
            )
        key = secrets.token_hex(16)
        path = place / f"{key}.{purpose}.{length}"
        path.touch(mode=0o600, exist_ok=False)
    return Upload(path, key, purpose, length)


def find(owner: Owner, key: str, *, purpose: str = "") -> Upload:
    """Return an upload of this person. Raises NotFound, also for another person's, and for another purpose
    than the one given."""
    found = (
        next((each for each in _in(owner.place) if each.key == key), None) if _KEY.fullmatch(key) else None
    )
    if found is None or (purpose and found.purpose != purpose):
        raise NotFound(_("This upload is gone."), _("Choose the file again."))
    return found


def add(upload: Upload, *, offset: int, piece: bytes) -> int:
    """Append a piece that begins at `offset`; returns how much has arrived.

    Raises WrongOffset (sent twice, or out of order), BadInput (`upload`: more than announced), NotNow
    (another window is sending the same upload at this moment).
    """
    try:
        file = upload.path.open("r+b")
    except FileNotFoundError:
        raise NotFound(_("This upload is gone."), _("Choose the file again.")) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotNow(
                _("This file is being uploaded in another window."), _("Wait a moment, then try again.")
            ) from None
        there = file.seek(0, os.SEEK_END)
        if there != offset:
            raise WrongOffset(there)
        if len(piece) > LARGEST_PIECE or offset + len(piece) > upload.length:
            raise BadInput({"upload": _("The file is larger than expected. Choose it again.")})
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        return there + len(piece)


def take(owner: Owner, key: str, *, purpose: str) -> Upload:
    """Return an upload that has arrived in full. Raises NotFound, BadInput (`upload`: a part is missing)."""
    found = find(owner, key, purpose=purpose)
    if found.offset != found.length:
        raise BadInput({"upload": _("A part of this file is missing. Choose it again.")})
    return found


def use(upload: Upload) -> None:
    """Note that a form took an upload: it no longer counts among the open ones. Safe to do twice, also by two
    requests at once."""
    if not upload.used:
        with suppress(FileNotFoundError):
            upload.path.rename(_used(upload.path))


def drop(upload: Upload) -> None:
    """Delete an upload; safe to do twice."""
    upload.path.unlink(missing_ok=True)


def sweep(at: datetime) -> int:
    """Delete the uploads to which nothing has come for `KEPT_FOR`; returns how many."""
    before, gone = (at - KEPT_FOR).timestamp(), 0
    for path in folder("uploads").glob("*/*/*"):
        if _NAME.fullmatch(path.name) and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _used(path: Path) -> Path:
    return path.with_name(f"{path.name}.used")


def _in(place: Path) -> Iterator[Upload]:
    for path in place.iterdir():
        if found := _NAME.fullmatch(path.name):
            yield Upload(path, found["key"], found["purpose"], int(found["length"]), bool(found["used"]))


@contextmanager
def _one_at_a_time(place: Path) -> Iterator[None]:
    """Keep two windows of one person from beginning uploads at once, so that the limit is one."""
    with (place / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # for as long as it takes to list a folder
        yield
