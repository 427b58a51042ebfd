"""The second reader: shows that a file which is about to be stored has nothing in it but a picture.

What removes metadata is a library, and its next version may keep something. So the bytes it wrote are read
again, by code that knows each part a bare JPEG or PNG may have and refuses all others.
"""

from __future__ import annotations

import re
import struct
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS: Final = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
# Tables, frames, restarts: what drawing needs. No APP1 to APP15 (place, device, XMP, profile), no comment.
_JPEG_PARTS: Final = {0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDD, 0xDA}
_JFIF: Final = re.compile(rb"JFIF\0.{7}\0\0", re.DOTALL)
"""The only application part: version and density, fourteen bytes, no small copy of the picture."""
_NEXT_PART: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


class NotBare(Exception):
    """Something besides the picture is in the file. Its text names the part."""


def check_bare(content: bytes) -> None:
    """Raise NotBare where `content` has a part that is not needed to draw it, or anything after its end."""
    try:
        if content.startswith(_PNG):
            _check_png(content)
        elif content.startswith(b"\xff\xd8"):
            _check_jpeg(content)
        else:
            raise NotBare("beginning")
    except (struct.error, IndexError) as error:
        raise NotBare("end") from error


def _check_png(content: bytes) -> None:
    place = len(_PNG)
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, place)
        if kind not in _PNG_PARTS:
            raise NotBare(kind.decode("latin-1"))
        place += 12 + length
    if place != len(content):
        raise NotBare("after the end")


def _check_jpeg(content: bytes) -> None:
    place = 2
    while True:
        start, kind = struct.unpack_from(">BB", content, place)
        if start != 0xFF:
            raise NotBare("between parts")
        if kind == 0xD9:
            break
        (length,) = struct.unpack_from(">H", content, place + 2)
        if kind == 0xE0 and place == 2:
            if not _JFIF.fullmatch(content[place + 4 : place + 2 + length]):
                raise NotBare("APP0")
        elif kind not in _JPEG_PARTS:
            raise NotBare(f"{kind:02X}")
        place += 2 + length
        if kind == 0xDA:
            after = _NEXT_PART.search(content, place)
            if after is None:
                raise NotBare("end")
            place = after.end() - 2
    if place + 2 != len(content):
        raise NotBare("after the end")
