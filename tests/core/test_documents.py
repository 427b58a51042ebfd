"""Policy documents are read into headings, items and paragraphs; what cannot be read says why."""

import io
import zipfile

import pytest
from docx.opc import pkgreader

from schoolgate.core.outside import documents_child
from schoolgate.core.outside.documents import LARGEST, MOST_LETTERS, MOST_PAGES, NotRead, read_document
from tests.documents import POLICY, encrypted, pdf, renamed, with_text, word
from tests.limited import in_limits

READ = """
import sys
from schoolgate.core.outside.documents import NotRead, read_document
try:
    print(len(read_document(open(sys.argv[1], "rb").read()).pieces))
except NotRead as refused:
    print("refused", refused.why)
"""


def texts(content, **how):
    return [(one.text, one.heading, bool(one.item)) for one in read_document(content, **how).pieces]


def refusal(content):
    with pytest.raises(NotRead) as refused:
        read_document(content)
    return refused.value.why, refused.value.number


def test_markdown_gives_headings_items_and_whole_paragraphs():
    found = texts(POLICY.encode(), markdown=True)
    assert found[0] == ("Social Media Policy", True, False)
    assert ("1. Introduction", True, False) in found
    assert ("share passwords;", False, True) in found
    assert found[-1][0].endswith("reviews this policy every two years.")


def test_marks_of_markdown_are_no_words():
    assert (
        texts(b"Ask **Ann** at [the office](https://a.example).\n", markdown=True)[0][0]
        == "Ask Ann at the office."
    )


def test_pasted_text_has_headings_too():
    found = texts(b"INTRODUCTION\nThis policy applies\nto all staff.\n\n2. Replies\nStaff answer in a day.\n")
    assert found == [
        ("INTRODUCTION", True, False),
        ("This policy applies to all staff.", False, False),
        ("2. Replies", True, False),
        ("Staff answer in a day.", False, False),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_however_it_was_saved(encoding):
    assert (
        texts("The school’s café – staff only.".encode(encoding))[0][0] == "The school’s café – staff only."
    )


def test_word_gives_headings_and_lists():
    content = word(("Heading 1", "Replies"), ("Normal", "Staff must:"), ("List Bullet", "answer in a day"))
    assert texts(content) == [
        ("Replies", True, False),
        ("Staff must:", False, False),
        ("answer in a day", False, True),
    ]


def word_of(body):
    """A Word document with this body."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>'
    return with_text(word(("Normal", "x")), "word/document.xml", text)


def test_word_is_read_with_its_changes_accepted():
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Staff </w:t></w:r>"
        "<w:del><w:r><w:delText>may</w:delText></w:r></w:del><w:ins><w:r><w:t>must </w:t></w:r></w:ins>"
        "<w:hyperlink><w:r><w:t>ask.</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>"
    )
    assert texts(word_of(body)) == [("Staff must ask.", False, False)]


def test_a_short_bold_line_of_word_is_a_heading():
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Replies</w:t></w:r></w:p>"
    assert texts(word_of(f"{bold}<w:p><w:r><w:t>Staff answer.</w:t></w:r></w:p>")) == [
        ("Replies", True, False), ("Staff answer.", False, False),
    ]  # fmt: skip


def test_pdf_gives_larger_lines_as_headings_joins_lines_and_leaves_out_what_stands_on_every_page():
    pages = [
        [(9, "St Mary - Social media policy"), (18, f"Part {name}"), (11, "All staff must keep"),
         (11, "to part"), (11, f"{name} of this policy."), (9, f"Page {number} of 4")]
        for number, name in enumerate(("one", "two", "three", "four"), start=1)
    ]  # fmt: skip
    document = read_document(pdf(*pages))
    assert [one.text for one in document.pieces][:3] == [
        "Part one", "All staff must keep to part one of this policy.", "Part two",
    ]  # fmt: skip
    assert [one.place for one in document.pieces if one.heading] == ["page 1", "page 2", "page 3", "page 4"]


def test_a_list_of_a_pdf_without_marks_is_known_by_its_indent_and_ends_where_that_ends():
    item = "the whereabouts of a trip before everyone has returned to school, in words or"
    lines = [
        (11, "3.3 The following may not appear on the accounts of the school, in words or pictures:"),
        (11, "advertisements for businesses", 40),
        (11, item, 40), (11, "pictures", 40),
        (11, "party political material", 40),
        (11, "Each is entered in a log."),
        (11, "3.4 News of a death is never"), (11, "announced on social media"),
        (11, "3.5 Staff may ask."), (11, "They ask within"), (11, "2.5 hours."),
        (11, "A table follows:"), (11, "- with marks", 40), (11, "that wraps", 60), (11, "- of its own", 40),
    ]  # fmt: skip
    assert texts(pdf(lines)) == [
        (lines[0][1], False, False),
        ("advertisements for businesses", False, True),
        (f"{item} pictures", False, True),
        ("party political material", False, True),
        ("Each is entered in a log.", False, False),
        ("3.4 News of a death is never announced on social media", False, False),
        ("3.5 Staff may ask. They ask within 2.5 hours. A table follows:", False, False),
        ("with marks that wraps", False, True),
        ("of its own", False, True),
    ]  # fmt: skip


def test_a_numbered_paragraph_of_text_begins_anew_whatever_stands_before_it():
    third = "3.3 What may never be posted is what brings the school into disrepute"
    fourth = "3.4 News of a death, as is said in section"
    lines = [third, fourth, "4.5 The whole of it is told at once, and takes", "2.5 hours until it is told."]
    assert texts("\n".join(lines).encode()) == [
        (third, False, False), (" ".join(lines[1:]), False, False),
    ]  # fmt: skip


def test_a_heading_is_one_in_one_language_or_in_two_with_a_number():
    for words in (
        "6 Staff yn eu cyfrifon eu hunain / Staff and their own accounts",
        "6 Staff and their own accounts", "10. Messages and comments / Negeseuon a sylwadau",
        "Rhieni / Parents",
    ):  # fmt: skip
        below = [(11, "6.1 Staff must ask before each post."), (11, "6.2 Staff must tell each other of it.")]
        found = texts(pdf([(18, words), *below]))
        assert found == [(words, True, False), *((one, False, False) for _size, one in below)]


def test_a_page_without_text_is_named():
    line = (11, "All staff must keep to every part of this policy.")
    assert read_document(pdf([line] * 3, [], [line] * 2)).without_text == (2,)


def test_a_pdf_that_only_may_not_be_changed_is_read():
    content = encrypted(pdf([(11, "All staff must keep to this policy.")]), "")
    assert texts(content) == [("All staff must keep to this policy.", False, False)]


# --- What cannot be read ---------------------------------------------------------------------------


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


REFUSED = {
    "nothing": (b"", "empty"),
    "only blanks": (b" \n\n ", "empty"),
    "a Word document without a word": (word(("Normal", " ")), "empty"),
    "old Word": (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old_word"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "type"),
    "a web page": (b"<!DOCTYPE html><p>Staff must ask.</p>", "type"),
    "rich text": (rb"{\rtf1 Staff must ask.}", "type"),
    "a program": (b"\x7fELF\0\0\0", "type"),
    "an archive of something else": (zipped(a="x"), "type"),
    "a Word document cut short": (word(("Normal", "Staff must ask."))[:900], "broken"),
    "a Word document with damaged text": (
        with_text(word(("Normal", "x")), "word/document.xml", "<w:document"), "broken"
    ),
    "a PDF cut short": (pdf([(11, "Staff must ask.")])[:120], "broken"),
    "a Word document with a password": (
        b"\xd0\xcf\x11\xe0" + b"x" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"
    ),
    "a PDF with a password": (encrypted(pdf([(11, "Staff must ask.")]), "secret"), "encrypted"),
    "a scanned PDF": (pdf([], [], []), "scanned"),
    "10 MB of text": (b"Staff must ask. " * 655_360, "file_size"),
    "a text without end": (b"Staff must ask. " * 600_000, "long"),
    "a paragraph without end": (word(("Normal", "Staff must ask. " * (MOST_LETTERS // 15))), "long"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_says_why(name):
    content, why = REFUSED[name]
    assert refusal(content)[0] == why


def test_a_document_of_400_pages_is_refused_with_its_number():
    assert refusal(pdf(*[[(11, "All staff must keep to this policy.")]] * 400)) == ("pages", 400)
    assert MOST_PAGES == 200


@pytest.mark.parametrize("tag", ["lastRenderedPageBreak", 'br w:type="page"'])
def test_a_word_document_gives_the_page_of_each_paragraph_where_it_tells(tag):
    content = word_of(f"<w:p><w:r><w:t>One.</w:t></w:r></w:p><w:p><w:r><w:{tag}/><w:t>Two.</w:t></w:r></w:p>")
    found = read_document(content).pieces
    assert [(one.text, one.page, one.place) for one in found] == [
        ("One.", 1, "page 1, paragraph 1"), ("Two.", 2, "page 2, paragraph 2"),
    ]  # fmt: skip


def test_a_word_document_of_400_pages_is_refused_with_its_number():
    page = "<w:p><w:r><w:t>Staff must ask.</w:t><w:lastRenderedPageBreak/></w:r></w:p>"
    assert refusal(word_of(page * 399)) == ("pages", 400)


def test_a_file_of_many_megabytes_is_refused_before_it_is_looked_at():
    assert refusal(b"%PDF-" + b"x" * LARGEST) == ("file_size", LARGEST >> 20)


def test_text_that_is_too_long_names_the_line():
    assert refusal(b"Staff must ask.\n" * (MOST_LETTERS // 10)) == ("long", MOST_LETTERS // 16 + 1)


def test_a_small_word_document_of_hundreds_of_megabytes_is_refused_in_little_memory(tmp_path):
    for name in ("word/more.xml", "word/media/picture.png"):
        out = io.BytesIO(word(("Normal", "Staff must ask.")))
        with (
            zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
            archive.open(name, "w", force_zip64=True) as part,
        ):
            for _ in range(125):
                part.write(bytes(1 << 20))
        assert len(out.getvalue()) < 1_000_000
        (tmp_path / "bomb.docx").write_bytes(out.getvalue())
        said = in_limits(READ, str(tmp_path / "bomb.docx"), megabytes=900, seconds=40)
        assert said == "refused unpacks", name


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ASKS = f"<w:document {W}><w:body><w:p><w:r><w:t>Staff must {{}} ask.</w:t></w:r></w:p></w:body></w:document>"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE d [<!ENTITY x "never">]>' + ASKS.format("&x;"),
        '<?xml version="1.0"?>\n<!-- <w> --><!DOCTYPE d>' + ASKS.format("never"),
        "<!DOCTYPE" * 20_000 + ASKS.format("never"),
        ('\ufeff<!DOCTYPE d [<!ENTITY x "never">]>' + ASKS.format("&x;")).encode("utf-16-le"),
        ('<!DOCTYPE d [<!ENTITY x "never">]>' + ASKS.format("&x;")).encode("utf-16-le"),
    ],
    ids=["entity", "after a comment", "many", "UTF-16", "UTF-16 without its mark"],
)
def test_a_word_document_that_declares_a_type_is_refused(text):
    assert refusal(with_text(word(("Normal", "x")), "word/document.xml", text))[0] == "broken"


@pytest.mark.parametrize("name", ["word/text.bin", "word/media/text.png", "customXml/text.dat"])
def test_a_part_that_is_parsed_is_checked_whatever_its_name_is(name):
    content = renamed(word(("Normal", "Staff must ask.")), "word/styles.xml", name)
    assert [one.text for one in read_document(content).pieces] == ["Staff must ask."]
    declares = with_text(content, name, "<!DOCTYPE d>" + ASKS.format("never"))
    assert refusal(declares)[0] == "broken"


def test_a_part_that_nobody_parses_may_declare_a_type():
    content = word(("Normal", "Staff must ask."))
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/media/crest.svg", '<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"/>')
    assert [one.text for one in read_document(out.getvalue()).pieces] == ["Staff must ask."]


def test_each_part_of_a_word_document_is_unpacked_once(monkeypatch):
    unpacked = []

    def read(archive, part):
        unpacked.append(part.filename)
        return archive.read(part)

    monkeypatch.setattr(documents_child, "_content", read)
    monkeypatch.setattr(pkgreader, "PhysPkgReader", pkgreader.PhysPkgReader)
    assert [line[0] for line in documents_child._word(word(("Normal", "Staff must ask.")), 10)] == [
        "Staff must ask."
    ]
    assert "word/document.xml" in unpacked
    assert len(unpacked) == len(set(unpacked))


@pytest.mark.parametrize("before", ["", '<?xml version="1.0"?>\n', "<!-- <!DOCTYPE d> -->"])
def test_a_word_document_that_declares_none_is_read(before):
    content = with_text(word(("Normal", "x")), "word/document.xml", before + ASKS.format("never"))
    assert [one.text for one in read_document(content).pieces] == ["Staff must never ask."]


def test_entities_that_multiply_are_refused(tmp_path):
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lols = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    text = (
        f'<!DOCTYPE d [<!ENTITY l0 "lol">{lols}]><w:document xmlns:w="{w}"><w:body><w:p><w:r>'
        "<w:t>&l11;</w:t></w:r></w:p></w:body></w:document>"
    )
    (tmp_path / "bomb.docx").write_bytes(with_text(word(("Normal", "x")), "word/document.xml", text))
    said = in_limits(READ, str(tmp_path / "bomb.docx"), megabytes=900, seconds=40)
    assert said == "refused broken"


LINES = {
    "marks": "#" * 500_000, "blanks": ("x" + " " * 300) * 1_500, "brackets": "[" * 500_000,
    "links": "[a](" * 120_000, "numbers": "1." * 250_000, "dots": ". " * 250_000,
    "short lines": "a\n" * 60_000, "rules": "---\n" * 60_000,
}  # fmt: skip
READ_EACH = """
import sys
from schoolgate.core.outside.documents import NotRead, read_document
for name in sys.argv[1:]:
    try:
        read_document(open(name, "rb").read(), markdown=True)
    except NotRead as refused:
        assert refused.why in ("long", "empty"), refused.why
    print(name)
"""
"""Where one takes too long, the names of those before it are told."""


@pytest.mark.timeout(60)
def test_no_text_takes_long(tmp_path):
    for name, text in LINES.items():
        (tmp_path / name).write_text(text, "utf-8")
    names = [str(tmp_path / name) for name in LINES]
    assert in_limits(READ_EACH, *names, seconds=10).splitlines() == names
