"""The checks of PDF/UA-1 find each fault that is put into a sound sheet."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import typst
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.pdf_ua import check_pdf, faults

SHEET = b"""\
#set document(title: "A sheet")
#set text(lang: "en")
= A sheet
== Figures
#table(columns: 2, table.header([Figure], [Number]), [Posts], [3])
#figure(alt: "Posts: 3", rect(width: 20mm))
- One thing
#link("https://school.example")[The school]
"""


@pytest.fixture(scope="module")
def sound() -> bytes:
    made = typst.compile(SHEET, format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made


def elements(writer: PdfWriter) -> list[Any]:
    found: list[Any] = []

    def walk(kids: Any) -> None:
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            row = kid.get_object()
            if isinstance(row, dict) and "/S" in row:
                found.append(row)
                walk(row.get("/K", ArrayObject()))

    walk(writer.root_object["/StructTreeRoot"]["/K"])
    return found


def first(writer: PdfWriter, kind: str) -> Any:
    return next(each for each in elements(writer) if each["/S"] == f"/{kind}")


def renamed(kind: str, other: str) -> Callable[[PdfWriter], Any]:
    return lambda writer: first(writer, kind).update({NameObject("/S"): NameObject(f"/{other}")})


def without(*path: str) -> Callable[[PdfWriter], Any]:
    def change(writer: PdfWriter) -> None:
        row: Any = writer.root_object
        for name in path[:-1]:
            row = row[name]
        del row[path[-1]]

    return change


def lost(kind: str, name: str) -> Callable[[PdfWriter], Any]:
    return lambda writer: first(writer, kind).pop(name)


def of_page(change: Callable[[Any], Any]) -> Callable[[PdfWriter], Any]:
    return lambda writer: change(writer.pages[0])


def font_of(page: Any) -> Any:
    return next(iter(page["/Resources"]["/Font"].values())).get_object()


def drawn_beside(page: Any) -> None:
    more = DecodedStreamObject()
    more.set_data(page.get_contents().get_data() + b"\n0 0 10 10 re f")
    page[NameObject("/Contents")] = more


def other_words(page: Any) -> None:
    more = DecodedStreamObject()
    more.set_data(page.get_contents().get_data().replace(b"/MCID 0>>", b"/MCID 99>>"))
    page[NameObject("/Contents")] = more


def no_scope(writer: PdfWriter) -> None:
    for row in first(writer, "TH")["/A"]:
        row.get_object().pop("/Scope", None)


def wrong_head(writer: PdfWriter) -> None:
    for row in first(writer, "TD")["/A"]:
        if "/Headers" in row.get_object():
            row.get_object()[NameObject("/Headers")] = ArrayObject([TextStringObject("none")])


def wider(writer: PdfWriter) -> None:
    for row in first(writer, "TD")["/A"]:
        if row.get_object()["/O"] == "/Table":
            row.get_object()[NameObject("/ColSpan")] = NumberObject(2)


def no_heads(writer: PdfWriter) -> None:
    for each in elements(writer):
        if each["/S"] == "/TH":
            each[NameObject("/S")] = NameObject("/TD")


def renamed_kinds(**kinds: str) -> Callable[[PdfWriter], Any]:
    given = DictionaryObject(
        {NameObject(f"/{name}"): NameObject(f"/{other}") for name, other in kinds.items()}
    )
    return lambda writer: writer.root_object["/StructTreeRoot"].update({NameObject("/RoleMap"): given})


def noted(**more: Any) -> Callable[[PdfWriter], Any]:
    """Another note on the first page."""

    def change(writer: PdfWriter) -> None:
        row = DictionaryObject({NameObject(f"/{name}"): value for name, value in more.items()})
        writer.pages[0]["/Annots"].append(writer._add_object(row))

    return change


def layered(writer: PdfWriter) -> None:
    choice = DictionaryObject({NameObject("/AS"): ArrayObject()})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject({NameObject("/D"): choice})


def with_a_file(writer: PdfWriter) -> None:
    writer.add_attachment("list.csv", b"a,b")
    given = writer.root_object["/Names"]["/EmbeddedFiles"]
    for each in given.get("/Kids", [given]):
        each.get_object()["/Names"][1].get_object().pop("/UF", None)


def inner_font(page: Any) -> Any:
    return font_of(page)["/DescendantFonts"][0].get_object()


def no_letters(page: Any) -> None:
    told = DecodedStreamObject()
    told.set_data(b"1 beginbfchar\n<0001> <FEFF>\nendbfchar")
    font_of(page)[NameObject("/ToUnicode")] = told


BROKEN: dict[str, tuple[str, Callable[[PdfWriter], Any]]] = {
    "no claim": ("5:", without("/Metadata")),
    "no title": ("7.1: the metadata have no title", without("/Metadata")),
    "title not shown": ("7.1: a reader isn't told", without("/ViewerPreferences", "/DisplayDocTitle")),
    "not marked": ("7.1: the file isn't marked", without("/MarkInfo")),
    "no language": ("7.2: the file has no language", without("/Lang")),
    "no tree": ("7.1: the file has no structure tree", without("/StructTreeRoot")),
    "unknown kind": ("7.1: Picture is no kind", renamed("Figure", "Picture")),
    "row outside of a table": ("7.2: TR stands in Div", renamed("TBody", "Div")),
    "no alternative text": ("7.3:", lost("Figure", "/Alt")),
    "level left out": ("7.4: a heading of level 4 follows one of level 1", renamed("H2", "H4")),
    "no heading first": ("7.4: a heading of level 2 follows one of level 0", renamed("H1", "P")),
    "no heads": ("7.5: a table has no heads", no_heads),
    "no scope": ("7.5: a head doesn't say", no_scope),
    "wrong head": ("7.5: a cell names a head", wrong_head),
    "uneven rows": ("7.2: rows of one table have [2, 3] cells", wider),
    "item without body": ("7.6: an item of a list has no body", renamed("LBody", "P")),
    "list of paragraphs": ("7.6: P stands in a list", renamed("LI", "P")),
    "drawn without a tag": ("7.1: page 1 draws something without a tag", of_page(drawn_beside)),
    "content outside of the tree": ("7.1: content outside of the tree", of_page(other_words)),
    "tree without content": ("7.1: the tree names content that isn't there", of_page(other_words)),
    "no way back": ("7.1: page 1 doesn't lead back", of_page(lambda page: page.pop("/StructParents"))),
    "no order": ("7.18.3:", of_page(lambda page: page.pop("/Tabs"))),
    "link without words": ("7.18.5:", of_page(lambda page: page["/Annots"][0].get_object().pop("/Contents"))),
    "link that is no link": ("7.18: page 1", renamed("Link", "Span")),
    "font elsewhere": (
        "7.21.4:",
        of_page(lambda page: font_of(page)["/DescendantFonts"][0].get_object().pop("/FontDescriptor")),
    ),
    "known kind with another meaning": ("7.1: P is a kind", renamed_kinds(P="Span")),
    "meaning in a circle": ("7.1: the meaning of Box leads", renamed_kinds(Box="Pane", Pane="Box")),
    "layers without a name": ("7.10: a choice of layers", layered),
    "layers that change": ("7.10: layers change", layered),
    "file without a name": ("7.11:", with_a_file),
    "note for printers": ("7.18.2:", noted(Subtype=NameObject("/TrapNet"))),
    "field without words": ("7.18.1: page 1 has a field", noted(Subtype=NameObject("/Widget"))),
    "note without words": ("7.18.1: page 1 has a note", noted(Subtype=NameObject("/Text"))),
    "shapes not told": ("7.21.3", of_page(lambda page: inner_font(page).pop("/CIDSystemInfo"))),
    "encoding elsewhere": (
        "7.21.3.3:",
        of_page(lambda page: font_of(page).update({NameObject("/Encoding"): NameObject("/Ours")})),
    ),
    "letters that are none": ("7.21.7: ", of_page(no_letters)),
    "letters without text": ("7.21.7:", of_page(lambda page: font_of(page).pop("/ToUnicode"))),
}


def test_a_sound_sheet_has_none(sound):
    assert faults(sound) == []
    check_pdf(sound, language="en")


@pytest.mark.parametrize(("said", "change"), BROKEN.values(), ids=BROKEN)
def test_a_fault_is_found(sound, said, change):
    writer = PdfWriter(clone_from=BytesIO(sound))
    change(writer)
    made = BytesIO()
    writer.write(made)
    found = faults(made.getvalue())
    assert any(each.startswith(said) for each in found), found


def test_a_sheet_in_another_language_is_not_what_was_asked_for(sound):
    with pytest.raises(AssertionError):
        check_pdf(sound, language="cy")
