"""Lists that were made elsewhere: CSV and workbooks to lines of text, and back to CSV that no program runs.

No database. A workbook is taken apart by a process of its own (`workbooks`), a CSV file here.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core import days
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.outside.aside import GaveUp, Reader

LARGEST = 10 * 1024 * 1024
"""Bytes of a file."""
MOST_ROWS = 10_000
"""Lines of a list, its headings included."""
MOST_COLUMNS = 100
TAKE_APART = Reader(
    Path(__file__).with_name("workbooks.py"), megabytes=768, seconds=15, most=40 * 1024 * 1024
)
"""What comes out of a workbook may be four times as long as the longest text that is taken."""
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How xlsx and ods begin, and xls."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run: only what we write is guarded against it."""
_CLOCK = re.compile(r" \d{1,2}:\d\d(?::\d\d)?$")
_DAYS = (("-", 0, 1, 2), ("/", 2, 1, 0), (".", 2, 1, 0))
"""How a day may be written, and the positions of year, month and day: 2026-09-01, 1/9/2026, 1.9.2026."""
FIRST_YEAR = 1900


@dataclass(frozen=True)
class Line:
    """One line with something in it, and its number as a spreadsheet counts them."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The lines of a list. `encoding`: how the text was written, "" for a workbook."""

    lines: tuple[Line, ...]
    encoding: str = ""
    delimiter: str = ""


def read_sheet(content: bytes, *, most_rows: int = MOST_ROWS, largest: int = LARGEST) -> Sheet:
    """Read an xlsx, xls or ods file (its first sheet that is shown) or a CSV file.

    Text is UTF-8, with or without its mark, UTF-16 with its mark, or else as spreadsheets on Windows write
    it (cp1252); comma, semicolon or tab between the columns, whichever the first line has most of. Raises
    BadInput on `file`.
    """
    if not content.strip():
        raise _refused(_("This file is empty."))
    if len(content) > largest:
        raise _refused(
            format_lazy(
                _("This file is larger than {number} MB. Split it, for example by school."),
                number=largest // 1024 // 1024,
            )
        )
    if content.startswith(WORKBOOKS):
        return Sheet(tuple(_lines(_of_workbook(content, most_rows), most_rows)))
    text, encoding = _decoded(content)
    delimiter = _delimiter(text)
    try:
        return Sheet(tuple(_lines(_of_text(text, delimiter), most_rows)), encoding, delimiter)
    except csv.Error:
        raise _refused(_("This file can’t be read as a list. A quotation mark isn’t closed.")) from None


def _lines(rows: Iterable[Sequence[str]], most_rows: int) -> Iterator[Line]:
    for number, row in enumerate(rows, start=1):
        if number > most_rows:
            raise _refused(
                format_lazy(
                    _("This list has more than {number} rows. Split it, for example by school."),
                    number=most_rows,
                )
            )
        if len(row) > MOST_COLUMNS:
            raise _refused(format_lazy(_("This list has more than {number} columns."), number=MOST_COLUMNS))
        cells = tuple(cell.strip() for cell in row)
        if any(cells):
            yield Line(number, cells)


def _of_text(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _of_workbook(content: bytes, most_rows: int) -> Iterator[list[str]]:
    try:
        found = TAKE_APART(content, most_rows, MOST_COLUMNS)
    except GaveUp:
        raise _refused(_("This file can’t be read. Save the sheet as CSV and choose that file.")) from None
    return (json.loads(line) for line in found.splitlines())


def _decoded(content: bytes) -> tuple[str, str]:
    """Return the text and how it was written. Raises BadInput."""
    if content.startswith(UTF_16):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise _refused(_("This file is not a CSV or Excel file. Save it as CSV or XLSX."))
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise _refused(_("The characters in this file can’t be read. Save it as CSV UTF-8."))


def _delimiter(text: str) -> str:
    """Return what the first line with something in it has most of, outside quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    return max(",;\t", key=outside.count)


def _refused(why: Text) -> BadInput:
    return BadInput({"file": why})


def same_word(words: str) -> str:
    """Return words normalised for comparison: ignoring capitals, spaces and ways of writing one letter."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def day_of(words: str) -> date | None:
    """Return the day that these words name, as people in Britain write it, or None: 1/9/2026 is the first of
    September. A time of day behind it doesn't count."""
    words = _CLOCK.sub("", words)
    for sign, year, month, day in _DAYS:
        parts = words.strip().split(sign)
        if len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
            try:
                found = days.day_of(int(parts[year]), int(parts[month]), int(parts[day]))
            except ValueError:
                return None
            return found if found.year > FIRST_YEAR else None
    return None


def is_formula(words: str) -> bool:
    """Return whether a spreadsheet would take these words for a formula."""
    return words.startswith(FORMULA)


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file that every spreadsheet opens; what would be a formula is plain text there."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        cells = ["" if cell is None else str(cell) for cell in row]
        writer.writerow([f"'{cell}" if is_formula(cell) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")
