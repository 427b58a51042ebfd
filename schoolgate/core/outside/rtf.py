"""The words of a text in RTF, as Outlook puts them into its own messages: packed, and with a page of HTML
folded in. Pure, in linear time."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, replace
from typing import Final

from schoolgate.core.outside.texts import Read, storable
from schoolgate.patterns import lazy_pattern

LARGEST: Final = 2_000_000
"""Bytes of a text, unpacked: pictures may lie in it."""
_READ: Final = 1_000_000
"""Bytes of it in which words are looked for: no email that people wrote has more."""
_DEEPEST: Final = 500
_PACKED, _PLAIN = b"LZFu", b"MELA"
_WINDOW: Final = 4096
_BEFORE: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What every packed text may refer to, as though it stood before."""


def unpacked(content: bytes) -> bytes:
    """Return a text that Outlook packed. Raises ValueError where it's damaged, or too large."""
    if len(content) < 16:
        raise ValueError("too short")
    packed, size, kind, check = struct.unpack_from("<II4sI", content)
    if size > LARGEST or kind not in (_PACKED, _PLAIN):
        raise ValueError("too large, or packed in another way")
    body = content[16 : packed + 4]
    if kind == _PLAIN:
        return body[:size]
    if zlib.crc32(body, 0xFFFFFFFF) ^ 0xFFFFFFFF != check:
        raise ValueError("damaged")
    return _unpacked(body)[:size]


def _unpacked(body: bytes) -> bytes:
    """Return the text. A byte of flags comes before eight things: each is a letter, or a place and a length
    in what was written before."""
    out = bytearray(_BEFORE)
    start, at = len(out), 0
    while at < len(body):
        flags = body[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += body[at : at + 1]
                at += 1
                continue
            if at + 2 > len(body):
                return bytes(out[start:])
            place, length = body[at] << 4 | body[at + 1] >> 4, (body[at + 1] & 15) + 2
            at += 2
            behind = (len(out) - place) % _WINDOW
            if not behind:
                return bytes(out[start:])
            for _each in range(length):
                out.append(out[-behind] if behind <= len(out) else 0x20)
            if len(out) > LARGEST + _WINDOW:
                raise ValueError("too large")
    return bytes(out[start:])


_TOKEN: Final = lazy_pattern(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<sign>[0-9A-Fa-f]{2})|\\(?P<mark>[^A-Za-z])"
    r"|(?P<group>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)"
)
_SAID: Final = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_MARKS: Final = {"~": "\xa0", "_": "-", "\n": "\n", "\r": "\n", "\\": "\\", "{": "{", "}": "}"}
_NOT_SAID: Final = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr",
    "headerf", "footer", "footerl", "footerr", "footerf", "filetbl", "listtable", "revtbl", "xe",
    "tc",
})  # fmt: skip
"""Groups that are no words; so is each that begins with an asterisk, such as the tags of a page."""
_PAGES: Final = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
"""The letters of a font, by Windows' numbers; of the others the text's own code page has them."""
_KNOWN: Final = frozenset({*range(1250, 1259), 437, 850, 852, 866, 874, 932, 949, 950})


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within one pair of braces. `instead`: how many signs stand there for programs without
    Unicode."""

    said: bool = True
    fonts: bool = False
    font: int = 0
    instead: int = 1


def words_of(content: bytes) -> Read | None:
    """Return the words of a text in RTF; None where it's none."""
    if not content.lstrip().startswith(b"{\\rtf"):
        return None
    text = content[:_READ].decode("latin-1")
    reads = _Reader()
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
        if not reads.take(found):
            return None
        if found["word"] == "bin":
            at += max(int(found["number"] or 0), 0)
    return reads.told()


class _Reader:
    """Reads the signs of a text one by one."""

    def __init__(self) -> None:
        self._groups = [_Group()]
        self._pieces: list[str] = []
        self._waiting = bytearray()
        self._waiting_page = ""
        self._page, self._fonts, self._default = "cp1252", dict[int, str](), 0
        self._skip = 0

    def take(self, found: re.Match[str]) -> bool:
        """Read one sign; whether the text can be read on."""
        now = self._groups[-1]
        if found["group"] == "{":
            self._groups.append(now)
            self._skip = 0
            return len(self._groups) <= _DEEPEST
        if found["group"]:
            self._skip = 0
            if len(self._groups) > 1:
                self._groups.pop()
        elif found["word"]:
            self._word(found["word"], found["number"], now)
        elif found["mark"] == "*":
            self._groups[-1] = replace(now, said=False)
        elif now.said and self._skip:
            taken = found["text"][: self._skip] if found["text"] else "."
            self._skip -= len(taken)
            if found["text"]:
                self._bytes(found["text"][len(taken) :].encode("latin-1"), now)
        elif now.said and found["sign"]:
            self._bytes(bytes.fromhex(found["sign"]), now)
        elif now.said and found["text"]:
            self._bytes(found["text"].encode("latin-1"), now)
        elif now.said and found["mark"]:
            self._text(_MARKS.get(found["mark"], ""))
        return True

    def _word(self, word: str, number: str | None, now: _Group) -> None:
        value = int(number or 0)
        if word == "f":
            self._groups[-1] = replace(now, font=value)
        elif word == "fcharset" and now.fonts and value in _PAGES:
            self._fonts[now.font] = _PAGES[value]
        elif word == "deff":
            self._default = value
            self._groups[-1] = replace(now, font=value)
        elif word == "plain":
            self._groups[-1] = replace(now, font=self._default)
        elif word == "ansicpg" and value in _KNOWN:
            self._page = f"cp{value}"
        elif word == "mac":
            self._page = "mac_roman"
        elif word == "uc":
            self._groups[-1] = replace(now, instead=min(max(value, 0), 9))
        elif word in _NOT_SAID:
            self._groups[-1] = replace(now, said=False, fonts=word == "fonttbl")
        elif not now.said:
            return
        elif word == "u":
            self._text(chr(value % 0x10000))
            self._skip = now.instead
        elif word in _SAID:
            self._text(_SAID[word])

    def _bytes(self, content: bytes, now: _Group) -> None:
        page = self._fonts.get(now.font, self._page)
        if page != self._waiting_page:
            self._decode()
            self._waiting_page = page
        self._waiting += content

    def _text(self, words: str) -> None:
        self._decode()
        self._pieces.append(words)

    def _decode(self) -> None:
        if self._waiting:
            self._pieces.append(self._waiting.decode(self._waiting_page, "replace"))
            self._waiting.clear()

    def told(self) -> Read:
        """Return all words."""
        self._decode()
        halves = "".join(self._pieces).encode("utf-16-le", "surrogatepass")
        text = storable(halves.decode("utf-16-le", "replace"))
        return Read(text.strip(), "\ufffd" not in text)
