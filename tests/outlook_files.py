"""Messages as Outlook saves them (.msg), written part by part: in UTF-16, or as older ones in a code page.
And what it puts beside an email for itself alone (winmail.dat)."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime

from tests.compound import compound

AT = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
_BEGINS = datetime(1601, 1, 1, tzinfo=UTC)


def msg(
    *, text: str = "When is the trip?\n\nJane", page: str = "", name: str = "Jane Doe",
    address: str = "jane@example.com", subject: str = "School trip", at: datetime | None = AT,
    headers: str = "", code_page: int = 0, pictures: tuple[bytes, ...] = (), files: tuple[str, ...] = (),
    rich: bytes = b"",
) -> bytes:  # fmt: skip
    """A message. `code_page`: how its texts are written, 0 for UTF-16; `address` without an at sign is one of
    Exchange's own."""
    parts: dict[str, bytes] = {}

    def put(number: str, words: str, above: str = "") -> None:
        if not words:
            return
        kind, written = ("001E", f"cp{code_page}") if code_page else ("001F", "utf-16-le")
        parts[f"{above}__substg1.0_{number}{kind}"] = words.replace("\n", "\r\n").encode(written)

    for number, words in {
        "001A": "IPM.Note",
        "0037": subject,
        "0C1A": name,
        "007D": headers,
        "1000": text,
    }.items():
        put(number, words)
    put("5D01" if "@" in address else "0C1F", address)
    if page:
        parts["__substg1.0_10130102"] = page.encode()
    if rich:
        parts["__substg1.0_10090102"] = rich
    fixed = struct.pack("<HHIQ", 0x0003, 0x3FFD, 6, code_page) if code_page else b""
    if at is not None:
        fixed += struct.pack("<HHIQ", 0x0040, 0x0039, 6, round((at - _BEGINS).total_seconds()) * 10**7)
    parts["__properties_version1.0"] = b"\0" * 32 + fixed
    for place, (file, content) in enumerate(
        [*(("shot.jpg", each) for each in pictures), *((each, b"%PDF") for each in files)]
    ):
        above = f"__attach_version1.0_#{place:08X}/"
        put("3707", file, above)
        put("370E", "image/jpeg" if content[:4] != b"%PDF" else "application/pdf", above)
        parts[f"{above}__substg1.0_37010102"] = content
    return compound(parts)


RICH = b"\r\n".join([
    b"{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0",
    b"{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}{\\f1\\fcharset238 Arial CE;}}",
    b"{\\colortbl\\red0\\green0\\blue0;}{\\*\\generator Outlook;}\\uc1\\pard\\plain\\f0\\fs24",
    b"{\\*\\htmltag19 <html>}{\\*\\htmltag161 <style>p {margin: 0}</style>}",
    b"{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 When is Si\\'e2n\\'92s caf\\u233? trip, {\\f1 \\'a3ukasz}",
    b" \\{and\\} \\u-10179?\\u-8704?\\endash  {\\*\\htmltag84 &lt;}\\htmlrtf <\\htmlrtf0 soon",
    b"{\\*\\htmltag84 &gt;}\\htmlrtf >\\htmlrtf0 {\\*\\htmltag116 <br>}\\htmlrtf \\line",
    b"\\htmlrtf0 Jane{\\*\\htmltag72 </p>}\\htmlrtf\\par}\\htmlrtf0",
    b"{\\pict\\pngblip 89504e47}{\\*\\htmltag27 </html>}}",
])  # fmt: skip
"""A page of HTML folded into RTF, as Exchange folds it: its tags are groups for programs that know them."""
RICH_SAYS = "When is Siân’s café trip, Łukasz {and} 😀– <soon>\nJane"


def packed(rich: bytes, *, kind: bytes = b"LZFu") -> bytes:
    """RTF as Outlook packs it, here with no letter left out; `kind` MELA: not packed at all."""
    body = rich if kind == b"MELA" else b"".join(b"\0" + rich[at : at + 8] for at in range(0, len(rich), 8))
    check = 0 if kind == b"MELA" else zlib.crc32(body, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return struct.pack("<II4sI", len(body) + 12, len(rich), kind, check) + body


def winmail(
    *, rich: bytes = b"", page: str = "", text: str = "", subject: str = "School trip", name: str = "",
    address: str = "", at: datetime | None = None, picture: bytes = b"", inside: bytes = b"",
    code_page: int = 1252,
) -> bytes:  # fmt: skip
    """What Outlook puts beside an email for itself. `inside`: another, of the message attached to it."""
    instant = round((at - _BEGINS).total_seconds()) * 10**7 if at else 0
    message = _properties(
        (0x0037, 0x1F, subject.encode("utf-16-le")),
        (0x8001, 0x1F, "a property with a name".encode("utf-16-le")),
        (0x0C1A, 0x1E, name.encode(f"cp{code_page}")),
        (0x5D01, 0x1E, address.encode()),
        (0x0039, 0x40, struct.pack("<Q", instant)),
        (0x1000, 0x1E, text.encode(f"cp{code_page}")),
        (0x1013, 0x102, page.encode()),
        (0x1009, 0x102, packed(rich) if rich else b""),
    )
    made = struct.pack("<IH", 0x223E9F78, 1) + _attribute(0x00069007, struct.pack("<II", code_page, 0))
    made += _attribute(0x00069003, message)
    for file, kind, content in (
        ("shot.png", 0x102, picture),
        ("School trip", 0x0D, inside and bytes(16) + inside),
    ):
        if content:
            more = _properties((0x3707, 0x1F, file.encode("utf-16-le")), (0x3701, kind, content))
            made += _attribute(0x00069002, bytes(14)) + _attribute(0x00069005, more)
    return made


def _attribute(number: int, content: bytes) -> bytes:
    return struct.pack("<BII", 1, number, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def _properties(*given: tuple[int, int, bytes]) -> bytes:
    kept = [each for each in given if each[2]]
    made = struct.pack("<I", len(kept))
    for number, kind, content in kept:
        named = bytes(16) + struct.pack("<II", 0, 7) if number >= 0x8000 else b""
        long = b"" if kind == 0x40 else struct.pack("<II", 1, len(content))
        made += struct.pack("<HH", kind, number) + named + long + content + bytes(-len(content) % 4)
    return made
