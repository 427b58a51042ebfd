"""The lines of a list, sealed in the federation's store from the upload to the confirmation.

All of it is file work: call it before a scope is opened, or once it is closed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from schoolgate.core import files, vault
from schoolgate.core.errors import Text
from schoolgate.people.lists.columns import headings_of, shape_of
from schoolgate.people.lists.tables import table_of
from schoolgate.people.sheets import MOST_ROWS, Hidden, Line, Sheet, read_sheet, too_many

SEALED = "application/octet-stream"
TOO_SHORT = _("The list needs a row of headings, and a row for each person below.")


@dataclass(frozen=True)
class KeptList:
    """A list that was read and stored. `file`: where its lines are; `content`: digest of the upload."""

    file: str
    content: str
    shape: str
    sheet: Sheet


@dataclass(frozen=True)
class Shape:
    """How the lists of one kind are read.

    Attributes:
        most_rows: lines of a list, its headings included.
        too_short: what is said where no line follows the headings.
        known: headings that such lists have, as `same_word` writes them.
        tidy: makes one line a thing, where a system writes several; it reads at most `most_written` lines.
    """

    most_rows: int = MOST_ROWS
    too_short: Text = TOO_SHORT
    known: Collection[str] = ()
    tidy: Callable[[Sheet], Sheet] = lambda sheet: sheet
    most_written: int = MOST_ROWS


def keep_list(content: bytes, *, federation_id: int, of: Shape | None = None) -> KeptList:
    """Read the upload and store its lines, sealed. Raises BadInput on `file`."""
    of = of or Shape()
    read = read_sheet(content, most_rows=max(of.most_rows, of.most_written))
    return keep_sheet(read, hashlib.sha256(content).hexdigest(), federation_id=federation_id, of=of)


def keep_sheet(read: Sheet, content: str, *, federation_id: int, of: Shape) -> KeptList:
    """Store the lines of a list, sealed. `content`: digest of what it was read from. Raises BadInput on
    `file`."""
    sheet = of.tidy(table_of(read, of.known))
    if len(sheet.lines) > of.most_rows:
        raise too_many(of.most_rows)
    shape = shape_of(headings_of(sheet, too_short=of.too_short))
    said = asdict(sheet) | {"lines": [[line.number, line.cells] for line in sheet.lines]}
    sealed = vault.seal(json.dumps(said, ensure_ascii=False)).encode()
    stored = files.keep(sealed, SEALED, federation_id=federation_id)
    return KeptList(stored.digest, content, shape, sheet)


def read_list(file: str, *, federation_id: int) -> Sheet:
    """Return the lines that `keep_list` stored. Raises NotFound where they are gone."""
    said = json.loads(vault.unseal(files.read(file, federation_id=federation_id).decode()))
    lines = tuple(Line(number, tuple(cells)) for number, cells in said["lines"])
    hidden = Hidden(**{name: tuple(told) for name, told in said.get("hidden", {}).items()})
    others, aside = (tuple(said.get(name, ())) for name in ("others", "aside"))
    return Sheet(lines, said["encoding"], said["delimiter"], others, aside, hidden)


def remove_list(file: str, *, federation_id: int) -> None:
    """Erase the lines; doing it twice harms nothing."""
    files.remove(file, federation_id=federation_id)
