"""Untrusted policy documents: Word, PDF, Markdown or plain text, as pieces of text in reading order.

A separate process reads Word and PDF (`documents_child`); text is read here. A piece is a heading, a list
item or a paragraph, with its place, so that people can find it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

from schoolgate.core.outside.aside import GaveUp, Reader
from schoolgate.core.outside.code_pages import tell_apart
from schoolgate.core.outside.text_lines import Line, pieces_of_lines

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
