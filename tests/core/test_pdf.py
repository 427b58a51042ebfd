"""Sheets as PDF: what people wrote stays text, the same words give the same bytes."""

import io
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from pypdf import PdfReader

from schoolgate.core.documents import TEMPLATES, pdf_of
from tests.pdf_ua import check_pdf

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)


def sheet(words: str):
    row = {"label": "Aim", "words": words, "section": "", "marks": []}
    ticks = {"label": "For", "words": "", "section": "8.1", "marks": [["Pupils", True], ["Parents", False]]}
    names = ("approval", "part", "name", "signature", "date", "marked")
    return {
        "language": "en", "federation": "Wootton", "printed": False, "title": "A form",
        "source": "", "note": "", "heads": ["Question", "Answer"],
        "sections": [{"title": "The site", "printed": False, "rows": [row, ticks]}],
        "steps": [], "stands": "Waiting", "words": {name: name for name in names},
    }  # fmt: skip


def test_the_same_words_give_the_same_sheet_and_it_claims_to_be_readable_by_everybody():
    first = pdf_of("form", sheet("News of the garden."), at=AT)
    assert pdf_of("form", sheet("News of the garden."), at=AT) == first
    assert b"pdfuaid" in first


@pytest.mark.parametrize(
    "words", ['#read("/etc/passwd")', "#panic()", "$ x", "*bold", "\\u{0}", '"', "]", "<a>", "@here"]
)
def test_markup_in_an_answer_stays_text(words):
    assert pdf_of("form", sheet(words), at=AT)[:5] == b"%PDF-"


def test_a_letter_that_no_font_here_can_draw_is_no_reason_to_have_no_sheet():
    made = pdf_of("form", sheet("\U0001e900 \U000f1234"), at=AT)
    assert (made[:5], b"pdfuaid" in made, b"/StructTreeRoot" in made) == (b"%PDF-", False, True)


def lines_of(made: bytes) -> list[str]:
    return [line for page in PdfReader(io.BytesIO(made)).pages for line in page.extract_text().splitlines()]


def test_a_digest_is_broken_within_its_column_and_can_still_be_copied():
    digest = sha256(b"a piece of evidence").hexdigest()
    made = pdf_of("form", sheet(f"SHA-256 {digest}"), at=AT)
    check_pdf(made, language="en")
    assert not any(digest in line for line in lines_of(made))
    assert digest in "".join(lines_of(made))


@pytest.mark.parametrize(("letters", "breaks"), [(29, False), (30, True)])
def test_only_a_long_word_is_broken(letters, breaks):
    before = "x " * 22  # the word begins near the end of its line
    found = lines_of(pdf_of("form", sheet(before + "w" * letters), at=AT))
    assert ("w" * letters in " ".join(found).split()) is not breaks


def test_a_word_of_many_pages_is_no_reason_to_wait():
    assert len(PdfReader(io.BytesIO(pdf_of("form", sheet("w" * 20_000), at=AT))).pages) > 1


@pytest.mark.parametrize("template", [one for one in TEMPLATES.glob("*.typ") if one.stem != "words"])
def test_every_sheet_breaks_long_words(template):
    assert "#show: breaking" in template.read_text(encoding="utf-8")
