"""Text and JSON from outside: decoded by a closed list of encodings, without what the database can't store,
and limited in depth.

How bytes that don't say so are written is told by their letters, or left for a person to say. Every byte
has a sign in each of the old code pages, so a wrong one is no error: â of an old Mac is ‰ on Windows,
and Ł of Polish Windows is £. A code page counts where its signs stand where such signs belong.

The library's own limit on the depth of JSON depends on the caller's depth, and what it has read may
still be too deep to be written or compared.

A page's links and words, by libxml2's HTML reader. Builds no tree: parts are reported one after the other.

A reader that builds a page's tree, as browsers do, can be made to take quadratic time and memory. This one
only stores the names of open elements and searches them at each end tag; so their number is limited.

What kind of file something is, proven from its content as it arrives and never from its name.

Nothing is unpacked or run: only the beginning is looked at, and for text every byte.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import Any, Final, Protocol

from schoolgate.patterns import lazy_pattern

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 goes before UTF-16, whose mark it begins with."""
_USUAL: Final = ("cp1252", "mac_roman", "cp850")
"""What programs in Britain write: Windows, older Macs, older programs that run in a console."""
_RARE: Final = ("cp1250", "iso8859_14")
"""Polish Windows, and Welsh Unix. They differ from cp1252 in few signs, so they're asked only where that has
signs in the wrong places."""
_KEPT: Final = bytes(
    each if each > 0x7F or chr(each).isalnum() or each == ord("'") else 0x20 for each in range(256)
)
_MOST_WORDS: Final = 5_000
"""Different words by which a file is judged."""
_LONGEST_WORD: Final = 60
_CONTROL: Final = lazy_pattern("[\x00-\x06\x0e-\x1a]")
"""What stands in no text, in whatever way it's written."""
_LOST: Final = "\ufffd"
_NO_NAMES: Final = frozenset("ªºµƒðþÐÞı")
"""Letters to Unicode that stand in no name or word that schools here write."""
_LAST_LATIN: Final = "\u024f"


@dataclass(frozen=True, slots=True)
class Told:
    """A text and how it's written. `others`: code pages that are as likely and read something else; a person
    says which. `clean`: no sign stands where it shouldn't."""

    text: str
    encoding: str
    others: tuple[str, ...] = ()
    clean: bool = True


def tell_apart(content: bytes) -> Told | None:
    """Return the text of some bytes, however they are written; None where they are no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\x00" in content:
        told = _strictly(content, _unmarked(content))
        return None if told is None or _CONTROL.search(told.text) else told
    if content.isascii():
        return Told(content.decode(), "utf-8")
    return _strictly(content, "utf-8") or _mostly_utf_8(content) or _by_letters(content)


def _strictly(content: bytes, encoding: str) -> Told | None:
    try:
        text = content.decode(encoding) if encoding else ""
    except UnicodeDecodeError:
        return None
    return None if not text or "\x00" in text else Told(text, encoding.removesuffix("-sig"))


def _unmarked(content: bytes) -> str:
    """Return how UTF-16 without its mark is written, by the side on which western letters have a zero."""
    half = len(content) // 2
    first, second = content[0::2].count(0), content[1::2].count(0)
    if second > half * 0.4 and not first:
        return "utf-16-le"
    return "utf-16-be" if first > half * 0.4 and not second else ""


def _mostly_utf_8(content: bytes) -> Told | None:
    """Return UTF-8 in which some letters were lost: each shows as such. In a text of an old code page, no two
    signs are one of UTF-8 by chance."""
    text = content.decode("utf-8", "replace")
    lost = text.count(_LOST)
    letters = len(text) - len(text.encode("ascii", "ignore")) - lost
    return Told(text, "utf-8", clean=False) if letters and letters >= lost else None


def _by_letters(content: bytes) -> Told | None:
    words = _words(content)
    wrong = {each: found for each in _USUAL if (found := _wrong(words, each)) is not None}
    if wrong.get("cp1252") != 0:
        wrong |= {each: found for each in _RARE if (found := _wrong(words, each)) is not None}
    if not wrong:
        return None
    fewest = min(wrong.values())
    likely = [each for each, number in wrong.items() if number == fewest or fewest]
    likely.sort(key=lambda each: wrong[each])
    if b"\r" in content and b"\n" not in content and "mac_roman" in likely:
        likely = ["mac_roman"]  # only Macs end lines like that
    first = likely[0]
    read = {first: [word.decode(first) for word in words]}
    for each in likely[1:]:
        letters = [word.decode(each) for word in words]
        if letters not in read.values():
            read[each] = letters
    return Told(content.decode(first), first, tuple(read)[1:], clean=not fewest)


def _words(content: bytes) -> list[bytes]:
    """Return the different words with a sign that isn't ASCII, so many and no more."""
    found = dict.fromkeys(
        word[:_LONGEST_WORD] for word in content.translate(_KEPT).split() if not word.isascii()
    )
    return list(found)[:_MOST_WORDS]


def _wrong(words: list[bytes], encoding: str) -> int | None:
    """Return how many words have a sign in a wrong place; None where a byte is none of this code page."""
    try:
        return sum(not _reads(word.decode(encoding), encoding) for word in words)
    except UnicodeDecodeError:
        return None


def _reads(word: str, encoding: str) -> bool:
    around = f" {word} "
    return all(
        sign.isascii() or _fits(sign, around[place], around[place + 2], encoding)
        for place, sign in enumerate(word)
    )


def _fits(sign: str, before: str, after: str, encoding: str) -> bool:
    """Return whether a sign stands where such signs stand."""
    if sign.isalpha():
        return _is_letter_there(sign, before, after, encoding)
    between = before.isalpha() and after.isalpha()
    if sign in "’‘":
        return before.isalnum() or after.isalnum()
    if sign in "“„«‹¡¿":
        return not before.isalnum()
    if sign in "”»›…":
        return not after.isalnum()
    if sign in "£€":
        return after.isdigit()
    if sign in "°²³½¼¾":
        return before.isdigit() or before == " " != after
    if sign == "\xa0":
        return not (between and before.islower() and after.islower())
    return sign in "–—•·™®©\xad×÷±§¶" and not between


def _is_letter_there(sign: str, before: str, after: str, encoding: str) -> bool:
    if sign in _NO_NAMES or sign > _LAST_LATIN or (sign == "ß" and encoding == "cp850"):
        return False
    return not (before.islower() if sign.isupper() else after.isupper())


_CHARSETS: Final = lazy_pattern(
    r"utf-8(?:-sig)?|utf-16(?:-[bl]e)?|ascii|iso8859-\d+|cp\d+|mac-\w+|koi8-\w|shift_jis|euc_\w+|gb\w+|big5"
    r"|iso2022_jp"
)
"""What pages, feeds and emails are written in. Python knows others, some of which take quadratic time
(punycode) or bring what is no text (utf-7)."""
_LONGEST_NAME: Final = 40
_ONE_BYTE: Final = ("cp125", "iso8859", "mac")
"""How names of encodings begin that have a letter for every byte, so that nothing shows a wrong one."""
_WRITTEN_AS: Final = {"iso8859-1": "cp1252"}
"""Declared -> what programs write instead: letters where the other has none."""
_WESTERN: Final = ("utf-8", *_ONE_BYTE)
"""What programs here say though they write another: the letters tell which."""
_SAID_BY_HABIT: Final = "cp1252"
"""What programs here say without looking: where its letters stand in wrong places within words, and another's
in no wrong place, it's the other."""
_NOT_STORED: Final = lazy_pattern("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Read:
    """A text as it was read. `sure`: False where some of its letters may be others."""

    text: str
    sure: bool


def read_text(body: bytes, charset: str) -> Read:
    """Return the text of some bytes in the encoding that they claim to be in. Where they name none, or none
    that texts are written in, or it isn't true, their letters tell (`code_pages`). What isn't text shows as
    such."""
    name = _listed(charset)
    name = _WRITTEN_AS.get(name, name)
    if name in ("", "ascii"):
        return _untold(body, "cp1252", sure=not charset or (bool(name) and body.isascii()))
    if name.startswith(_ONE_BYTE) and not body.isascii() and _is_utf_8(body):
        return Read(storable(body.decode()), sure=False)  # no one writes so by chance
    try:
        text = storable(body.decode(name))
    except ValueError:
        if name.startswith(_WESTERN):
            return _untold(body, name, sure=False)
        return Read(storable(body.decode(name, "replace")), sure=False)
    if name == _SAID_BY_HABIT and not body.isascii() and _wrong(_within_letters(body), name):
        told = tell_apart(body)
        if told is not None and told.clean:
            return Read(storable(told.text), sure=False)
    return Read(text, _LOST not in text)


def _within_letters(body: bytes) -> list[bytes]:
    return [word for word in _words(body) if sum(sign < 0x80 for sign in word) > 1 and word[:1] > b"9"]


def _untold(body: bytes, otherwise: str, *, sure: bool) -> Read:
    """Return a text that doesn't say how it's written, or not truly; where its letters don't tell either, as
    `otherwise` has them."""
    told = tell_apart(body)
    if told is None or not (told.clean or told.encoding == "utf-8"):
        return Read(storable(body.decode(otherwise, "replace")), sure=False)
    text = storable(told.text)
    return Read(text, sure and told.encoding == "utf-8" and _LOST not in text)


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def decoded(body: bytes, charset: str) -> str:
    """Return the text of some bytes, whatever encoding they claim to be in."""
    return read_text(body, charset).text


def _listed(charset: str) -> str:
    """Return a declared encoding; empty for one that nothing is written in."""
    try:
        name = codecs.lookup(charset[:_LONGEST_NAME]).name
    except (LookupError, ValueError):
        return ""
    return name if _CHARSETS.fullmatch(name) else ""


def storable(text: str) -> str:
    """Return a text without NUL, and with a mark for half a character: PostgreSQL refuses both."""
    if text.isascii() and "\x00" not in text:
        return text
    return _NOT_STORED.sub(lambda found: "" if found[0] == "\x00" else _LOST, text)


def storable_data(data: Any) -> Any:
    """Return what was read from JSON, each text of it as the database can store it."""
    if isinstance(data, str):
        return storable(data)
    if isinstance(data, list):
        return [storable_data(each) for each in data]
    if isinstance(data, dict):
        return {storable(key): storable_data(value) for key, value in data.items()}
    return data


DEEPEST: Final = 200
"""Lists and objects inside each other. The deepest honest answer is Bluesky's thread: fifty replies, each in
a list and an object."""
_STRINGS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_OTHERS = bytes(sign for sign in range(256) if sign not in b"[]{}")


def read_json(text: bytes) -> Any:
    """Return what the text says, as the database can store it. Raises ValueError: it is no JSON, or nests too
    deep."""
    if too_deep(text):
        raise ValueError("nested too deep")
    data = json.loads(text)
    return storable_data(data) if b"\\" in text else data


def too_deep(text: bytes, most: int = DEEPEST) -> bool:
    """Whether brackets nest deeper than `most`, or are never closed. In linear time."""
    brackets = _STRINGS.sub(b"", text).translate(_ONE_KIND, _OTHERS)
    for _level in range(most):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)


DEEPEST_MARKUP: Final = 512
"""Elements inside each other; browsers stop there too."""
AT_ONCE: Final = 1 << 14


class TooDeep(Exception):
    """Elements are nested deeper than in any page that people made."""


class Reads(Protocol):
    """What takes the parts of a page."""

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins, with its attributes; names are in lower case."""
        ...

    def end(self, tag: str) -> None:
        """An element ends, also where the page forgot to say so."""
        ...

    def data(self, text: str) -> None:
        """Words."""
        ...


class _Counted:
    """Hands parts on while elements are not too deep."""

    def __init__(self, reads: Reads) -> None:
        self._reads, self._open = reads, 0
        self.data = reads.data

    def start(self, tag: str, given: dict[str, str]) -> None:
        self._open += 1
        if self._open > DEEPEST_MARKUP:
            raise TooDeep
        self._reads.start(tag, given)

    def end(self, tag: str) -> None:
        self._open -= 1
        self._reads.end(tag)

    def comment(self, text: str) -> None:
        """No part of a page that people see."""

    def close(self) -> None:
        """The page is over."""


def read_page(html: str, reads: Reads) -> None:
    """Tell `reads` the parts of a page in order, in linear time. Raises TooDeep."""
    from lxml import etree  # a large library, needed in few processes

    parser = etree.HTMLParser(target=_Counted(reads), encoding="utf-8", no_network=True)
    whole = html.encode("utf-8", "replace")
    if not whole.strip():
        return
    for begin in range(0, len(whole), AT_ONCE):  # the library reads a refused piece to its end
        parser.feed(whole[begin : begin + AT_ONCE])
    parser.close()


HEAD: Final = 1 << 16
"""Bytes that are looked at from the beginning."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file. `group`: picture, pdf, document, sheet, audio, film, mail, text or archive."""

    group: str
    media_type: str
    ending: str


PDF: Final = FileKind("pdf", "application/pdf", "pdf")
TEXT: Final = FileKind("text", "text/plain", "txt")
HTML: Final = FileKind("page", "text/html", "html")
PNG: Final = FileKind("picture", "image/png", "png")
_BEGINNINGS: Final = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", FileKind("picture", "image/jpeg", "jpg")),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", FileKind("picture", "image/gif", "gif")),
    (b"GIF89a", FileKind("picture", "image/gif", "gif")),
    (b"II*\x00", FileKind("picture", "image/tiff", "tif")),
    (b"MM\x00*", FileKind("picture", "image/tiff", "tif")),
    (b"ID3", FileKind("audio", "audio/mpeg", "mp3")),
    (b"\xff\xfb", FileKind("audio", "audio/mpeg", "mp3")),
    (b"\xff\xf3", FileKind("audio", "audio/mpeg", "mp3")),
    (b"\xff\xf2", FileKind("audio", "audio/mpeg", "mp3")),
    (b"\xff\xf1", FileKind("audio", "audio/aac", "aac")),
    (b"fLaC", FileKind("audio", "audio/flac", "flac")),
    (b"OggS", FileKind("audio", "audio/ogg", "ogg")),
    (b"#!AMR", FileKind("audio", "audio/amr", "amr")),
    (b"\x1aE\xdf\xa3", FileKind("film", "video/webm", "webm")),
    (b"\x00\x00\x01\xba", FileKind("film", "video/mpeg", "mpg")),
    (b"{\\rtf", FileKind("document", "application/rtf", "rtf")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind("document", "application/x-ole-storage", "doc")),
)
_RIFF: Final = {
    b"WEBP": FileKind("picture", "image/webp", "webp"),
    b"WAVE": FileKind("audio", "audio/wav", "wav"),
    b"AVI ": FileKind("film", "video/x-msvideo", "avi"),
}
_BRANDS: Final = {
    b"heic": FileKind("picture", "image/heic", "heic"),
    b"heix": FileKind("picture", "image/heic", "heic"),
    b"mif1": FileKind("picture", "image/heif", "heif"),
    b"avif": FileKind("picture", "image/avif", "avif"),
    b"M4A ": FileKind("audio", "audio/mp4", "m4a"),
    b"qt  ": FileKind("film", "video/quicktime", "mov"),
}
_FILM: Final = FileKind("film", "video/mp4", "mp4")
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_IN_ZIP: Final = (
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        FileKind("sheet", "application/vnd.oasis.opendocument.spreadsheet", "ods")),
    (b"mimetypeapplication/vnd.oasis.opendocument.text",
        FileKind("document", "application/vnd.oasis.opendocument.text", "odt")),
    (b"xl/", FileKind("sheet", f"{_OFFICE}spreadsheetml.sheet", "xlsx")),
    (b"word/", FileKind("document", f"{_OFFICE}wordprocessingml.document", "docx")),
    (b"ppt/", FileKind("document", f"{_OFFICE}presentationml.presentation", "pptx")),
)  # fmt: skip
_ZIP: Final = FileKind("archive", "application/zip", "zip")
_NOT_IN_TEXT: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27})


class Proving:
    """Sees a file as it arrives, in pieces of any size, and says in the end what it is."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()

    def see(self, content: bytes) -> None:
        """Look at what comes next."""
        if len(self._head) < HEAD:
            self._head += content[: HEAD - len(self._head)]
        self._read(content, final=False)

    def kind(self) -> FileKind | None:
        """Return what it is; None: nothing that we know, or nothing at all."""
        head = bytes(self._head)
        if head.startswith(b"RIFF"):
            return _RIFF.get(head[8:12])
        if head[4:8] == b"ftyp":
            return _BRANDS.get(head[8:12], _FILM)
        if head.startswith(b"PK\x03\x04"):
            return next((kind for mark, kind in _IN_ZIP if mark in head), _ZIP)
        for begins, kind in _BEGINNINGS:
            if head.startswith(begins):
                return kind
        self._read(b"", final=True)
        return TEXT if head and self._decoder is not None else None

    def _read(self, content: bytes, *, final: bool) -> None:
        if self._decoder is None:
            return
        try:
            self._decoder.decode(content, final)
        except UnicodeDecodeError:
            self._decoder = None
        else:
            if len(content.translate(None, _NOT_IN_TEXT)) != len(content):
                self._decoder = None
