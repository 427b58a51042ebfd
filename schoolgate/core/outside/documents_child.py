"""Reads one Word or PDF document from standard input and writes its lines as JSON, in a process of its own
(`core.outside.aside`). It imports nothing of the program.

Each line is `[text, heading, item, number, page]`, where `item` is the mark of a list's item or "";
the last is `{"end": ...}`. What can't be read ends with
`{"bad": why, "number": ...}`.
"""

import io
import json
import logging
import runpy
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Line = tuple[str, bool, str, int, int]
LARGEST_XML, LARGEST_ALL, MOST_PARTS = 30 << 20, 120 << 20, 4_000
"""Bytes that a Word document may unpack to: what is parsed of it, then with its pictures; and its parts."""
LONGEST_HEADING = 100
INDENTED = "indented"
"""The mark of an item of a list in a PDF that has none."""
INDENT, AHEAD = 8.0, 60
"""How far to the right of the words above a list begins; pieces of text among which a line is looked for."""
FULL_LINE, LOWER = 0.85, 1.06
"""A line that is as much shorter than the longest wasn't wrapped; as much lower is a line of its own."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RENDERED, BREAK = f"{W}lastRenderedPageBreak", f"{W}br"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class Bad(Exception):
    """The document cannot be read. `why`: a short code."""

    def __init__(self, why: str, number: int = 0) -> None:
        super().__init__(why)
        self.why, self.number = why, number


def main(kind: str, most_pages: int, most_letters: int) -> int:
    """Print the lines of the document; returns the exit status."""
    logging.disable(logging.CRITICAL)
    content, letters, last = sys.stdin.buffer.read(), 0, 0
    try:
        for line in _word(content, most_pages) if kind == "word" else _pdf(content, most_pages):
            letters, last = letters + len(line[0]), line[3]
            if letters > most_letters:
                raise Bad("long", line[3])
            print(json.dumps(line))
    except Bad as bad:
        print(json.dumps({"bad": bad.why, "number": bad.number}))
        return 0
    print(json.dumps({"end": last}))
    return 0


def _word(content: bytes, most_pages: int) -> Iterator[Line]:
    archive = _opened(content)
    from docx import Document
    from docx.opc import pkgreader
    from docx.opc.exceptions import PackageNotFoundError

    try:
        parts = Parts(archive)
        vars(pkgreader)["PhysPkgReader"] = lambda _file: parts
        document = Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Bad("type" if isinstance(error, ValueError) else "broken") from None
    names = {style.style_id: _names(style) for style in document.styles}
    paragraphs = list(document.element.body.iter(f"{W}p"))
    ends = _page_ends(document.element.body)
    pages = sum(ends.values()) + 1
    if pages > most_pages:
        raise Bad("pages", pages)
    page = 1
    for number, paragraph in enumerate(paragraphs, start=1):
        here = page + _leads_to_a_page(paragraph)
        page += ends[paragraph]
        text = _text(paragraph)
        style = names.get(_style(paragraph), "")
        if not text.strip() or "toc " in style:
            continue
        heading = "heading " in style or "title" in style or _all_bold(paragraph, text)
        yield text, heading, _level(paragraph, style), number, here if pages > 1 else 0


def _page_ends(body: Any) -> Counter[Any]:
    """Return how many pages end in each paragraph: as counted by Word on saving, or by manual page breaks."""
    counted = list(body.iter(RENDERED)) or [one for one in body.iter(BREAK) if one.get(f"{W}type") == "page"]
    return Counter(next(one.iterancestors(f"{W}p"), None) for one in counted)


def _leads_to_a_page(paragraph: Any) -> bool:
    """Whether the paragraph begins with the end of a page, so that its words are on the next one."""
    first = next(paragraph.iter(RENDERED, BREAK, f"{W}t"), None)
    return first is not None and (first.tag == RENDERED or first.get(f"{W}type") == "page")


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError):
        raise Bad("broken") from None
    parts = archive.infolist()
    if "word/document.xml" not in {part.filename for part in parts}:
        raise Bad("type")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_ALL:
        raise Bad("unpacks")
    return archive


class Parts:
    """The parts of a Word document as python-docx asks for them, in the place of its own reader: each is
    unpacked once, and what it parses as XML is checked, whatever the part is called."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        from docx.opc.pkgreader import _ContentTypeMap

        self._archive, self._xml = archive, 0
        self._declares = runpy.run_path(str(Path(__file__).with_name("declaring.py")))["bytes_declare"]
        self.content_types_xml = self._checked("[Content_Types].xml")
        types: Any = _ContentTypeMap
        self._types = types.from_xml(self.content_types_xml)

    def rels_xml_for(self, source: Any) -> bytes | None:
        """Return what a part refers to; None where it refers to nothing."""
        name = source.rels_uri.membername
        return self._checked(name) if name in self._archive.namelist() else None

    def blob_for(self, part: Any) -> bytes:
        """Return what is in a part. Raises KeyError where it isn't there."""
        from docx.opc.part import PartFactory, XmlPart

        kind = PartFactory.part_type_for.get(self._types[part], PartFactory.default_part_type)
        if issubclass(kind, XmlPart):
            return self._checked(part.membername)
        return _content(self._archive, self._archive.getinfo(part.membername))

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()

    def _checked(self, name: str) -> bytes:
        part = self._archive.getinfo(name)
        self._xml += part.file_size
        if self._xml > LARGEST_XML:
            raise Bad("unpacks")
        content = _content(self._archive, part)
        if content and self._declares(content):
            raise Bad("broken")
        return content


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(part)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError):
        raise Bad("broken") from None


def _names(style: Any) -> str:
    """The name of a style and of those that it builds on, in lower case."""
    found: list[str] = []
    while style is not None and len(found) < 10:
        found.append(str(style.name or "").lower())
        style = getattr(style, "base_style", None)
    return "; ".join(found)


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def _level(paragraph: Any, style: str) -> str:
    """The level of an item of a list, as a mark; "" where it is none."""
    numbered = paragraph.find(f"{W}pPr/{W}numPr")
    if numbered is None:
        return style if "list" in style else ""
    level = numbered.find(f"{W}ilvl")
    return f"level {'0' if level is None else level.get(f'{W}val')}"


def _text(paragraph: Any) -> str:
    """Return the text with all changes accepted; a text box is a paragraph of its own."""
    parts = []
    for one in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        above = list(one.iterancestors(f"{W}p", f"{W}del", f"{W}moveFrom", f"{W}pPr", FALLBACK))
        if above[0] is paragraph and not any(each.tag == FALLBACK for each in above):
            parts.append(one.text or "" if one.tag == f"{W}t" else " ")
    return "".join(parts)


def _all_bold(paragraph: Any, text: str) -> bool:
    """Whether a short line is bold throughout: many schools write their headings so."""
    if len(text) > LONGEST_HEADING or text.rstrip().endswith((".", ";", ",", ":", "?")):
        return False
    runs = [
        run for run in paragraph.iter(f"{W}r") if any((one.text or "").strip() for one in run.iter(f"{W}t"))
    ]
    return bool(runs) and all(_bold(run) for run in runs)


def _bold(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}b")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def _pdf(content: bytes, most_pages: int) -> Iterator[Line]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Bad("encrypted")
        pages = len(reader.pages)
        if pages > most_pages:
            raise Bad("pages", pages)
        found = [_lines_of(page) for page in reader.pages]
    except DependencyError:
        raise Bad("encrypted") from None
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
        raise Bad("broken") from None
    if sum(len(text) for page in found for text, *_ in page) < 20 * max(1, pages // 2):
        raise Bad("scanned", pages)
    for number, page in enumerate(found, start=1):
        for text, heading, item in page or [("", False, "")]:
            yield text, heading, item, number, 0


def _lines_of(page: Any) -> list[tuple[str, bool, str]]:
    """The lines of a page, which are set larger or bolder than most, and the items of lists without marks."""
    sizes: dict[str, tuple[float, bool]] = {}
    letters: dict[float, int] = {}
    begins: list[tuple[str, float, float]] = []

    def seen(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        words = text.strip()
        if words:
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            begins.append((words, x, tm[4] * cm[1] + tm[5] * cm[3] + cm[5]))
            height = round(abs(size * (tm[3] or tm[0] or 1)), 1)
            name = str((font or {}).get("/BaseFont", ""))
            sizes[words] = (height, "Bold" in name or "Black" in name)
            letters[height] = letters.get(height, 0) + len(words)

    text = page.extract_text(visitor_text=seen)
    usual = max(letters, key=lambda one: letters[one], default=0.0)
    found = []
    for line in text.splitlines():
        height, bold = sizes.get(line.strip(), (usual, False))
        short = len(line) <= LONGEST_HEADING and not line.rstrip().endswith((".", ";", ","))
        found.append((line, short and bool(line.strip()) and (height > usual * 1.1 or bold)))
    return _with_lists(found, begins)


def _with_lists(
    lines: list[tuple[str, bool]], begins: list[tuple[str, float, float]]
) -> list[tuple[str, bool, str]]:
    """Return the lines with a mark at the items of a list that has none: the indented lines below words with
    a colon. An empty line follows where they end."""
    places = _places(lines, begins)
    longest = max((len(text) for text, _heading in lines), default=0)
    falls = [round(abs(a[1] - b[1])) for a, b in pairwise(one for one in places if one)]
    apart = max(set(falls), key=falls.count, default=0)
    found: list[tuple[str, bool, str]] = []
    left = inside = None
    for number, ((text, heading), place) in enumerate(zip(lines, places, strict=True)):
        before, above = (lines[number - 1][0].strip(), places[number - 1]) if number else ("", None)
        if inside is None and place and above and before.endswith(":") and place[0] > above[0] + INDENT:
            left, inside = (above[0], place[0]) if text.strip()[:1].isalpha() else (None, None)
        if inside is None or heading or (place and place[0] < inside - INDENT / 2):
            found += [("", False, "")] if inside is not None else []
            inside = None
            found.append((text, heading, ""))
            continue
        wraps = len(before) + 1 + len((text.split() or [""])[0]) > longest * FULL_LINE
        lower = bool(place and above and abs(above[1] - place[1]) > apart * LOWER)
        first = above is not None and above[0] == left and before.endswith(":")
        hangs = bool(place and place[0] > inside + INDENT / 2)
        found.append((text, heading, INDENTED if first or (not hangs and (lower or not wraps)) else ""))
    return found


def _places(
    lines: list[tuple[str, bool]], begins: list[tuple[str, float, float]]
) -> list[tuple[float, float] | None]:
    """Return where each line begins, from the left and from below; None where that isn't known."""
    found: list[tuple[float, float] | None] = []
    at = 0
    for text, _heading in lines:
        words = text.strip()
        near = range(at, min(at + AHEAD, len(begins)))
        here = next((one for one in near if words and words.startswith(begins[one][0])), None)
        found.append(None if here is None else begins[here][1:])
        at = at if here is None else here + 1
    return found


if __name__ == "__main__":
    sys.exit(main("word" if sys.argv[1] == "0" else "pdf", int(sys.argv[2]), int(sys.argv[3])))
