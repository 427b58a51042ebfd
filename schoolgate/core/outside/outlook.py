"""An Outlook message as a file (.msg): taken apart in a process of its own, its texts decoded here."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.core.outside.texts import Read, read_text, storable

TAKE_APART: Final = Reader(
    Path(__file__).with_name("outlook_child.py"), megabytes=512, seconds=10, most=120 * 1024 * 1024
)
BEGINS: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NAME: Final = ".msg"
_CODE_PAGES: Final = {
    65001: "utf-8", 20127: "ascii", 28591: "iso8859-1", 28592: "iso8859-2", 28605: "iso8859-15",
    10000: "mac-roman", 932: "shift_jis", 936: "gb18030", 949: "cp949", 950: "big5", 20866: "koi8-r",
    1200: "utf-16-le",
}  # fmt: skip
"""Windows' numbers -> names; those that aren't here are called by their number, such as cp1252."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a message has. `headers`: those of the internet, where it came from there; `at`: as ISO, or ""."""

    headers: bytes
    subject: Read
    name: Read
    address: str
    at: str
    plain: Read
    html: Read
    pictures: tuple[bytes, ...]
    files: tuple[str, ...]


def read_outlook(content: bytes) -> Note | None:
    """Return what a message has; None where it's none that can be read."""
    if not content.startswith(BEGINS):
        return None
    try:
        told = json.loads(TAKE_APART(content))
    except (GaveUp, ValueError):
        return None
    page = told["code_page"]
    charset = _CODE_PAGES.get(page, f"cp{page}" if page else "")
    read = {name: _decoded(told[name], charset) for name in _TEXTS}
    address, other = read["address"].text, read["other_address"].text
    return Note(
        headers=read["headers"].text.encode("utf-8", "replace"),
        subject=read["subject"],
        name=read["name"],
        address=next((each for each in (address, other) if "@" in each), ""),
        at=told["at"] or "",
        plain=read["plain"],
        html=read["html"],
        pictures=tuple(base64.b64decode(each) for each in told["pictures"]),
        files=tuple(_decoded(each, charset).text for each in told["files"]),
    )


_TEXTS: Final = ("headers", "subject", "name", "address", "other_address", "plain", "html")


def _decoded(given: Any, charset: str) -> Read:
    if given is None:
        return Read("", sure=True)
    is_unicode, content = given[0], base64.b64decode(given[1])
    found = (
        Read(content.decode("utf-16-le", "replace"), sure=True) if is_unicode else read_text(content, charset)
    )
    text = storable(found.text).replace("\r\n", "\n").replace("\r", "\n").strip("\x00")
    return Read(text, found.sure)
