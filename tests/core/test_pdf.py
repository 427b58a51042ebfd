"""Sheets as PDF: what people wrote stays text, the same words give the same bytes."""

from datetime import UTC, datetime

import pytest

from schoolgate.core.pdf import pdf_of

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
