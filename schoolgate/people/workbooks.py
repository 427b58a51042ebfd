"""Read one workbook from standard input and write its first sheet as lines of JSON, in a separate process
(`core.outside.aside`). It imports nothing of the program."""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

MOST_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number: a longer one has lost its last."""
LONGEST = 2_000
"""Letters of a cell; what goes beyond is longer than anything that is asked for, and is cut there."""
MOST_TOLD = 200
"""Hidden rows, columns and sheets that are named."""
LARGEST_PART = 150_000_000
"""Bytes of one sheet, as it's unpacked: ten thousand rows have a tenth of that."""


def main(most_rows: int, most_columns: int) -> int:
    """Print what the workbook hides, then one JSON list a row, at most `most_rows` and one more; returns the
    exit status."""
    content = sys.stdin.buffer.read()
    name, rows, unread = _sheet(content)
    marks = _marks(content, name, most_rows)
    print(json.dumps({"rows": marks.rows, "columns": marks.columns, "sheets": unread[:MOST_TOLD]}))
    for number, row in enumerate(rows):
        if number > most_rows:
            break
        cells = enumerate(row[: most_columns + 1])
        print(json.dumps([_text(cell, marks.digits.get((number, at), 0))[:LONGEST] for at, cell in cells]))
    return 0


def _sheet(content: bytes) -> tuple[str, Iterator[list[Any]], list[str]]:
    """Return the first sheet that is shown, its rows, and the names of the others."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_object(io.BytesIO(content))
    sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    first = next((each.name for each in sheets if each.visible == SheetVisibleEnum.Visible), "")
    if not first:
        return "", iter(()), [each.name for each in sheets]
    found = book.get_sheet_by_name(first)
    # Its first columns may be empty, and cells are numbered with them; empty rows come by themselves.
    before = [""] * (found.start[1] if found.start else 0)
    rows = ([*before, *row] for row in found.iter_rows())
    return first, rows, [each.name for each in sheets if each.name != first]


class _Marks:
    """What the XML of a sheet says beside its values: what is hidden, and which numbers are shown with
    noughts in front. `digits`: row and column -> how many digits a number is shown with."""

    def __init__(self, noughts: dict[int, int], most_rows: int) -> None:
        self.rows: list[int] = []
        self.columns: list[str] = []
        self.digits: dict[tuple[int, int], int] = {}
        self._noughts, self._most = noughts, most_rows
        self._row = self._column = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self._row, self._column = int(given.get("r", self._row + 1)), 0
            if given.get("hidden") in ("1", "true") and len(self.rows) < MOST_TOLD:
                self.rows.append(self._row)
        elif tag == "c":
            self._column = _column_of(given["r"]) if "r" in given else self._column + 1
            shown = self._noughts.get(int(given.get("s", 0)), 0)
            if shown and self._row <= self._most + 1:
                self.digits[self._row - 1, self._column - 1] = shown
        elif tag == "col" and given.get("hidden") in ("1", "true"):
            first, last = int(given["min"]), int(given["max"])
            for number in range(first, min(last, first + MOST_TOLD - len(self.columns) - 1) + 1):
                self.columns.append(_letters(number))


def _marks(content: bytes, name: str, most_rows: int) -> _Marks:
    """Return the marks of a sheet of an xlsx file; none of another kind of file."""
    none = _Marks({}, most_rows)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return none
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        try:
            part = _part_of(parts, name)
            formats = _Formats()
            if "xl/styles.xml" in parts.namelist():
                _parse(parts, "xl/styles.xml", formats.start)
            found = _Marks(formats.noughts, most_rows)
            _parse(parts, part, found.start)
        except (KeyError, ValueError, expat.ExpatError, zipfile.BadZipFile):
            return none  # its values were read, and it says no more than that
    return found


class _Formats:
    """Reads which styles of cells show numbers with noughts in front. `noughts`: style -> digits."""

    def __init__(self) -> None:
        self.noughts: dict[int, int] = {}
        self._codes: dict[str, str] = {}
        self._cells, self._number = False, 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        tag = tag.rpartition(":")[2]
        if tag == "numFmt":
            self._codes[given["numFmtId"]] = given["formatCode"]
        elif tag in ("cellStyleXfs", "cellXfs"):
            self._cells = tag == "cellXfs"
        elif tag == "xf" and self._cells:
            code = self._codes.get(given.get("numFmtId", ""), "")
            if len(code) > 1 and not code.strip("0"):
                self.noughts[self._number] = min(len(code), 20)
            self._number += 1


def _part_of(parts: zipfile.ZipFile, name: str) -> str:
    """Return the name of the part with this sheet. Raises KeyError."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            number = next((value for key, value in given.items() if key.endswith(":id")), "")
            ids.setdefault(given["name"], number)

    def relation(_tag: str, given: dict[str, str]) -> None:
        if "Id" in given:
            targets[given["Id"]] = given.get("Target", "")

    _parse(parts, "xl/workbook.xml", sheet)
    _parse(parts, "xl/_rels/workbook.xml.rels", relation)
    target = targets[ids[name]]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _parse(parts: zipfile.ZipFile, name: str, start: Any) -> None:
    """Read one part as XML that declares no entities. Raises KeyError, ValueError, ExpatError."""
    if parts.getinfo(name).file_size > LARGEST_PART:
        raise ValueError(name)
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _no_doctype
    with parts.open(name) as part:
        parser.ParseFile(part)


def _no_doctype(*_given: Any) -> None:
    raise ValueError


def _column_of(place: str) -> int:
    """Return the number of the column of a cell such as AB12."""
    number = 0
    for letter in place.rstrip("0123456789")[:3].upper():
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    """Return a column as a spreadsheet letters it."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def _text(cell: object, digits: int) -> str:
    """Return the value as a person would write it into a CSV file: days as 2026-09-01, with the time
    of day where the cell has one, whole numbers without a point, and with as many `digits` as it's shown
    with."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)).zfill(digits) if abs(cell) < MOST_EXACT else f"{cell:E}"
    return str(cell)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
