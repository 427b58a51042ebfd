"""Read one workbook from standard input and write its first sheet as lines of JSON, in a separate process
(`core.outside.aside`). It imports nothing of the program."""

import io
import json
import struct
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
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
MOST_COLUMNS = 1_000
"""Columns of which anything is noted; no list has a tenth of them."""
ZIP = b"PK"
ODS = "content.xml"
ODS_CELLS = ("table:table-cell", "table:covered-table-cell")
ODS_HIDDEN = ("collapse", "filter")
BOF, EOF, FORMAT, XF, BOUNDSHEET = 0x809, 0x0A, 0x41E, 0xE0, 0x85
ROW, COLINFO, MULRK = 0x208, 0x7D, 0xBD
NUMBERS = (0x203, 0x27E, 0x06)
"""The records of an xls file: a number, a short one, and what a formula came to."""


def main(most_rows: int, most_columns: int) -> int:
    """Print one JSON list a row, at most `most_rows` and one more, then what the workbook hides; returns the
    exit status."""
    content = sys.stdin.buffer.read()
    sheet, rows, unread = _sheet(content)
    marks = _marks(content, sheet, most_rows)
    said_rows: set[int] = set()
    said_columns: set[int] = set()
    for number, row in enumerate(rows):
        if number > most_rows:
            break
        cells = enumerate(row[: most_columns + 1])
        texts = [_text(cell, marks.digits.get((number, at), 0))[:LONGEST] for at, cell in cells]
        said = {at for at, text in enumerate(texts) if text.strip()}
        said_columns |= said
        said_rows |= {number} if said else set()
        print(json.dumps(texts))
    hidden: dict[str, list[Any]] = {
        "rows": [number + 1 for number in sorted(marks.rows & said_rows)],
        "columns": [_letters(number + 1) for number in sorted(marks.columns & said_columns)],
        "sheets": unread,
    }
    print(json.dumps({name: told[:MOST_TOLD] for name, told in hidden.items()}))
    return 0


def _sheet(content: bytes) -> tuple[int, Iterator[list[Any]], list[str]]:
    """Return the place of the first sheet that is shown, its rows, and the names of the others."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_object(io.BytesIO(content))
    sheets = {
        place: each for place, each in enumerate(book.sheets_metadata) if each.typ == SheetTypeEnum.WorkSheet
    }
    place = next((at for at, each in sheets.items() if each.visible == SheetVisibleEnum.Visible), -1)
    if place < 0:
        return place, iter(()), [each.name for each in sheets.values()]
    found = book.get_sheet_by_index(place)
    # Its first columns may be empty, and cells are numbered with them; empty rows come by themselves.
    before = [""] * (found.start[1] if found.start else 0)
    rows = ([*before, *row] for row in found.iter_rows())
    return place, rows, [each.name for at, each in sheets.items() if at != place]


@dataclass
class _Marks:
    """What a workbook says beside its values: rows and columns that are hidden or filtered out, and which
    numbers are shown with noughts in front, all counted from 0. `digits`: row and column -> how many digits a
    number is shown with."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    digits: dict[tuple[int, int], int] = field(default_factory=dict)


def _marks(content: bytes, sheet: int, most_rows: int) -> _Marks:
    """Return the marks of a sheet; none where they can't be read: its values were, and it says no more."""
    try:
        if not content.startswith(ZIP):
            return _of_xls(content, sheet, most_rows)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            is_open = ODS in parts.namelist()
            return (_of_ods if is_open else _of_xlsx)(parts, sheet, most_rows)
    except (KeyError, ValueError, IndexError, OSError, struct.error, expat.ExpatError, zipfile.BadZipFile):
        return _Marks()


def _of_xlsx(parts: zipfile.ZipFile, sheet: int, most_rows: int) -> _Marks:
    formats = _Formats()
    if "xl/styles.xml" in parts.namelist():
        _parse(parts, "xl/styles.xml", formats.start)
    reads = _Rows(formats.noughts, most_rows)
    _parse(parts, _part_of(parts, sheet), reads.start)
    return reads.marks


class _Rows:
    """Reads the XML of a sheet of an xlsx file. `noughts`: style -> digits."""

    def __init__(self, noughts: dict[int, int], most_rows: int) -> None:
        self.marks = _Marks()
        self._noughts, self._most = noughts, most_rows
        self._row = self._column = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self._row, self._column = int(given.get("r", self._row + 1)), 0
            if given.get("hidden") in ("1", "true") and self._row <= self._most:
                self.marks.rows.add(self._row - 1)
        elif tag == "c":
            self._column = _column_of(given["r"]) if "r" in given else self._column + 1
            shown = self._noughts.get(int(given.get("s", 0)), 0)
            if shown and self._row <= self._most:
                self.marks.digits[self._row - 1, self._column - 1] = shown
        elif tag == "col" and given.get("hidden") in ("1", "true"):
            self.marks.columns.update(_between(int(given["min"]) - 1, int(given["max"])))


def _of_ods(parts: zipfile.ZipFile, sheet: int, most_rows: int) -> _Marks:
    reads = _Tables(sheet, most_rows)
    _parse(parts, ODS, reads.start, reads.end, reads.data)
    return reads.marks


class _Tables:
    """Reads the XML of an ods file: one of its tables, whose cells have the words that they show."""

    def __init__(self, sheet: int, most_rows: int) -> None:
        self.marks = _Marks()
        self._sheet, self._most = sheet, most_rows
        self._table, self._inside = -1, 0
        self._row = self._column = self._of_columns = 0
        self._again = 1
        self._shown: list[str] | None = None

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        named = {name.rpartition(":")[2]: value for name, value in given.items()}
        if tag == "table:table":
            self._table, self._inside = self._table + (not self._inside), self._inside + 1
        if self._table != self._sheet or self._inside != 1:
            return
        if tag == "table:table-column":
            again = int(named.get("number-columns-repeated", 1))
            if named.get("visibility") in ODS_HIDDEN:
                self.marks.columns.update(_between(self._of_columns, self._of_columns + again))
            self._of_columns += again
        elif tag == "table:table-row":
            self._column, self._again = 0, int(named.get("number-rows-repeated", 1))
            if named.get("visibility") in ODS_HIDDEN:
                self.marks.rows.update(range(self._row, min(self._row + self._again, self._most)))
        elif tag in ODS_CELLS:
            self._shown = [] if named.get("value-type") == "float" else None
            self._cells = int(named.get("number-columns-repeated", 1))

    def data(self, text: str) -> None:
        """Words."""
        if self._shown is not None:
            self._shown.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "table:table":
            self._inside -= 1
        if self._table != self._sheet or self._inside != 1:
            return
        if tag == "table:table-row":
            self._row += self._again
        elif tag in ODS_CELLS:
            shown = "".join(self._shown or ()).strip()
            if len(shown) > 1 and shown[0] == "0" and shown.isdigit():
                for row in range(self._row, min(self._row + self._again, self._most)):
                    for column in _between(self._column, self._column + self._cells):
                        self.marks.digits[row, column] = len(shown)
            self._column, self._shown = self._column + self._cells, None


def _of_xls(content: bytes, sheet: int, most_rows: int) -> _Marks:
    from olefile import OleFileIO  # type: ignore[import-untyped]

    with OleFileIO(content) as parts:
        name = next(each for each in ("Workbook", "Book") if parts.exists(each))
        stream = parts.openstream(name).read()
    codes: dict[int, str] = {}
    styles: list[int] = []
    begins: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == FORMAT:
            letters = body[5:] if name == "Workbook" else body[3:]
            codes[int.from_bytes(body[:2], "little")] = letters.replace(b"\0", b"").decode("latin-1")
        elif kind == XF:
            styles.append(int.from_bytes(body[2:4], "little"))
        elif kind == BOUNDSHEET:
            begins.append(int.from_bytes(body[:4], "little"))
    noughts = {at: shown for at, code in enumerate(styles) if (shown := _noughts_of(codes.get(code, "")))}
    marks = _Marks()
    for kind, body in _records(stream, begins[sheet]):
        first, second, style = struct.unpack_from("<3H", body.ljust(6, b"\0"))
        if kind == ROW and first < most_rows and struct.unpack_from("<H", body, 12)[0] & 0x20:
            marks.rows.add(first)
        elif kind == COLINFO and struct.unpack_from("<H", body, 8)[0] & 1:
            marks.columns.update(_between(first, second + 1))
        elif kind == MULRK and first < most_rows:
            for at in range((len(body) - 6) // 6):
                if digits := noughts.get(int.from_bytes(body[4 + at * 6 : 6 + at * 6], "little")):
                    marks.digits[first, second + at] = digits
        elif kind in NUMBERS and first < most_rows and style in noughts:
            marks.digits[first, second] = noughts[style]
    return marks


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of a xls file, without those of what is within it, such as a chart."""
    within = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        within += (kind == BOF) - (kind == EOF)
        if within == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        if within < 1:
            return
        at += 4 + length


def _between(first: int, last: int) -> range:
    """Return columns, as far as any are read."""
    return range(first, min(last, MOST_COLUMNS))


def _noughts_of(code: str) -> int:
    """Return with how many digits a format shows a number; 0 where it shows it as it is."""
    return min(len(code), 20) if len(code) > 1 and not code.strip("0") else 0


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
            if shown := _noughts_of(code):
                self.noughts[self._number] = shown
            self._number += 1


def _part_of(parts: zipfile.ZipFile, sheet: int) -> str:
    """Return the name of the part with this sheet. Raises KeyError, IndexError."""
    ids: list[str] = []
    targets: dict[str, str] = {}

    def listed(tag: str, given: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            ids.append(next((value for key, value in given.items() if key.endswith(":id")), ""))

    def relation(_tag: str, given: dict[str, str]) -> None:
        if "Id" in given:
            targets[given["Id"]] = given.get("Target", "")

    _parse(parts, "xl/workbook.xml", listed)
    _parse(parts, "xl/_rels/workbook.xml.rels", relation)
    target = targets[ids[sheet]]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _parse(parts: zipfile.ZipFile, name: str, start: Any, end: Any = None, data: Any = None) -> None:
    """Read one part as XML that declares no entities. Raises KeyError, ValueError, ExpatError."""
    if parts.getinfo(name).file_size > LARGEST_PART:
        raise ValueError(name)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = data
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
    if isinstance(cell, int | float) and float(cell).is_integer():
        return str(int(cell)).zfill(digits) if abs(cell) < MOST_EXACT else f"{cell:E}"
    return str(cell)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
