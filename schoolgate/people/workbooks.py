"""Read one workbook from standard input and write its first sheet as lines of JSON, in a separate process
(`core.outside.aside`). It imports nothing of the program."""

import io
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

MOST_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number: a longer one has lost its last."""
LONGEST = 2_000
"""Letters of a cell; what goes beyond is longer than anything that is asked for, and is cut there."""


def main(most_rows: int, most_columns: int) -> int:
    """Print one JSON list a row, at most `most_rows` and one more; returns the exit status."""
    for number, row in enumerate(_rows(sys.stdin.buffer.read())):
        if number > most_rows:
            break
        print(json.dumps([_text(cell)[:LONGEST] for cell in row[: most_columns + 1]]))
    return 0


def _rows(content: bytes) -> Iterator[list[Any]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_object(io.BytesIO(content))
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    yield from book.get_sheet_by_name(shown[0]).iter_rows() if shown else ()


def _text(cell: object) -> str:
    """Return the value as a person would write it into a CSV file: days as 2026-09-01, with the time
    of day where the cell has one, whole numbers without a point."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < MOST_EXACT else f"{cell:E}"
    return str(cell)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
