"""Workbooks of other kinds than xlsx, written part by part: OpenDocument (ods) and Excel 97 (xls).

Rows as in `files_from_schools.book`: number, whether hidden, cells as column, kind and value."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence
from xml.sax.saxutils import escape

from tests.compound import compound

Rows = Sequence[tuple[int, bool, Sequence[tuple[str, str, str]]]]


def ods(sheets: Mapping[str, Rows], *, hidden_columns: Collection[int] = (), by: str = "filter") -> bytes:
    """An ods file; `by`: how its rows are hidden, by a filter or by hand (`collapse`). What follows its last
    row is hidden too, as where someone hid the rest of the sheet."""
    tables = "".join(_table(name, rows, hidden_columns, by) for name, rows in sheets.items())
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content{spaces} office:version="1.2"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        folder.writestr("mimetype", kind)
        folder.writestr("content.xml", content)
        folder.writestr("META-INF/manifest.xml", listed)
    return out.getvalue()


def _table(name: str, rows: Rows, hidden_columns: Collection[int], by: str) -> str:
    columns = "".join(
        '<table:table-column table:visibility="collapse"/>'
        if n in hidden_columns
        else "<table:table-column/>"
        for n in range(1, 9)
    )
    parts, last = [], 0
    for number, hidden, cells in rows:
        if number > last + 1:
            parts.append(f'<table:table-row table:number-rows-repeated="{number - last - 1}"/>')
        seen = f' table:visibility="{by}"' if hidden else ""
        parts.append(f"<table:table-row{seen}>{''.join(_cells(cells))}</table:table-row>")
        last = number
    rest = f'<table:table-row table:visibility="collapse" table:number-rows-repeated="{1048576 - last}"/>'
    return f'<table:table table:name="{name}">{columns}{"".join(parts)}{rest}</table:table>'


def _cells(cells: Sequence[tuple[str, str, str]]) -> list[str]:
    found, last = [], 0
    for column, kind, value in cells:
        place = ord(column) - 64
        if place > last + 1:
            found.append(f'<table:table-cell table:number-columns-repeated="{place - last - 1}"/>')
        last = place
        of = (
            'office:value-type="string"'
            if kind == "s"
            else f'office:value-type="float" office:value="{value}"'
        )
        shown = value.zfill(6) if kind == "0" else escape(value)
        found.append(f"<table:table-cell {of}><text:p>{shown}</text:p></table:table-cell>")
    return found


def xls(sheets: Mapping[str, Rows], *, hidden_columns: Collection[int] = ()) -> bytes:
    """An xls file of Excel 97."""
    bodies = [_sheet(rows, hidden_columns if rows else ()) for rows in sheets.values()]
    code = "000000"
    before = [
        _record(0x809, struct.pack("<4H8x", 0x600, 5, 0, 0)),
        _record(0x41E, struct.pack("<HHB", 164, len(code), 0) + code.encode()),
        _record(0xE0, struct.pack("<HH16x", 0, 0)),
        _record(0xE0, struct.pack("<HH16x", 0, 164)),
    ]
    names = [struct.pack("<BB", len(name), 0) + name.encode() for name in sheets]
    begins = sum(map(len, before)) + sum(4 + 6 + len(name) for name in names) + 4
    listed = []
    for name, body in zip(names, bodies, strict=True):
        listed.append(_record(0x85, struct.pack("<IH", begins, 0) + name))
        begins += len(body)
    return compound({"Workbook": b"".join([*before, *listed, _record(0x0A, b""), *bodies])})


def _sheet(rows: Rows, hidden_columns: Collection[int]) -> bytes:
    parts = [_record(0x809, struct.pack("<4H8x", 0x600, 0x10, 0, 0))]
    parts += [_record(0x7D, struct.pack("<5H2x", n - 1, n - 1, 2048, 0, 1)) for n in hidden_columns]
    parts.append(_record(0x200, struct.pack("<IIHHH", 0, max((n for n, *_ in rows), default=0), 0, 8, 0)))
    for number, hidden, _cells in rows:
        parts.append(_record(0x208, struct.pack("<6HI", number - 1, 0, 8, 255, 0, 0, 0x20 if hidden else 0)))
    for number, _hidden, cells in rows:
        for column, kind, value in cells:
            place = struct.pack("<3H", number - 1, ord(column) - 65, int(kind == "0"))
            if kind == "s":
                text = value.encode("utf-16-le")
                parts.append(_record(0x204, place + struct.pack("<HB", len(value), 1) + text))
            else:
                parts.append(_record(0x203, place + struct.pack("<d", float(value))))
    return b"".join([*parts, _record(0x0A, b"")])


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<2H", kind, len(body)) + body
