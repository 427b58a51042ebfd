"""Untrusted policy documents: Word, PDF, Markdown or plain text, as pieces of text in reading order.

A separate process reads Word and PDF (`documents_child`); text is read here. A piece is a heading, a
list item or a paragraph, with its place, so that people can find it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Final, Literal, NamedTuple

from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.core.outside.texts import tell_apart
from schoolgate.patterns import lazy_pattern

LONGEST_HEADING: Final = 80
LONGEST_FURNITURE: Final = 200
"""Letters of a line in a table of contents."""
EDGE: Final = 5
"""Lines at the top and at the foot of a page that may be its head and foot."""
FEWEST_PAGES: Final = 3
"""On so many pages, and on a third of all, a line at their edge is a head or a foot."""
_ITEM = lazy_pattern(
    r"^\s*(?P<mark>[-*+•▪●◦‣–—·§■□◆❖➢➤►▶→✓✔∙⁃○\ue000-\uf8ff]|o(?=\s+[A-Z])|\(?(?:[a-z]|[ivx]{1,4})[.)]"
    r"|\d{1,3}\))\s+(?=\S)"
)
_ROW = re.compile(r"(?:\s\(?[xX✓✔]\)?){1,20}\s*$")
"""The marks in the columns of a table, at the end of its row."""
_NUMBER = re.compile(r"^\s*(?:section\s+)?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+(?=\S)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\s+[A-Z]")
_REFERS = lazy_pattern(
    r"\b(?:sections?|paragraphs?|clauses?|parts?|points?|see|and|or|in|of|to|version|adran)\s*$",
    re.IGNORECASE,
)
"""How a line ends before the number of another paragraph: *as in section*."""
_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s++(.*)$")
_UNDERLINE = re.compile(r"^\s{0,3}(?:={3,}|-{3,})\s*$")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,500}(?:\s+\"[^\"]{0,200}\")?\)")
_CONTENTS = re.compile(r"(?<!\.)(?<!\.\s)(?:\.\s?+){4,}+\s*+\d{1,3}\s*$")
_PAGE = re.compile(r"^\s*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*$", re.IGNORECASE)
_TITLED = re.compile(r"(?:[A-Z0-9]|e-)\S*[a-z0-9]|[A-Z]{2}|[A-Z] [A-Z]")
"""How a heading begins; a mark of a table's column is none."""
_OF_A_LIST = re.compile(r"^\s*[A-Z](?:[\w’'/&()-]{1,30} ){0,5}[\w’'/&()-]{1,30}:\s*$")
"""A short line of its own that names what the list below is for: *Headteacher and Senior Leaders:*."""
_ENDS = (".", ";", ",", ":", "!", "?")


class Line(NamedTuple):
    """A line, or several joined together. `item`: the mark of an item. `number`: of the line, the paragraph
    or the page; `page`: of a paragraph's page, 0 if unknown."""

    text: str
    heading: bool
    item: str
    number: int
    page: int = 0


def pieces_of_lines(lines: Sequence[Line], *, markdown: bool = False, pages: bool = False) -> Iterator[Line]:
    """Join wrapped lines again. `pages`: leave out lines that appear on most pages."""
    lines = _without_furniture(lines) if pages else lines
    gathered: list[Line] = []
    for position, line in enumerate(lines):
        text = _plain(line.text) if markdown else line.text
        before = lines[position - 1].text if position else ""
        after = lines[position + 1].text if position + 1 < len(lines) else ""
        title = _title(line, text, before, after, markdown=markdown)
        if not text.strip() or _is_furniture(text) or title is not None:
            yield from _together(gathered)
            gathered = []
            if title:
                yield Line(title, True, "", line.number)
            continue
        item = _ITEM.match(text)
        if gathered and (
            item or line.item or _begins_anew(text, gathered) or (pages and _goes_on(line, gathered))
        ):
            yield from _together(gathered)
            gathered = []
        mark = _kind_of(item["mark"]) if item else line.item
        gathered.append(Line(text[item.end() :] if item else text, False, mark, line.number))
        if pages and _ROW.search(text):  # each row of a table by itself
            yield from _together(gathered)
            gathered = []
    yield from _together(gathered)


def _kind_of(mark: str) -> str:
    """Return what tells the level of an item: its sign, or that it is numbered or lettered."""
    word = mark.strip("().")
    return "1" if word.isdigit() else "a" if word.isalpha() and word.isascii() and word != "o" else mark


def _together(lines: Iterable[Line]) -> Iterator[Line]:
    parts = list(lines)
    if parts:
        text = _joined(part.text for part in parts)
        text = "".join(sign for sign in text if sign.isprintable())
        if text:
            yield Line(text, False, parts[0].item, parts[0].number)


def _joined(texts: Iterable[str]) -> str:
    """Wrapped lines as one; a word that was parted at the end of a line is whole again."""
    words = " \n ".join(" ".join(text.split()) for text in texts)
    return " ".join(re.sub(r"(?<=[a-z])- \n (?=[a-z])", "-", words).replace("\n", " ").split())


def _title(line: Line, text: str, before: str, after: str, *, markdown: bool) -> str | None:
    """Return the heading on this line; "" for an underline below one; None for other lines."""
    if line.item:
        return None
    hashes = _HASHES.match(text)
    if hashes and markdown:
        return " ".join(hashes[2].rstrip().rstrip("#").split())
    if _UNDERLINE.match(text):
        return ""
    words = " ".join(text.split())
    if not words or not words[0].isalnum() or len(words) > LONGEST_HEADING:
        return None
    if (line.heading and _TITLED.match(_NUMBER.sub("", words))) or (
        _UNDERLINE.match(after) and not before.strip()
    ):
        return words
    if words.endswith(_ENDS) or _CONTENTS.search(words) or _PAGE.match(words):
        return None
    alone = not before.strip() or _HASHES.match(before) is not None
    numbered = _NUMBER.match(words)
    named = words[numbered.end() :] if numbered else words
    if not named[:1].isupper() or len(named.split()) > 10:
        return None
    if named.isupper() and len(named) > 3:
        return words
    if numbered and len(named.split()) <= 8 and _all_names(named):
        return words
    return words if alone and (not after.strip() or numbered) and not markdown else None


def _all_names(words: str) -> bool:
    """Whether nothing in it reads like a sentence: no word that obliges."""
    return not re.search(
        r"\b(?:must|should|will|may|shall|is|are|has|have|do|does|can)\b", words, re.IGNORECASE
    )


def _begins_anew(text: str, gathered: Sequence[Line]) -> bool:
    """Whether a paragraph begins here although no empty line comes before: "2.1 Staff must ..."."""
    if gathered[0].item and _OF_A_LIST.match(text) and _all_names(text):
        return True
    if _PARAGRAPH.match(text) and not _REFERS.search(gathered[-1].text):
        return True
    return bool(_NUMBER.match(text)) and gathered[-1].text.rstrip().endswith((".", ";", ":", "!", "?"))


def _goes_on(line: Line, gathered: Sequence[Line]) -> bool:
    """Whether a sentence begins here on another page than the paragraph: it needs its own place."""
    return line.number != gathered[0].number and gathered[-1].text.rstrip().endswith((".", "!", "?"))


def _is_furniture(text: str) -> bool:
    return len(text) <= LONGEST_FURNITURE and bool(_PAGE.match(text) or _CONTENTS.search(text))


def _plain(text: str) -> str:
    """A line of Markdown without its marks."""
    text = _LINK.sub(r"\1", text)
    return text.replace("**", "").replace("__", "").replace("`", "").lstrip("> ") if text.strip() else text


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Without the heads and feet of pages: lines that stand on a third of them, but for figures, from their
    edge inwards."""
    on: dict[int, list[int]] = {}
    for position, line in enumerate(lines):
        if line.text.strip():
            on.setdefault(line.number, []).append(position)
    edges = [edge for page in on.values() for edge in (page[:EDGE], page[::-1][:EDGE])]
    shapes = {(_shape(lines[at].text), lines[at].number) for edge in edges for at in edge}
    fewest = max(FEWEST_PAGES, (len(on) + 2) // 3)
    often = {shape for shape, count in Counter(shape for shape, _page in shapes).items() if count >= fewest}
    furniture = {at for edge in edges for at in takewhile(lambda at: _shape(lines[at].text) in often, edge)}
    return [line for at, line in enumerate(lines) if at not in furniture]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()))


LARGEST: Final = 10 * 1024 * 1024
"""A file, its pictures included, has fewer bytes."""
MOST_PAGES: Final = 200
MOST_LETTERS: Final = 600_000
"""Letters of a document. Two hundred pages have about as many."""
TAKE_APART: Final = Reader(
    Path(__file__).with_name("documents_child.py"), megabytes=768, seconds=30, most=16 * 1024 * 1024
)
_WORD, _PDF = 0, 1
_ZIP, _OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What a Word document with a password has inside, in the shape of an old one."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_MARKED_UP = (b"{\\rtf", b"<!doctype", b"<html", b"<?xml")

Why = Literal[
    "empty", "file_size", "type", "old_word", "encrypted", "scanned", "broken", "unpacks", "pages", "long",
    "letters",
]  # fmt: skip


class NotRead(Exception):
    """The document cannot be read. `why`: a short code. `number`: pages, MB, or where it gets too long."""

    def __init__(self, why: Why, number: int = 0) -> None:
        super().__init__(why)
        self.why: Why = why
        self.number = number


class Piece(NamedTuple):
    """A heading, an item of a list or a paragraph. `item`: the mark of an item, which tells its level, or "".
    `place`: such as "page 3". `page`: 0 where the file doesn't tell; text has none, and Word counts them
    when it saves."""

    text: str
    heading: bool
    item: str
    place: str
    page: int = 0


@dataclass(frozen=True)
class Pieces:
    """What was read. `kind`: "Word", "PDF", "Markdown" or "text". `without_text`: pages that show no text."""

    kind: str
    pieces: tuple[Piece, ...]
    without_text: tuple[int, ...] = ()


def read_document(content: bytes, *, markdown: bool = False) -> Pieces:
    """Return the pieces of a document. Its first bytes tell what it is, not its name. Raises NotRead."""
    if not content.strip():
        raise NotRead("empty")
    if len(content) >= LARGEST:
        raise NotRead("file_size", len(content) >> 20)
    begins = content[:1024].lstrip().lower()
    if content.startswith(_OLD_WORD):
        raise NotRead("encrypted" if _ENCRYPTED in content else "old_word")
    if content.startswith(_ZIP) and content[30:].startswith(_OPEN_DOCUMENT):
        raise NotRead("type")
    if content.startswith(_PICTURES) or begins.startswith(_MARKED_UP):
        raise NotRead("type")
    if content.startswith(_ZIP):
        lines = _apart(content, _WORD)
        return _some(Pieces("Word", tuple(_piece(line, "paragraph") for line in lines if line.text)))
    if b"%PDF-" in content[:1024]:
        return _of_pdf(content)
    text = _decoded(content)
    if len(text) > MOST_LETTERS:
        raise NotRead("long", text.count("\n", 0, MOST_LETTERS) + 1)
    lines = [Line(line, False, "", number) for number, line in enumerate(text.splitlines(), start=1)]
    found = tuple(_piece(line, "line") for line in pieces_of_lines(lines, markdown=markdown))
    return _some(Pieces("Markdown" if markdown else "text", found))


def _of_pdf(content: bytes) -> Pieces:
    lines = _apart(content, _PDF)
    with_text = {line.number for line in lines if line.text.strip()}
    without = tuple(sorted({line.number for line in lines} - with_text))
    found = tuple(_piece(line, "page") for line in pieces_of_lines(lines, pages=True))
    return _some(Pieces("PDF", found, without))


def _some(document: Pieces) -> Pieces:
    if not document.pieces:
        raise NotRead("empty")
    return document


def _piece(line: Line, unit: str) -> Piece:
    place = f"page {line.page}, {unit} {line.number}" if line.page else f"{unit} {line.number}"
    return Piece(line.text, line.heading, line.item, place, line.number if unit == "page" else line.page)


def _apart(content: bytes, kind: int) -> list[Line]:
    """The lines of a Word or PDF file. Raises NotRead."""
    try:
        told = [json.loads(line) for line in TAKE_APART(content, kind, MOST_PAGES, MOST_LETTERS).splitlines()]
    except (GaveUp, ValueError):
        raise NotRead("broken") from None
    last = told.pop() if told else None
    if isinstance(last, dict) and "bad" in last:
        raise NotRead(last["bad"], last["number"])
    if not isinstance(last, dict):
        raise NotRead("broken")
    return [Line(clean(text) if kind == _WORD else text, *rest) for text, *rest in told]


def clean(text: str) -> str:
    """Return the text on one line, without invisible characters."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _decoded(content: bytes) -> str:
    """The text, however it's written; a person reads it before it counts. Raises NotRead."""
    told = tell_apart(content)
    if told is None:
        raise NotRead("type")
    if told.encoding == "utf-8" and not told.clean:
        raise NotRead("letters")
    return told.text
