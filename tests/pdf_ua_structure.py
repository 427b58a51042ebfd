"""The rest of PDF/UA-1 that a program can check: what our sheets have seldom or never, so that it is seen on
the day on which they do. See `tests.pdf_ua`.

Left to veraPDF, which isn't to be had here: ruby and warichu, clips of media, printers' marks, glyphs that a
font doesn't have, its widths and character sets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

OF_ADOBE = re.compile(r"^/(Identity-[HV]|(Uni|GB|B5|HK|ETen|CNS|KSC|UniJIS|H$|V$|EUC|Ext|Add|90|83)\S*)$")
NO_LETTERS = re.compile(r"<(0000|FEFF|FFFE)>\s*$", re.IGNORECASE | re.MULTILINE)
PICTURES_OF_PAGES = "/Form"


def rest_of(reader: PdfReader, tree: Any, roles: dict[str, str], standard: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong, each with its clause."""
    yield from _of_roles(roles, standard)
    named = Counter(str(each.row["/ID"]) for each in tree.of("Note") if "/ID" in each.row)
    if any(count > 1 for count in named.values()):
        yield "7.9: two notes have one name"
    yield from _of_layers_and_files(reader.root_object)
    forms: Counter[int] = Counter()
    for number, page in enumerate(reader.pages, start=1):
        yield from _of_notes(page, number)
        for thing in page.get("/Resources", {}).get("/XObject", {}).values():
            row = thing.get_object()
            if row.get("/Subtype") == PICTURES_OF_PAGES:
                if "/Ref" in row:
                    yield f"7.20: page {number} shows a part of another file"
                forms[thing.indirect_reference.idnum] += b"/MCID" in row.get_data()
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            yield from _of_a_font(font.get_object())
    if any(count > 1 for count in forms.values()):
        yield "7.20: a form with content of the tree is drawn more than once"


def _of_roles(roles: dict[str, str], standard: frozenset[str]) -> Iterator[str]:
    for name, meaning in roles.items():
        if name in standard:
            yield f"7.1: {name} is a kind that readers know, and is given another meaning"
        seen, at = {name}, meaning
        while at in roles and at not in seen:
            seen.add(at)
            at = roles[at]
        if at in seen:
            yield f"7.1: the meaning of {name} leads back to itself"


def _of_layers_and_files(root: Any) -> Iterator[str]:
    layers = root.get("/OCProperties", {})
    for each in ([layers["/D"]] if "/D" in layers else []) + list(layers.get("/Configs", ())):
        row = each.get_object()
        if not row.get("/Name"):
            yield "7.10: a choice of layers has no name"
        if "/AS" in row:
            yield "7.10: layers change by themselves"
    given = root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", ())
    for each in list(given)[1::2]:
        if not (each.get_object().get("/F") and each.get_object().get("/UF")):
            yield "7.11: an attached file has no name that every reader can show"


def _of_notes(page: Any, number: int) -> Iterator[str]:
    for one in page.get("/Annots", ()):
        note = one.get_object()
        kind = note.get("/Subtype")
        above = note.get("/Parent", {})
        if kind == "/TrapNet":
            yield f"7.18.2: page {number} has a note for printers alone"
        elif kind == "/Widget" and not (note.get("/TU") or above.get("/TU")):
            yield f"7.18.1: page {number} has a field of a form without words"
        elif kind not in ("/Link", "/Widget", "/Popup") and not (note.get("/Contents") or note.get("/Alt")):
            yield f"7.18.1: page {number} has a note without words"


def _of_a_font(font: Any) -> Iterator[str]:
    name = font.get("/BaseFont", "a font")
    if font.get("/Subtype") == "/Type0":
        inner, encoding = font["/DescendantFonts"][0].get_object(), font.get("/Encoding")
        if inner.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
            yield f"7.21.3.2: {name} doesn't say which letter has which shape"
        if "/CIDSystemInfo" not in inner:
            yield f"7.21.3.1: {name} doesn't say how its letters are counted"
        if isinstance(encoding, str) and not OF_ADOBE.match(encoding):
            yield f"7.21.3.3: {name} has an encoding that isn't part of the file"
    if "/ToUnicode" in font:
        told = font["/ToUnicode"].get_object().get_data().decode("latin-1")
        if any(NO_LETTERS.search(each) for each in re.findall(r"beginbf\w+(.*?)endbf", told, re.DOTALL)):
            yield f"7.21.7: {name} has letters that are none"
