"""Small documents for tests: Word, PDF, and such as do harm."""

import io
import zipfile

from docx import Document
from pypdf import PdfReader, PdfWriter

POLICY = """\
# Social Media Policy

Version 2, ratified March 2025.

## 1. Introduction

Social media is a growing part of everyday life. This policy applies to all staff, governors and volunteers.

## 2. Official accounts

2.1 The headteacher must approve every new account in writing.
2.2 Each account has at least two administrators.

Staff must not:

- share passwords;
- post after 9pm; or
- accept friend requests from pupils under 18.

## Replies

Questions should be answered within 24 hours, e.g. by the office. The governing body reviews this policy every
two years.
"""


def word(*paragraphs: tuple[str, str]) -> bytes:
    """A Word document of (style, text)."""
    document = Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_text(content: bytes, name: str, text: str | bytes) -> bytes:
    """A Word document whose part of that name is replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for one in before.namelist():
            after.writestr(one, text if one == name else before.read(one))
    return out.getvalue()


def renamed(content: bytes, name: str, to: str) -> bytes:
    """A Word document whose part of that name is called otherwise, there and wherever it is referred to."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.namelist():
            text = before.read(one)
            if one == "[Content_Types].xml":
                text = text.replace(b"/" + name.encode(), b"/" + to.encode())
            if one.endswith(".rels"):
                inside = name.removeprefix("word/").encode()
                text = text.replace(b'"' + inside + b'"', b'"/' + to.encode() + b'"')
            after.writestr(to if one == name else one, text)
    return out.getvalue()


def pdf(*pages: list[tuple[int, str] | tuple[int, str, int]]) -> bytes:
    """A PDF; each page is a list of (size of letters, line), with how far it is indented."""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for page in pages:
        shown = [
            f"BT /F1 {size} Tf {60 + sum(indent)} {780 - 20 * row} Td ({line}) Tj ET"
            for row, (size, line, *indent) in enumerate(page)
        ]
        stream = "\n".join(shown)
        parts.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents {len(parts)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(parts)} 0 R")
    parts[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = "%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    begin = len(out)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n"
    return out.encode("latin-1")


def encrypted(content: bytes, password: str) -> bytes:
    """The same PDF with a password; "" opens it, as with those that only can't be printed."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(user_password=password, owner_password="only ours", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
