"""Uploads that arrive in pieces: a line that breaks costs the last piece, not the whole.

An upload lies in the store in the group of its person, under a random key, until the form that it belongs
to is sent; then it is checked like any other file. Each piece is a file named by its offset: the next may
arrive at another machine, and a killed process loses nothing that was told as taken. Nothing here is in the
database.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from schoolgate.core import files
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.files import Place, key_of, lay_bytes

LARGEST_PIECE: Final = 1 << 20
USED: Final = 4
"""Uploads of one person that stay for a while after the form took them: its answer may be lost on the way,
and then it comes again."""
KEPT_FOR: Final = timedelta(days=1)
"""After this an upload to which nothing came is deleted."""
_KEY = re.compile(r"[0-9a-f]{32}")
_BEGUN = re.compile(r"[0-9a-f]{32}\.(?P<purpose>[a-z]+)\.(?P<length>\d{1,12})")
_PIECE = re.compile(r"[0-9a-f]{32}\.(?P<offset>\d{12})")
_USED = ".used"
_KIND: Final = "uploads"


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

    def place(self, name: str) -> Place:
        """The place of one of this person's files."""
        return Place(self.federation_id, name, f"{_KIND}-{int(self.person_id)}")


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload. `length`: bytes, as announced."""

    owner: Owner
    key: str
    purpose: str
    length: int
    used: bool = False

    @property
    def offset(self) -> int:
        """Bytes that have arrived. Raises FileNotFoundError where it's gone."""
        return sum(size for _place, size in self._arrived())

    @property
    def size(self) -> int:
        """Bytes, as an uploaded file of a form has them."""
        return self.length

    @property
    def name(self) -> str:
        """Its name is never sent."""
        return ""

    def read(self) -> bytes:
        """All of it. Raises FileNotFoundError where it's gone."""
        content = []
        for place, _size in self._arrived():
            with files.passing().open(place) as file:
                content.append(file.read())
        return b"".join(content)

    def _arrived(self) -> list[tuple[Place, int]]:
        there = _there(self.owner).get(self.key)
        if there is None or there.upload is None:
            raise FileNotFoundError(self.key)
        return there.in_a_row()


BEGINNING: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _There:
    """What lies of one key. Without an `upload` it's the rest of one that was deleted."""

    upload: Upload | None = None
    used: bool = False
    pieces: dict[int, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    since: datetime = BEGINNING

    def in_a_row(self) -> list[tuple[Place, int]]:
        """The pieces that follow each other from the beginning, and their sizes."""
        assert self.upload is not None
        found, offset = [], 0
        while size := self.pieces.get(offset, 0):
            found.append((self.upload.owner.place(f"{self.upload.key}.{offset:012}"), size))
            offset += size
        return found


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
    key = secrets.token_hex(16)
    _lay(owner, f"{key}.{purpose}.{length}")
    there = sorted(_of(owner), key=lambda each: each.since, reverse=True)
    for old in [each for each in there if each.used][USED:]:
        _drop(owner, old)
    if sum(_is_open(each, purpose) for each in there) > allowed.most_open:
        # Counted once it began: two that begin at once may both be refused, but are never one too many.
        drop(Upload(owner, key, purpose, length))
        raise NotNow(
            _("You have too many uploads that aren’t finished."),
            _("Send the form with them, or try again tomorrow."),
        )
    return Upload(owner, key, purpose, length)


def find(owner: Owner, key: str, *, purpose: str = "") -> Upload:
    """Return an upload of this person. Raises NotFound, also for another person's, and for another purpose
    than the one given."""
    there = _there(owner).get(key) if _KEY.fullmatch(key) else None
    found = there.upload if there else None
    if found is None or (purpose and found.purpose != purpose):
        raise _gone()
    return found


def add(upload: Upload, *, offset: int, piece: bytes) -> int:
    """Append a piece that begins at `offset`; returns how much has arrived. The same piece sent twice at once
    lies there once.

    Raises WrongOffset (sent twice, or out of order), BadInput (`upload`: more than announced).
    """
    try:
        there = upload.offset
    except FileNotFoundError:
        raise _gone() from None
    if there != offset:
        raise WrongOffset(there)
    if len(piece) > LARGEST_PIECE or offset + len(piece) > upload.length:
        raise BadInput({"upload": _("The file is larger than expected. Choose it again.")})
    if piece:
        _lay(upload.owner, f"{upload.key}.{offset:012}", piece)
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
    there = _there(upload.owner).get(upload.key)
    if there and there.upload and not there.used:
        _lay(upload.owner, f"{upload.key}{_USED}")


def drop(upload: Upload) -> None:
    """Delete an upload; safe to do twice."""
    _drop(upload.owner, _there(upload.owner).get(upload.key, _There()))


def sweep(at: datetime) -> int:
    """Delete the uploads to which nothing has come for `KEPT_FOR`; returns how many."""
    return files.sweep(_KIND, at=at, older_than=KEPT_FOR)


def _gone() -> NotFound:
    return NotFound(_("This upload no longer exists."), _("Choose the file again."))


def _is_open(there: _There, purpose: str) -> bool:
    return there.upload is not None and there.upload.purpose == purpose and not there.used


def _lay(owner: Owner, name: str, content: bytes = b"") -> None:
    lay_bytes(files.passing(), owner.place(name), content)


def _drop(owner: Owner, there: _There) -> None:
    """Erase what says that it was begun first: a piece without it is no upload."""
    for name in sorted(there.names, key=lambda name: not _BEGUN.fullmatch(name)):
        files.passing().remove(owner.place(name))


def _of(owner: Owner) -> list[_There]:
    return list(_there(owner).values())


def _there(owner: Owner) -> dict[str, _There]:
    """What this person has, by its key."""
    found: dict[str, _There] = {}
    for laid in files.passing().laid(owner.federation_id, owner.place("").group):
        name = laid.place.name
        there = found.setdefault(key_of(name), _There())
        there.names.append(name)
        there.since = max(there.since, laid.since)
        if begun := _BEGUN.fullmatch(name):
            there.upload = Upload(owner, key_of(name), begun["purpose"], int(begun["length"]))
        elif piece := _PIECE.fullmatch(name):
            there.pieces[int(piece["offset"])] = laid.size
        elif name.endswith(_USED):
            there.used = True
    for there in found.values():
        if there.upload and there.used:
            there.upload = replace(there.upload, used=True)
    return found
