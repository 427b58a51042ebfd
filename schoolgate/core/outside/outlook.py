"""The words of a text in RTF, as Outlook puts them into its own messages: packed, and with a page of HTML
folded in. Pure, in linear time.

A message as Outlook itself writes it: a file of its own (.msg), which is taken apart in a process of its
own, or what it puts beside an email, *winmail.dat*, which other programs can't open.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.core.outside.texts import Read, read_text, storable
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
    rich: Read
    """What is written in RTF, where it's in nothing else."""
    pictures: tuple[bytes, ...]
    files: tuple[str, ...]
    inside: Note | None = None
    """The message that was attached to it."""


def read_msg(content: bytes) -> Note | None:
    """Return what a message has; None where it's none that can be read."""
    if not content.startswith(BEGINS):
        return None
    try:
        told = json.loads(TAKE_APART(content))
    except (GaveUp, ValueError):
        return None
    page = told["code_page"]
    charset = _CODE_PAGES.get(page, f"cp{page}" if page else "")
    read = {name: _in_code_page(told[name], charset) for name in _TEXTS}
    address, other = read["address"].text, read["other_address"].text
    return Note(
        headers=read["headers"].text.encode("utf-8", "replace"),
        subject=read["subject"],
        name=read["name"],
        address=next((each for each in (address, other) if "@" in each), ""),
        at=told["at"] or "",
        plain=read["plain"],
        html=read["html"],
        rich=_rich(base64.b64decode(told["rich"][1]) if told["rich"] else b""),
        pictures=tuple(base64.b64decode(each) for each in told["pictures"]),
        files=tuple(_in_code_page(each, charset).text for each in told["files"]),
    )


def _rich(content: bytes) -> Read:
    if not content:
        return Read("", sure=True)
    try:
        return words_of(unpacked(content)) or Read("", sure=False)
    except ValueError:
        return Read("", sure=False)


_TEXTS: Final = ("headers", "subject", "name", "address", "other_address", "plain", "html")


def _in_code_page(given: Any, charset: str) -> Read:
    if given is None:
        return Read("", sure=True)
    is_unicode, content = given[0], base64.b64decode(given[1])
    found = (
        Read(content.decode("utf-16-le", "replace"), sure=True) if is_unicode else read_text(content, charset)
    )
    return Read(_tidy(found.text), found.sure)


# winmail.dat: attributes one after the other; two of them hold the properties of the message and of each
# attachment, by the numbers that files of Outlook use.

WINMAIL: Final = b"\x78\x9f\x3e\x22"
"""How winmail.dat begins."""
_SUBJECT, _BODY, _PAGE, _OF_MESSAGE = 0x8004, 0x800C, 0x9007, 0x9003
_NEXT, _TITLE, _DATA, _OF_ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005
_BYTES_OF: Final = {
    0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16,
}  # fmt: skip
"""Kinds of properties with a fixed length, as it's written."""
_ANSI, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_MANY, _NAMED = 0x1000, 0x8000
_MOST_PROPERTIES: Final = 5_000
_MOST_ATTACHED: Final = 40
_BEFORE_MESSAGE: Final = 16
"""Bytes before a message that is attached: what kind of thing it is."""
_NUMBERS: Final = {
    "subject": (0x37,), "name": (0x42, 0x0C1A), "address": (0x5D02, 0x5D01), "other_address": (0x65, 0x0C1F),
    "headers": (0x7D,), "plain": (0x1000,), "html": (0x1013,), "rich": (0x1009,),
    "file": (0x3707, 0x3704, 0x3001), "kind": (0x370E,), "data": (0x3701,),
}  # fmt: skip
_TIMES: Final = (0x39, 0x0E06)
_BEGINS_AT: Final = datetime(1601, 1, 1, tzinfo=UTC)
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".heic", ".webp", ".gif")


@dataclass(frozen=True, slots=True)
class _Property:
    kind: int
    content: bytes


_Properties = dict[int, _Property]


def read_winmail(content: bytes, *, inside: bool = False) -> Note | None:
    """Return what Outlook put beside an email; None where it can't be read."""
    if not content.startswith(WINMAIL):
        return None
    page, subject, body = "", b"", b""
    of_message: _Properties = {}
    attached: list[tuple[bytes, bytes, _Properties]] = []
    try:
        for number, told in _attributes(content):
            if number == _PAGE and len(told) >= 4:
                pages = int.from_bytes(told[:4], "little")
                page = _CODE_PAGES.get(pages, f"cp{pages}")
            elif number == _SUBJECT:
                subject = told
            elif number == _BODY:
                body = told
            elif number == _OF_MESSAGE:
                of_message = dict(_properties(told))
            elif number == _NEXT and len(attached) < _MOST_ATTACHED:
                attached.append((b"", b"", {}))
            elif attached and number in (_TITLE, _DATA, _OF_ATTACHMENT):
                title, data, more = attached[-1]
                attached[-1] = (
                    told if number == _TITLE else title, told if number == _DATA else data,
                    dict(_properties(told)) if number == _OF_ATTACHMENT else more,
                )  # fmt: skip
    except (struct.error, ValueError):
        return None
    if not (of_message or subject or body or attached):
        return None
    return _note(of_message, subject, body, attached, page, inside=inside)


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number and bytes of each attribute, as far as they are whole: some programs add to the
    end."""
    at = 6
    while at + 9 <= len(content):
        _level, number, _kind, length = struct.unpack_from("<BHHI", content, at)
        at += 9
        if at + length > len(content):
            return
        yield number, content[at : at + length]
        at += length + 2


def _properties(content: bytes) -> Iterator[tuple[int, _Property]]:
    """Yield the number and value of each property. Raises struct.error, ValueError."""
    count, at = struct.unpack_from("<I", content)[0], 4
    if count > _MOST_PROPERTIES:
        raise ValueError("too many")
    for _each in range(count):
        kind, number = struct.unpack_from("<HH", content, at)
        at += 4
        if number >= _NAMED:
            at += 16
            by_name, length = struct.unpack_from("<II", content, at)
            at += 8 + (_padded(length) if by_name else 0)
        single = kind & ~_MANY
        fixed = _BYTES_OF.get(single, 0)
        number_of, at = (
            (1, at) if fixed and single == kind else (struct.unpack_from("<I", content, at)[0], at + 4)
        )
        value = b""
        if number_of > _MOST_PROPERTIES:
            raise ValueError("too many")
        for _value in range(number_of):
            length = fixed
            if not length:
                length, at = struct.unpack_from("<I", content, at)[0], at + 4
            if at + length > len(content):
                raise ValueError("cut off")
            value = value or content[at : at + length]
            at += _padded(length)
        yield number, _Property(single, value)


def _padded(length: int) -> int:
    return length + -length % 4


def _note(
    of: _Properties,
    subject: bytes,
    body: bytes,
    attached: list[tuple[bytes, bytes, _Properties]],
    page: str,
    *,
    inside: bool,
) -> Note:
    pictures, files, within = [], [], None
    for title, data, more in attached:
        name = _words(more, "file", page).text or _plain(title, page).text
        kind = _words(more, "kind", page).text
        whole = next((more[one] for one in _NUMBERS["data"] if one in more), _Property(_BINARY, b""))
        content = data or whole.content
        if whole.kind == _OBJECT and content[_BEFORE_MESSAGE:].startswith(WINMAIL):
            if within is None and not inside:
                within = read_winmail(content[_BEFORE_MESSAGE:], inside=True)
            continue
        files += [name] if name else []
        if kind.lower().startswith("image/") or name.lower().endswith(_PICTURES):
            pictures.append(content)
    address, other = _words(of, "address", page).text, _words(of, "other_address", page).text
    at = next((found for one in _TIMES if one in of and (found := _instant(of[one].content))), "")
    rich = next((of[one].content for one in _NUMBERS["rich"] if one in of), b"")
    html = next((of[one] for one in _NUMBERS["html"] if one in of), None)
    return Note(
        headers=_words(of, "headers", page).text.encode("utf-8", "replace"),
        subject=_words(of, "subject", page, otherwise=subject),
        name=_words(of, "name", page),
        address=next((each for each in (address, other) if "@" in each), ""),
        at=at,
        plain=_words(of, "plain", page, otherwise=body),
        html=_plain(html.content, "" if html.kind == _BINARY else page) if html else Read("", sure=True),
        rich=_rich(rich),
        pictures=tuple(pictures),
        files=tuple(files),
        inside=within,
    )


def _words(of: _Properties, name: str, page: str, *, otherwise: bytes = b"") -> Read:
    found = next((of[one] for one in _NUMBERS[name] if one in of and of[one].content), None)
    if found is not None and found.kind == _UNICODE:
        return Read(_tidy(found.content.decode("utf-16-le", "replace")), sure=True)
    return _plain(found.content if found else otherwise, page)


def _plain(content: bytes, page: str) -> Read:
    if not content:
        return Read("", sure=True)
    found = read_text(content.rstrip(b"\0"), page)
    return Read(_tidy(found.text), found.sure)


def _tidy(text: str) -> str:
    return storable(text).replace("\r\n", "\n").replace("\r", "\n").strip("\x00")


def _instant(value: bytes) -> str:
    """Return when that was, as ISO: tenths of a microsecond since 1601; "" where it can't be."""
    number = int.from_bytes(value[:8], "little")
    return (_BEGINS_AT + timedelta(microseconds=number // 10)).isoformat() if 0 < number < 2**58 else ""
