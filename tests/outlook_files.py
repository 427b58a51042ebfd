"""Messages as Outlook saves them (.msg), written part by part: in UTF-16, or as older ones in a code page."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

from tests.compound import compound

AT = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
_BEGINS = datetime(1601, 1, 1, tzinfo=UTC)


def msg(
    *, text: str = "When is the trip?\n\nJane", page: str = "", name: str = "Jane Doe",
    address: str = "jane@example.com", subject: str = "School trip", at: datetime | None = AT,
    headers: str = "", code_page: int = 0, pictures: tuple[bytes, ...] = (), files: tuple[str, ...] = (),
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
