"""Sheets of paper as PDF, tagged for screen readers, and workbooks (XLSX) of plain sheets: the same bytes for
the same words."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from xml.sax.saxutils import escape, quoteattr

from schoolgate.core.days import stored_instant

TEMPLATES = Path(__file__).with_name("typst")


def pdf_of(template: str, form: Mapping[str, Any], *, at: datetime) -> bytes:
    """Typeset `form` (JSON) with the template `typst/<template>.typ`; `at` (aware) is printed as the date
    made.

    What people wrote is passed as text and cannot become markup. The sheet meets PDF/UA-1. Where a letter is
    missing from all fonts of this machine, the PDF is still tagged, but may not claim to meet PDF/UA-1.
    """
    import typst  # here: seven megabytes that few processes need

    given: dict[str, Any] = {
        "input": TEMPLATES / f"{template}.typ",
        "root": TEMPLATES,
        "format": "pdf",
        "sys_inputs": {"form": json.dumps(form, ensure_ascii=False)},
        "timestamp": int(at.timestamp()),
    }
    try:
        return cast("bytes", typst.compile(pdf_standards=["ua-1"], **given))
    except typst.TypstError:
        return cast("bytes", typst.compile(**given))


def pdf_apart(template: str, form: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the same, typeset in a process of its own: the typesetter keeps what it did in memory, up to a
    gigabyte over many large sheets. Raises RuntimeError where that process fails."""
    done = subprocess.run(
        [sys.executable, "-m", "schoolgate.core.documents", template, at.isoformat()],
        input=json.dumps(form, ensure_ascii=False).encode(), capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"typesetting {template} ended with {done.returncode}")
    return done.stdout


Cell = str | int | None
MADE = (1980, 1, 1, 0, 0, 0)
LONGEST_NAME = 31
"""Characters of a sheet's name that Excel takes (ECMA-376, part 1, 18.2.19)."""
LONGEST_CELL = 32_767
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OF_PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf fontId="0" xfId="0"/><xf fontId="1" xfId="0" applyFont="1"/></cellXfs>'
    "</styleSheet>"
)  # fmt: skip


def write_workbook(sheets: Sequence[tuple[str, Sequence[Sequence[Cell]]]]) -> bytes:
    """Return a workbook with these sheets; the first row of each is its heading.

    Raises ValueError for none.
    """
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    names = _names([name for name, _rows in sheets])
    numbers = range(1, len(sheets) + 1)
    related = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(names),
        "xl/_rels/workbook.xml.rels": _relations([*related, ("styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
        **{
            f"xl/worksheets/sheet{number}.xml": _sheet(rows)
            for number, (_name, rows) in enumerate(sheets, start=1)
        },
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(zipfile.ZipInfo(name, MADE), _HEAD + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _names(given: Sequence[str]) -> list[str]:
    """Names as Excel takes them: short, without its signs, each once whatever its capitals."""
    found: list[str] = []
    for name in given:
        plain = _NOT_IN_NAMES.sub(" ", _NOT_IN_XML.sub("", name)).strip("' ")[:LONGEST_NAME] or "Sheet"
        fresh, number = plain, 2
        while fresh.casefold() in {each.casefold() for each in found}:
            end = f" {number}"
            fresh, number = plain[: LONGEST_NAME - len(end)] + end, number + 1
        found.append(fresh)
    return found


def _content_types(numbers: range) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(to: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OF_PARTS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(to, start=1)
    )
    return f'<Relationships xmlns="{_PARTS}">{lines}</Relationships>'


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OF_PARTS}"><sheets>{sheets}</sheets></workbook>'


def _sheet(rows: Sequence[Sequence[Cell]]) -> str:
    lines = "".join(
        f"<row>{''.join(_cell(cell, head=not number) for cell in row)}</row>"
        for number, row in enumerate(rows)
    )
    cols = '<cols><col min="1" max="1" width="60" customWidth="1"/></cols>'
    return f'<worksheet xmlns="{_MAIN}">{cols}<sheetData>{lines}</sheetData></worksheet>'


def _cell(cell: Cell, *, head: bool) -> str:
    style = ' s="1"' if head else ""
    if cell is None or cell == "":
        return f"<c{style}/>"
    if isinstance(cell, int):
        return f"<c{style}><v>{int(cell)}</v></c>"
    text = escape(_NOT_IN_XML.sub("", cell)[:LONGEST_CELL])
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'


if __name__ == "__main__":
    sys.stdout.buffer.write(pdf_of(sys.argv[1], json.load(sys.stdin.buffer), at=stored_instant(sys.argv[2])))
