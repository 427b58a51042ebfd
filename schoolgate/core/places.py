"""What a store of files is: places by federation and name, at which a file is whole, or isn't there; and the
store that is a folder of this machine's disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple, Protocol

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotNow


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
