"""Workbooks and calendars that were made to fill the machine: refused in little memory."""

import io
import zipfile
from datetime import date

import pytest

from schoolgate.core.errors import BadInput
from schoolgate.people.sheets import read_sheet
from schoolgate.people.term_dates import LARGEST, MOST_LINES, read_term_dates
from tests.documents import with_text
from tests.limited import in_limits
from tests.people import workbooks

READ = """
import sys
from django.conf import settings
settings.configure(USE_I18N=False)
from schoolgate.core.errors import BadInput
from schoolgate.people.sheets import read_sheet
from schoolgate.people.term_dates import read_term_dates
from datetime import date
for name in sys.argv[2:]:
    content = open(name, "rb").read()
    try:
        if sys.argv[1] == "sheet":
            print(len(read_sheet(content).lines), flush=True)
        else:
            print(len(read_term_dates(content, on=date(2027, 1, 1)).terms), flush=True)
    except BadInput as error:
        print("refused", *error.fields, flush=True)
"""


def of_one_text(text: str, rows: int, columns: int) -> bytes:
    """A workbook whose cells all name the same text, which stands in it once."""
    cells = '<c t="s"><v>0</v></c>' * columns
    out = io.BytesIO(workbooks.workbook(f"<row>{cells}</row>" * rows))
    related = workbooks._PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{workbooks._OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
    )
    whole = io.BytesIO()
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, related if name.endswith("workbook.xml.rels") else before.read(name))
        after.writestr(
            "xl/sharedStrings.xml", f'<sst xmlns="{workbooks._SHEETS}"><si><t>{text}</t></si></sst>'
        )
    return whole.getvalue()


def test_a_small_workbook_of_two_gigabytes_of_text_is_refused(tmp_path):
    bomb = of_one_text("é" * 2000, 800, 100)
    assert len(bomb) < 50_000
    (tmp_path / "list.xlsx").write_bytes(bomb)

    assert in_limits(READ, "sheet", str(tmp_path / "list.xlsx"), megabytes=900, seconds=20) == "refused file"


def test_a_workbook_whose_cells_share_a_text_is_read():
    assert read_sheet(of_one_text("Siân Rees", 20, 3)).lines[19].cells == ("Siân Rees",) * 3


def test_a_workbook_with_entities_of_its_own_is_refused_and_no_letters_are_lost(tmp_path):
    lols = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    named = f'<sst xmlns="{workbooks._SHEETS}"><si><t>Ann &l11; Lee</t></si></sst>'
    text = f'<!DOCTYPE d [<!ENTITY l0 "lol">{lols}]>{named}'
    bomb = with_text(of_one_text("Ann Lee", 1, 1), "xl/sharedStrings.xml", text)
    (tmp_path / "list.xlsx").write_bytes(bomb)

    assert in_limits(READ, "sheet", str(tmp_path / "list.xlsx"), megabytes=900, seconds=20) == "refused file"


def calendar(*lines: bytes) -> bytes:
    event = (
        b"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270105\r\nDTEND;VALUE=DATE:20270326\r\nSUMMARY:Spring term\r\n"
    )
    return b"BEGIN:VCALENDAR\r\n" + event + b"\r\n".join(lines) + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


ROOM = LARGEST // 4
CALENDARS = {
    "one line": [b"X-A:" + b"x" * ROOM],
    "folds": [b"X-A:" + b"x\r\n " * (ROOM // 4)],
    "escapes": [b"DESCRIPTION:" + b"\\" * ROOM],
    "quotation marks": [b"X-A;B=" + b'"' * (ROOM - 10) + b":x"],
    "parameters": [b"X-A" + b";B=c" * (ROOM // 5) + b":x"],
    "values": [b"X-A;B=" + b"c," * (ROOM // 3) + b"c:x"],
    "lines": [b"A:1"] * (ROOM // 6),
    "lines that are none": [b"zz"] * (ROOM // 5),
    "days": [b"RDATE:" + b",".join([b"20270101T000000Z"] * (ROOM // 18))],
    "figures": [b"PRIORITY:" + b"1" * ROOM],
    "a duration": [b"DURATION:P" + b"1" * ROOM + b"D"],
    "events": [b"BEGIN:VEVENT"] * 1900 + [b"END:VEVENT"] * 1900,
}


def test_a_calendar_that_was_made_to_keep_us_busy_does_not(tmp_path):
    """A quarter of the largest each, and one of the dearest kind as large as can be."""
    given = {name: calendar(*lines) for name, lines in CALENDARS.items()}
    given["the largest"] = calendar(b"X-A" + b";B=c" * ((LARGEST - 500) // 4) + b":x")
    for name, content in given.items():
        assert len(content) <= LARGEST
        (tmp_path / name).write_bytes(content)

    said = in_limits(READ, "calendar", *(str(tmp_path / name) for name in given)).splitlines()
    assert dict(zip(given, said, strict=True)).keys() == given.keys()
    assert set(said) <= {"1", "refused file"}


@pytest.mark.parametrize(("lines", "taken"), [(MOST_LINES, True), (MOST_LINES + 1, False)])
def test_a_calendar_is_read_up_to_so_many_lines(lines, taken):
    content = calendar(b"X-A:1")
    content += b"\r\n" * (lines - content.count(b"\n"))
    if taken:
        assert len(read_term_dates(content, on=date(2027, 1, 1)).terms) == 1
    else:
        with pytest.raises(BadInput):
            read_term_dates(content, on=date(2027, 1, 1))


def test_a_calendar_is_read_up_to_its_largest_size_and_no_further():
    fits = calendar(b"X-A:1").ljust(LARGEST, b" ")
    assert len(read_term_dates(fits, on=date(2027, 1, 1)).terms) == 1
    with pytest.raises(BadInput):
        read_term_dates(fits + b" ", on=date(2027, 1, 1))
