"""PDF/UA-1, as far as a program can check it: what a PDF needs so that a screen reader can read it aloud.

`check_pdf(content)` fails with everything that is wrong, each with its clause of ISO 14289-1. What only a
person can judge (whether an alternative text says the right thing) stays with the tests of each sheet.

    .venv/bin/python -m tests.pdf_ua SHEET.pdf ...
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from tests.pdf_ua_structure import rest_of

STANDARD = frozenset(
    """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6
    L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB
    RT RP Warichu WT WP Figure Formula Form""".split()  # noqa: SIM905
)
"""The kinds of elements that readers know."""
LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
DRAWS = frozenset((b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"))
DRAWS |= {b"INLINE IMAGE"}
"""What puts something on a page."""
CONTENT, NONE = "content", "artifact"
ONLY_IN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
ABLE_TO_READ = 1 << 9
"""The bit of an encrypted file that lets a screen reader take its text."""


@dataclass
class Element:
    """An element of the structure tree, with what it holds in order."""

    kind: str
    row: Any
    within: Element | None
    holds: list[Element] = field(default_factory=list)
    marked: list[tuple[int, int]] = field(default_factory=list)
    """The pieces of content it has: page and number."""
    objects: list[Any] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        """Yield this element and all below it, in reading order."""
        yield self
        for each in self.holds:
            yield from each.all()

    def of(self, *kinds: str) -> list[Element]:
        """Return all below it of these kinds."""
        return [each for each in self.all() if each.kind in kinds]


def check_pdf(content: bytes, *, language: str = "") -> PdfReader:
    """Fail with everything in which a PDF doesn't meet PDF/UA-1; return it, opened.

    `language`: what it has to be written in, as `en` or `cy`.
    """
    reader = PdfReader(BytesIO(content))
    found = list(faults_of(reader))
    assert not found, "\n".join(found)
    if language:
        assert reader.root_object["/Lang"] == language
    return reader


def faults(content: bytes) -> list[str]:
    """Return everything in which a PDF doesn't meet PDF/UA-1."""
    return list(faults_of(PdfReader(BytesIO(content))))


def faults_of(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    yield from _of_the_file(reader, root)
    if "/StructTreeRoot" not in root:
        yield "7.1: the file has no structure tree"
        return
    top = root["/StructTreeRoot"]
    roles = {name[1:]: str(kind)[1:] for name, kind in top.get("/RoleMap", {}).items()}
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    tree = Element("", top, None)
    _grow(tree, top.get("/K"), roles, pages, page=None)
    yield from _of_the_tree(tree)
    yield from _of_headings(tree)
    for table in tree.of("Table"):
        yield from _of_a_table(table)
    for each in tree.of("L"):
        yield from _of_a_list(each)
    yield from _of_content(reader, tree)
    yield from _of_annotations(reader, tree)
    yield from _of_fonts(reader)
    yield from rest_of(reader, tree, roles, STANDARD)


def _of_the_file(reader: PdfReader, root: DictionaryObject) -> Iterator[str]:
    xmp = root["/Metadata"].get_object().get_data().decode() if "/Metadata" in root else ""
    if not re.search(r"<pdfuaid:part>\s*1\s*<|pdfuaid:part=[\"']1[\"']", xmp):
        yield "5: the metadata don't say that the file meets PDF/UA-1"
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>([^<]+)</rdf:li>", xmp, re.DOTALL)
    if title is None or not title[1].strip():
        yield "7.1: the metadata have no title"
    if not _true(root.get("/ViewerPreferences", {}), "/DisplayDocTitle"):
        yield "7.1: a reader isn't told to show the title"
    marks = root.get("/MarkInfo", {})
    if not _true(marks, "/Marked") or _true(marks, "/Suspects"):
        yield "7.1: the file isn't marked as tagged, or its tags are in doubt"
    if not LANGUAGE.match(str(root.get("/Lang", ""))):
        yield "7.2: the file has no language"
    if reader.is_encrypted and not int(reader.trailer["/Encrypt"].get("/P", 0)) & ABLE_TO_READ:
        yield "7.16: a screen reader may not take the text"
    if "/XFA" in root.get("/AcroForm", {}):
        yield "7.15: the file has a form that only one program can show"


def _true(row: Any, name: str) -> bool:
    return name in row and row[name].value is True


def _grow(
    above: Element, kids: Any, roles: dict[str, str], pages: dict[int, int], *, page: int | None
) -> None:
    """Put everything that an element holds below it; `page`: where its pieces of content are."""
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        row = kid.get_object() if kid is not None else None
        if row is None:
            continue
        if isinstance(row, int):
            above.marked.append((-1 if page is None else page, int(row)))
            continue
        where = pages[row.raw_get("/Pg").idnum] if "/Pg" in row else page
        if row.get("/Type") == "/MCR":
            above.marked.append((-1 if where is None else where, int(row["/MCID"])))
        elif row.get("/Type") == "/OBJR":
            above.objects.append(row.raw_get("/Obj").idnum)
        else:
            kind = str(row["/S"])[1:]
            for _step in range(len(roles) + 1):
                if kind in STANDARD or kind not in roles:
                    break
                kind = roles[kind]
            below = Element(kind, row, above)
            above.holds.append(below)
            _grow(below, row.get("/K"), roles, pages, page=where)


def _of_the_tree(tree: Element) -> Iterator[str]:
    for each in tree.all():
        if each is tree:
            continue
        if each.kind not in STANDARD:
            yield f"7.1: {each.kind} is no kind of element that a reader knows"
        allowed = ONLY_IN.get(each.kind)
        if allowed and (each.within is None or each.within.kind not in allowed):
            yield f"7.2: {each.kind} stands in {each.within.kind if each.within else 'nothing'}"
        if each.kind == "Figure" and not (each.row.get("/Alt") or each.row.get("/ActualText")):
            yield "7.3: a figure has no alternative text"
        if each.kind == "Formula" and not (each.row.get("/Alt") or each.row.get("/ActualText")):
            yield "7.7: a formula has no alternative text"
        if each.kind == "Note" and not each.row.get("/ID"):
            yield "7.9: a note has no name of its own"
        if "/Lang" in each.row and not LANGUAGE.match(str(each.row["/Lang"])):
            yield f"7.2: {each.row['/Lang']!r} is no language"


def _of_headings(tree: Element) -> Iterator[str]:
    levels = [int(each.kind[1]) for each in tree.of("H1", "H2", "H3", "H4", "H5", "H6")]
    if not levels:
        yield "7.4: there is no heading"
    last = 0
    for level in levels:
        if level > last + 1:
            yield f"7.4: a heading of level {level} follows one of level {last}"
        last = level
    if levels and tree.of("H"):
        yield "7.4: headings with and without a level"


def _of_a_table(table: Element) -> Iterator[str]:
    rows = table.of("TR")
    heads = table.of("TH")
    if not heads:
        yield "7.5: a table has no heads"
    named = {str(each.row["/ID"]) for each in heads if "/ID" in each.row}
    for head in heads:
        if _attribute(head, "/Scope") not in ("/Column", "/Row", "/Both"):
            yield "7.5: a head doesn't say whether it is of its column or its row"
    for cell in table.of("TD"):
        for name in _attribute(cell, "/Headers") or ():
            if str(name) not in named:
                yield f"7.5: a cell names a head {name!r} that isn't there"
    if not any(_attribute(cell, "/RowSpan") for cell in table.of("TH", "TD")):
        wide = {
            sum(int(_attribute(cell, "/ColSpan") or 1) for cell in row.holds if cell.kind in ("TH", "TD"))
            for row in rows
        }
        if len(wide) > 1:
            yield f"7.2: rows of one table have {sorted(wide)} cells"


def _of_a_list(of: Element) -> Iterator[str]:
    for each in of.holds:
        if each.kind not in ("LI", "L", "Caption"):
            yield f"7.6: {each.kind} stands in a list"
        if each.kind == "LI" and not any(part.kind == "LBody" for part in each.holds):
            yield "7.6: an item of a list has no body"
        if each.kind == "LI" and any(part.kind not in ("Lbl", "LBody") for part in each.holds):
            yield "7.6: an item of a list holds something beside its label and body"


def _attribute(element: Element, name: str) -> Any:
    given = element.row.get("/A")
    rows = given if isinstance(given, ArrayObject) else [given] if given is not None else []
    for row in rows:
        found = row.get_object()
        if isinstance(found, DictionaryObject) and name in found:
            return found[name]
    return None


def _of_content(reader: PdfReader, tree: Element) -> Iterator[str]:
    """Everything drawn is in the tree or said to be no content, and the other way round."""
    held = [piece for each in tree.all() for piece in each.marked]
    if len(held) != len(set(held)):
        yield "7.1: one piece of content stands in the tree twice"
    drawn: set[tuple[int, int]] = set()
    for number, page in enumerate(reader.pages):
        pieces: set[int] = set()
        content = page.get_contents()
        if content is not None:
            yield from _of_a_stream(ContentStream(content, reader), page, number, pieces, [])
        drawn |= {(number, piece) for piece in pieces}
        if pieces and "/StructParents" not in page:
            yield f"7.1: page {number + 1} doesn't lead back to the tree"
    lost, missing = drawn - set(held), set(held) - drawn
    if lost:
        yield f"7.1: content outside of the tree, as page and number: {sorted(lost)[:5]}"
    if missing:
        yield f"7.1: the tree names content that isn't there: {sorted(missing)[:5]}"


def _of_a_stream(
    stream: ContentStream, page: Any, number: int, pieces: set[int], above: list[str]
) -> Iterator[str]:
    """Yield what is drawn without a tag, and put the number of each piece of content into `pieces`."""
    inside = list(above)
    resources = page["/Resources"].get_object() if "/Resources" in page else {}
    for operands, operator in stream.operations:
        tagged = CONTENT in inside or NONE in inside
        if operator in (b"BDC", b"BMC"):
            begun = _begun(operands, resources, pieces)
            if begun and tagged and begun not in inside:
                yield f"7.1: page {number + 1} has content inside of what is none, or the other way round"
            inside.append(begun)
        elif operator == b"EMC":
            inside.pop()
        elif operator in DRAWS and not tagged:
            yield f"7.1: page {number + 1} draws something without a tag ({operator.decode()})"
        elif operator == b"Do":
            thing = resources["/XObject"][operands[0]].get_object()
            if thing.get("/Subtype") == "/Form":
                yield from _of_a_stream(ContentStream(thing, stream.pdf), thing, number, pieces, inside)
            elif not tagged:
                yield f"7.1: page {number + 1} has a picture without a tag"


def _begun(operands: Any, resources: Any, pieces: set[int]) -> str:
    """Return what a tag says of what follows: content, none, or nothing."""
    if operands[0] == "/Artifact":
        return NONE
    given = operands[1] if len(operands) > 1 else None
    if isinstance(given, str):
        given = resources.get("/Properties", {}).get(str(given), DictionaryObject()).get_object()
    if not isinstance(given, DictionaryObject) or "/MCID" not in given:
        return ""
    pieces.add(int(given["/MCID"]))
    return CONTENT


def _of_annotations(reader: PdfReader, tree: Element) -> Iterator[str]:
    held = {one: each.kind for each in tree.all() for one in each.objects}
    for number, page in enumerate(reader.pages, start=1):
        notes = [one for one in page.get("/Annots", ()) if one.get_object().get("/Subtype") != "/Popup"]
        if notes and page.get("/Tabs") != "/S":
            yield f"7.18.3: page {number} isn't walked through in the order of the tree"
        for one in notes:
            note, kind = one.get_object(), held.get(one.idnum, "")
            link = note.get("/Subtype") == "/Link"
            if kind != {"/Link": "Link", "/Widget": "Form"}.get(str(note.get("/Subtype")), "Annot"):
                yield f"7.18: page {number} has a link or note that the tree doesn't hold as one"
            if link and not note.get("/Contents"):
                yield f"7.18.5: page {number} has a link that doesn't say in words where it leads"


def _of_fonts(reader: PdfReader) -> Iterator[str]:
    seen: set[int] = set()
    for page in reader.pages:
        for one in page.get("/Resources", {}).get("/Font", {}).values():
            font = one.get_object()
            if id(font) in seen:
                continue
            seen.add(id(font))
            name = font.get("/BaseFont", "a font")
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            described = inner.get("/FontDescriptor", {})
            if font.get("/Subtype") == "/Type3":
                name = "a drawn font"
            elif not any(f"/FontFile{kind}" in described for kind in ("", "2", "3")):
                yield f"7.21.4: {name} isn't part of the file"
            if "/ToUnicode" not in font and font.get("/Encoding") not in (
                "/WinAnsiEncoding",
                "/MacRomanEncoding",
            ):
                yield f"7.21.7: the letters of {name} can't be read as text"


def main(*files: str) -> int:
    """Print what is wrong in each file; returns the exit status."""
    wrong = {file: faults(Path(file).read_bytes()) for file in files}
    for file, found in wrong.items():
        print(file, "no fault" if not found else "")
        for each in found:
            print(" ", each)
    return int(any(wrong.values()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
