"""The lines of a list, sealed in the federation's store from the upload to the confirmation.

All of it is file work: call it before a scope is opened, or once it is closed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from schoolgate.core import files, vault
from schoolgate.core.errors import Text
from schoolgate.people.lists.columns import headings_of, shape_of
from schoolgate.people.sheets import MOST_ROWS, Line, Sheet, read_sheet

SEALED = "application/octet-stream"
TOO_SHORT = _("The list needs a row of headings, and a row for each person below.")


@dataclass(frozen=True)
class KeptList:
    """A list that was read and stored. `file`: where its lines are; `content`: digest of the upload."""

    file: str
    content: str
    shape: str
    sheet: Sheet


def keep_list(
    content: bytes, *, federation_id: int, most_rows: int = MOST_ROWS, too_short: Text = TOO_SHORT
) -> KeptList:
    """Read the upload and store its lines, sealed. Raises BadInput on `file`; `too_short` is the message
    where no line follows the headings."""
    sheet = read_sheet(content, most_rows=most_rows)
    shape = shape_of(headings_of(sheet, too_short=too_short))
    said = {
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "lines": [[line.number, line.cells] for line in sheet.lines],
    }
    sealed = vault.seal(json.dumps(said, ensure_ascii=False)).encode()
    stored = files.keep(sealed, SEALED, federation_id=federation_id)
    return KeptList(stored.digest, hashlib.sha256(content).hexdigest(), shape, sheet)


def read_list(file: str, *, federation_id: int) -> Sheet:
    """Return the lines that `keep_list` stored. Raises NotFound where they are gone."""
    said = json.loads(vault.unseal(files.read(file, federation_id=federation_id).decode()))
    lines = tuple(Line(number, tuple(cells)) for number, cells in said["lines"])
    return Sheet(lines, said["encoding"], said["delimiter"])


def remove_list(file: str, *, federation_id: int) -> None:
    """Erase the lines; doing it twice harms nothing."""
    files.remove(file, federation_id=federation_id)
