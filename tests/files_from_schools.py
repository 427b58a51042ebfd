"""Files as schools' systems write them, made here: one function a system, with invented people.

The shapes are those of the systems' own exports (titles, headings, encodings, dates), never a copy of a file.
"""

from __future__ import annotations

import base64
import csv
import io
import quopri
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from tests.other_workbooks import ods, xls
from tests.people.workbooks import _PARTS, _SHEETS

Row = Sequence[str]


def _text(rows: Iterable[Row], *, between: str = ",", ends: str = "\r\n", all_quoted: bool = False) -> str:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=between, lineterminator=ends, quoting=quoting).writerows(rows)
    return out.getvalue()


def sims(*, written: str = "cp1252") -> bytes:
    """A report of SIMS as CSV: a title, a day of printing, the headings again on the second page, a count at
    the end, days with the month in words, and the letters of Windows."""
    head = ["UPN", "Adno", "Legal Forename", "Legal Surname", "Reg", "DOB", "Photo consent", "Name in posts"]
    rows = [
        ["Oakwood School - Consents", "", "", "", "", "", "", ""],
        ["Printed:", "20/11/2026", "", "", "", "", "", ""],
        [],
        head,
        ["A820200001001", "004512", "Siân", "O’Brien", "4B", "01 Sep 2016", "Y", "N"],
        ["A820200001002", "004513", "Zoë", "Müller", "4B", "12-Mar-2016", "Y", "N/A"],
        head,
        ["A820200001003", "004514", "José", "Núñez", "-", "3 May 2015", "N", ""],
        ["Count: 3", "", "", "", "", "", "", ""],
    ]
    return _text(rows).encode(written)


def arbor() -> bytes:
    """A table of Arbor as CSV: one consent a row, UTF-8 with its mark, every cell in quotation marks."""
    head = ["UPN", "First name", "Last name", "Date of birth", "Consent type", "Consent status", "Date"]
    ava = ["A820200001001", "Ava", "Thomas", "01/09/2016"]
    tom = ["A820200001002", "Łukasz", "Wiśniewski", "02/09/2016"]
    rows = [
        head,
        [*ava, "Photos online", "Given", "04/09/2026"],
        [*ava, "Video", "Refused", "04/09/2026"],
        [*tom, "Photos online", "Given", "05/09/2026"],
        [*tom, "Photos online", "Refused", "06/09/2026"],
        [*tom, "Trips", "Given", "05/09/2026"],
    ]
    return _text(rows, all_quoted=True).encode("utf-8-sig")


def bromcom() -> bytes:
    """A report of Bromcom as CSV: `sep=;`, semicolons, two rows of headings as merged cells leave them."""
    rows = [
        ["Admission Number", "Forename", "Surname", "Photographs", "", "Film", ""],
        ["", "", "", "Website", "Social media", "Website", "Social media"],
        ["000123", "Mali", "Huws", "Yes", "No", "Yes", "No"],
        ["000124", "Tomos", "Ellis", "Yes", "Yes", "none", "none"],
    ]
    return b"sep=;\r\n" + _text(rows, between=";").encode("utf-8-sig").removeprefix(b"\xef\xbb\xbf")


_COMPASS = [
    (1, False, [("A", "s", "Consents 2026")]),
    (3, False, [("A", "s", "Pupil Number"), ("B", "s", "First Name"), ("C", "s", "Last Name"),
                ("D", "s", "Notes"), ("E", "s", "Images")]),
    (4, False, [("A", "0", "4512"), ("B", "s", "Ava"), ("C", "s", "Thomas"), ("D", "s", "= see office"),
                ("E", "s", "Yes")]),
    (5, True, [("A", "0", "4513"), ("B", "s", "Noor"), ("C", "s", "Ali"), ("E", "s", "No")]),
]  # fmt: skip


def compass(kind: str = "xlsx") -> bytes:
    """A workbook of Compass: a title, numbers that are shown with noughts in front, a hidden row and
    column, a filter, a second sheet and a third. `kind`: what it was saved as."""
    sheets = {"Pupils": _COMPASS, "Leavers": [], "Codes": []}
    if kind == "xlsx":
        return book(sheets, hidden_columns=[4], states={"Codes": "hidden"}, filtered="A3:E5")
    return (ods if kind == "ods" else xls)(sheets, hidden_columns=[4])


def mac(*, ends: str = "\r") -> bytes:
    """A list that an old Mac saved."""
    rows = [["UPN", "Forename", "Surname", "Photos"], ["A1", "Siân", "Rees", "Yes"]]
    return _text(rows, ends=ends).encode("mac_roman")


def pages() -> bytes:
    """A report of SIMS with numbers of pages between its rows, and the pupil's name in one column."""
    rows = [
        ["Student", "UPN", "Admission No", "Roll Class", "Birth Date", "Consents: Social media"],
        ["O’Brien, Siân", "A820200001001", "004512", "4B", "14-Mar-16", "Yes"],
        ["Page 1 of 2", "", "", "", "", ""],
        ["Nowak-Lewis, Ana Maria", "A820200001002", "004513", "01-Apr", "15-Mar-16", "No"],
        ["Thomas", "A820200001003", "004514", "2026-04-03", "16-Mar-16", "No"],
        ["Tudalen 2 o 2", "", "", "", "", ""],
    ]
    return _text(rows).encode("cp1252")


def on_roll() -> bytes:
    """A list with a pupil's one consent in a row, and beside it whether the pupil is on roll."""
    rows = [
        ["UPN", "Forename", "Surname", "Consent", "Status"], ["A1", "Ava", "Thomas", "Yes", "On roll"],
        ["A2", "Tom", "Ellis", "No", "On roll"], ["A3", "Noor", "Ali", "n/a", "On roll"],
    ]  # fmt: skip
    return _text(rows).encode()


def american() -> bytes:
    """A list from a program that is set to the United States: the month comes first."""
    rows = [
        ["UPN", "Forename", "Surname", "DOB"], ["A1", "Ava", "Thomas", "9/23/2016"],
        ["A2", "Tom", "Ellis", "4/5/2016"],
    ]  # fmt: skip
    return _text(rows).encode()


def lost_letters() -> bytes:
    """A list that went through a program without Polish letters, and another that read UTF-8 as Windows'."""
    rows = [
        ["UPN", "Forename", "Surname"], ["A1", "?ukasz", "Nowak"], ["A2", "SiÃ¢n", "Rees"],
        ["A3", "Ren\ufffde", "Dubois"], ["A4", "Ava", "Thomas"],
    ]  # fmt: skip
    return _text(rows).encode()


Cells = Sequence[tuple[str, str, str]]


def book(
    sheets: Mapping[str, Sequence[tuple[int, bool, Cells]]],
    *,
    hidden_columns: Iterable[int] = (),
    states: Mapping[str, str] | None = None,
    filtered: str = "",
) -> bytes:
    """A workbook. Rows: number, whether hidden, cells as column, kind ("s" a text, "n" a number, "0" a number
    that is shown with six digits) and value."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbers = dict(enumerate(sheets, 1))
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in numbers
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{relation}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"'
        + (f' state="{(states or {})[name]}"/>' if name in (states or {}) else "/>")
        for n, name in numbers.items()
    )
    styles = (
        f'<styleSheet xmlns="{_SHEETS}"><numFmts><numFmt numFmtId="164" formatCode="000000"/></numFmts>'
        "<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    parts = {
        "[Content_Types].xml": _PARTS["[Content_Types].xml"].replace(
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>',
            overrides + f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>',
        ),
        "_rels/.rels": _PARTS["_rels/.rels"],
        "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{relation}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{related}<Relationship Id="rId99" Type="{relation}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": styles,
    }
    columns = "".join(f'<col min="{n}" max="{n}" hidden="1"/>' for n in hidden_columns)
    for number, rows in enumerate(sheets.values(), 1):
        cols = f"<cols>{columns}</cols>" if columns else ""
        body = "".join(_row(*row) for row in rows)
        shown = f'<autoFilter ref="{filtered}"/>' if filtered and rows else ""
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_SHEETS}">{cols}<sheetData>{body}</sheetData>{shown}</worksheet>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, part in parts.items():
            folder.writestr(name, part)
    return out.getvalue()


def _row(number: int, hidden: bool, cells: Cells) -> str:
    found = "".join(
        f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        if kind == "s"
        else f'<c r="{column}{number}" s="{int(kind == "0")}"><v>{value}</v></c>'
        for column, kind, value in cells
    )
    shown = ' hidden="1"' if hidden else ""
    return f'<row r="{number}"{shown}>{found}</row>'


# --- Calendars ---------------------------------------------------------------------------------------------

_TERM = {"Autumn term": ("20260902", "20261024"), "INSET day": ("20260901", "20260902")}


def _calendar(by: str, *entries: str, more: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{by}", *more.splitlines()]
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry.splitlines(), "END:VEVENT"]
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


def outlook_calendar(*more: str, zone: str = "GMT Standard Time") -> bytes:
    """A calendar of Outlook: whole days from midnight to midnight in a zone that has Windows' name, which the
    file doesn't explain."""
    whole = [
        f"UID:{words}\nSUMMARY:{words}\nDTSTART;TZID={zone}:{first}T000000\nDTEND;TZID={zone}:{last}T000000\n"
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE"
        for words, (first, last) in _TERM.items()
    ]
    return _calendar(
        "-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", *whole, *more, more="METHOD:PUBLISH"
    )


def google_calendar(*more: str) -> bytes:
    """A calendar of Google: whole days as days of which the last is the day after, a folded line with commas
    that are marked."""
    whole = [
        f"DTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{last}\nDTSTAMP:20260701T080000Z\nUID:{number}@google.com\n"
        f"DESCRIPTION:For all pupils\\, from Rece\n ption to Year 6\nSTATUS:CONFIRMED\nSUMMARY:{words}\n"
        "TRANSP:TRANSPARENT"
        for number, (words, (first, last)) in enumerate(_TERM.items())
    ]
    return _calendar(
        "-//Google Inc//Google Calendar 70.9054//EN", *whole, *more, more="X-WR-TIMEZONE:Europe/London"
    )


def apple_calendar(*more: str) -> bytes:
    """A calendar of Apple: an alarm within the entry, and a zone that is explained."""
    whole = [
        f"UID:{words}\nDTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{last}\nSUMMARY:{words}\n"
        "BEGIN:VALARM\nTRIGGER:-PT15H\nACTION:DISPLAY\nDESCRIPTION:Reminder\nEND:VALARM"
        for words, (first, last) in _TERM.items()
    ]
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Europe/London\nBEGIN:STANDARD\nDTSTART:19961027T020000\nTZOFFSETFROM:+0100\n"
        "TZOFFSETTO:+0000\nTZNAME:GMT\nEND:STANDARD\nEND:VTIMEZONE"
    )
    return _calendar("-//Apple Inc.//macOS 15.0//EN", *whole, *more, more=zone)


# --- Emails ------------------------------------------------------------------------------------------------

BODY = "When is the trip?\n\nJane"
_FORWARDS = """== outlook
________________________________
From: Jane Doe <jane@example.com>
Sent: 20 November 2026 09:05
To: Office <office@school.example>
Subject: School trip

== outlook to many
From: Jane Doe <jane@example.com>
Sent: Friday, November 20, 2026 9:05 AM
To: Office <office@school.example>; Head
 <head@school.example>;
 Ann <ann@school.example>
Cc: Tom <t@x.example>
Subject: School trip

== outlook's page
From: Jane Doe <jane@example.com>

Sent: 20 November 2026 09:05

To: Office

Cc: Head

Subject: School trip

== gmail
---------- Forwarded message ---------
From: Jane Doe <jane@example.com>
Date: Fri, 20 Nov 2026 at 09:05
Subject: School trip
To: <office@school.example>

== apple
Begin forwarded message:

From: Jane Doe <jane@example.com>
Subject: School trip
Date: 20 November 2026 at 10:05:11 CET
To: office@school.example

== bold
*From:* Jane Doe <jane@example.com>
*Sent:* 20 November 2026 09:05
*Subject:* School trip

== welsh
-----Neges wreiddiol-----
Oddi wrth: Jane Doe <jane@example.com>
Anfonwyd: 20 Tachwedd 2026 09:05
At: swyddfa@ysgol.example
Pwnc: School trip

== polish
-----Wiadomość oryginalna-----
Od: Jane Doe <jane@example.com>
Wysłano: piątek, 20 listopada 2026 09:05
Do: office@school.example
DW: x@school.example
Temat: School trip

== polish gmail
---------- Forwarded message ---------
Od: Jane Doe <jane@example.com>
Date: pt., 20 lis 2026 o 09:05
Subject: School trip
To: <office@school.example>

== french
-----Message d’origine-----
De\xa0: Jane Doe <jane@example.com>
Envoyé\xa0: vendredi 20 novembre 2026 09:05
À\xa0: office@school.example
Objet\xa0: School trip

== french apple
Début du message transféré :

De: Jane Doe <jane@example.com>
Objet: School trip
Date: 20 novembre 2026 à 10:05:11 UTC+1
À: office@school.example

== german
-----Ursprüngliche Nachricht-----
Von: Jane Doe <jane@example.com>
Gesendet: Freitag, 20. November 2026 09:05
An: office@school.example
Betreff: School trip

== german apple
Anfang der weitergeleiteten Nachricht:

Von: Jane Doe <jane@example.com>
Betreff: School trip
Datum: 20. November 2026 um 10:05:11 MEZ
An: office@school.example

== german numbers
Von: Jane Doe <jane@example.com>
Gesendet: 20.11.2026 09:05
Betreff: School trip

== spanish
-----Mensaje original-----
De: Jane Doe <jane@example.com>
Enviado el: viernes, 20 de noviembre de 2026 9:05
Para: office@school.example
Asunto: School trip

== spanish gmail
---------- Mensaje reenviado ---------
De: Jane Doe <jane@example.com>
Date: vie, 20 nov 2026 a las 9:05
Subject: School trip
To: <office@school.example>

== thunderbird
-------- Forwarded Message --------
Subject: 	School trip
Date: 	Fri, 20 Nov 2026 09:05:00 +0000
From: 	Jane Doe <jane@example.com>
To: 	office@school.example

== italian
-----Messaggio originale-----
Da: Jane Doe <jane@example.com>
Inviato: venerdì 20 novembre 2026 09:05
A: office@school.example
Oggetto: School trip

== dutch
-----Oorspronkelijk bericht-----
Van: Jane Doe <jane@example.com>
Verzonden: vrijdag 20 november 2026 09:05
Aan: office@school.example
Onderwerp: School trip

== portuguese
De: Jane Doe <jane@example.com>
Enviado: sexta-feira, 20 de novembro de 2026 09:05
Para: office@school.example
Assunto: School trip

== romanian
-----Mesaj original-----
De la: Jane Doe <jane@example.com>
Trimis: vineri, 20 noiembrie 2026 09:05
Către: office@school.example
Subiect: School trip

"""
FORWARDS: Mapping[str, str] = {
    name: text for name, _end, text in (each.partition("\n") for each in _FORWARDS.split("== ")[1:])
}
"""What mail programs write above an email that they forward, by program and language."""


def forwarding(
    *parts: tuple[str, str, bytes], sender: str = "ben@school.example", to: str = "in@x.example"
) -> bytes:
    """An email with these parts: their own headers, how they're encoded ("base64", "quoted-printable",
    "8bit"), and their bytes."""
    head = f"From: {sender}\nTo: {to}\nSubject: FW: School trip\nDate: Sat, 21 Nov 2026 10:00:00 +0000\n"
    whole = [f'{head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="mark"\n'.encode()]
    encode = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}
    for headers, encoding, content in parts:
        lines = f"--mark\n{headers}\nContent-Transfer-Encoding: {encoding}\n\n".encode()
        whole.append(lines + encode[encoding](content))
    return b"\n".join([*whole, b"--mark--\n"])


EML = (
    b"From: Jane Doe <jane@example.com>\r\nTo: office@school.example\r\nSubject: School trip\r\n"
    b"Date: Fri, 20 Nov 2026 04:05:00 -0500\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"When is the trip?\r\n\r\nJane"
)
"""An email as a file, of a parent who is in another zone."""
