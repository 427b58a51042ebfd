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
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core import days
from schoolgate.core.days import MONTHS
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.core.outside.texts import tell_apart

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
NO_LISTS = (b"{\\rtf", b"%PDF-")
"""How documents begin that may be nothing but ASCII."""
PAGES = ("<!doctype", "<html", "<head", "<body", "<table", "<style", "<meta", "<?xml", "<div")
"""How a report begins that a system wrote as a web page and called xls; spreadsheets open it."""
LONGEST_TAG = 20
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run: only what we write is guarded against it."""
_SEPARATOR = re.compile(r"sep=(;|,|\||\t|\\t|)", re.IGNORECASE)
"""What some programs write into the first line, for spreadsheets."""
_QUOTED = re.compile(r'"[^"]*"')
_BETWEEN = ",;\t|"
_TITLES = 30
"""Lines among which the first row with columns is looked for."""
_CLOCK = re.compile(r" \d{1,2}:\d\d(?::\d\d)?$")
_NAMED = re.compile(
    r"(?:[^\W\d_]{2,10}\.?,? )?(\d{1,2})(?:st|nd|rd|th|\.)?[ -]([^\W\d_]{3,12})\.?,?[ -](\d{4}|\d\d)",
    re.IGNORECASE,
)
"""A day with its month in words: 1 September 2026, Tue 01-Sep-2026, 01-Sep-26."""
_CENTURY = 70
"""From here on, years of two digits are of the last century."""
_DAYS = (("-", 0, 1, 2), ("/", 2, 1, 0), (".", 2, 1, 0))
"""How a day may be written, and the positions of year, month and day: 2026-09-01, 1/9/2026, 1.9.2026."""
FIRST_YEAR = 1900


@dataclass(frozen=True)
class Line:
    """One line with something in it, and its number as a spreadsheet counts them."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Hidden:
    """What a workbook doesn't show: numbers of rows, and columns by their letters; `sheets`: the names of
    those that aren't read, shown or not."""

    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The lines of a list. `encoding`: how the text was written, "" for a workbook; `others`: code pages in
    which it may be written as well, so that a person says which; `aside`: what stands above and below its
    table."""

    lines: tuple[Line, ...]
    encoding: str = ""
    delimiter: str = ""
    others: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    hidden: Hidden = Hidden()

    def read_as(self, encoding: str) -> Sheet:
        """Return the list as a person said that it's written. Raises ValueError where that can't be."""
        if encoding not in (self.encoding, *self.others):
            raise ValueError(encoding)
        again = partial(_again, self.encoding, encoding)
        lines = tuple(Line(line.number, tuple(map(again, line.cells))) for line in self.lines)
        return replace(self, lines=lines, encoding=encoding, others=(), aside=tuple(map(again, self.aside)))


def _again(read: str, written: str, words: str) -> str:
    return words if words.isascii() else _seen(words.encode(read).decode(written))


_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF])
"""Signs that no one sees and no spelling needs: copied along from web pages and messages."""


def _seen(words: str) -> str:
    """Return the words of a cell without signs that no one sees, each letter written as one."""
    return words if words.isascii() else unicodedata.normalize("NFC", words.translate(_UNSEEN)).strip()


def read_sheet(content: bytes, *, most_rows: int = MOST_ROWS, largest: int = LARGEST) -> Sheet:
    """Read an xlsx, xls or ods file (its first sheet that is shown) or a CSV file.

    How a text is written is told from its letters (`core.outside.texts`). Between its columns stands
    what its first line says (`sep=;`), or else comma, semicolon or tab, whichever the first line with some
    of them has most of. Raises BadInput on `file`.
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
        return _of_workbook(content, most_rows)
    told = None if content.lstrip().startswith(NO_LISTS) else tell_apart(content)
    if told is None:
        raise _refused(_("This file is not a CSV or Excel file. Save it as CSV or XLSX."))
    if told.text.lstrip("\ufeff \t\r\n")[:LONGEST_TAG].lower().startswith(PAGES):
        raise _refused(_("This file is a web page with another name. Open it in Excel and save it as XLSX."))
    delimiter, text = _delimiter(told.text)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        lines = tuple(_lines(rows, most_rows, blank=" \t\r\n" if told.others else None))
    except csv.Error:
        raise _refused(_("This file can’t be read as a list. A quotation mark isn’t closed.")) from None
    return Sheet(lines, told.encoding, delimiter, told.others)


def _lines(rows: Iterable[Sequence[str]], most_rows: int, blank: str | None = None) -> Iterator[Line]:
    for number, row in enumerate(rows, start=1):
        if number > most_rows:
            raise too_many(most_rows)
        if len(row) > MOST_COLUMNS:
            raise _refused(format_lazy(_("This list has more than {number} columns."), number=MOST_COLUMNS))
        # What may be a letter in another code page stays as it is.
        cells = tuple(cell.strip(blank) if blank else _seen(cell.strip()) for cell in row)
        if any(cells):
            yield Line(number, cells)


def _of_workbook(content: bytes, most_rows: int) -> Sheet:
    try:
        found = TAKE_APART(content, most_rows, MOST_COLUMNS)
    except GaveUp:
        raise _refused(_("This file can’t be read. Save the sheet as CSV and choose that file.")) from None
    *rows, told = map(json.loads, found.splitlines())
    hidden = Hidden(*(tuple(told[each]) for each in ("rows", "columns", "sheets")))
    return Sheet(tuple(_lines(rows, most_rows)), hidden=hidden)


def _delimiter(text: str) -> tuple[str, str]:
    """Return what stands between the columns, and the text without the line that says so. A title stands
    above many lists, so the first line with one of them counts."""
    first, end, rest = text.partition("\n")
    said = _SEPARATOR.fullmatch(first.strip('\ufeff\r\n "'))
    if said and end:
        # A spreadsheet doesn't show that line, and numbers the others without it.
        return ("\t" if said[1] in ("\\t", "\t", "") else said[1]), rest
    for line in text.splitlines()[:_TITLES]:
        outside = _QUOTED.sub("", line)
        if any(sign in outside for sign in _BETWEEN):
            return max(_BETWEEN, key=outside.count), text
    return _BETWEEN[0], text


def too_many(most_rows: int) -> BadInput:
    """Return the refusal of a list with more lines than are taken."""
    said = _("This list has more than {number} rows. Split it, for example by school.")
    return _refused(format_lazy(said, number=most_rows))


def _refused(why: Text) -> BadInput:
    return BadInput({"file": why})


def same_word(words: str) -> str:
    """Return words normalised for comparison: ignoring capitals, spaces and ways of writing one letter."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def day_of(words: str) -> date | None:
    """Return the day that these words name, as people in Britain write it, or None: 1/9/2026 is the first of
    September. A time of day behind it doesn't count."""
    words = _CLOCK.sub("", words).strip()
    if (named := _NAMED.fullmatch(words)) and (number := MONTHS.get(named[2].casefold())):
        year = int(named[3])
        whole = year if year > 99 else year + (1900 if year >= _CENTURY else 2000)
        return _day(whole, number, int(named[1]))
    for sign, year, month, day in _DAYS:
        parts = words.split(sign)
        if len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
            return _day(int(parts[year]), int(parts[month]), int(parts[day]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = days.day_of(year, month, day)
    except ValueError:
        return None
    return found if found.year > FIRST_YEAR else None


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
