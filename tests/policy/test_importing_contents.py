"""A list of contents and the front matter of a document are no sentences to pick."""

from schoolgate.core.outside.documents import Piece
from schoolgate.policy.importing.document import document_of, reading_of

HEADINGS = ("Aims and scope", "Staff use of personal social media", "Contact with former students")


def piece(text, *, heading=False):
    return Piece(text, heading, "", "line 1")


def said(*front):
    body = [
        part
        for name in HEADINGS
        for part in (piece(f"1. {name}", heading=True), piece(f"Staff must follow the rules on {name}."))
    ]
    found = document_of([*front, *body], "text")
    return [(one.section, one.text) for one in found.sentences]


WHOLE = said()


def test_lines_of_the_contents_are_left_out_in_whatever_form_they_stand():
    assert [section for section, _text in WHOLE] == [*HEADINGS]
    title = piece("Contents", heading=True)
    for line in ("{}", "1. {}", "{} ........ 4", "1 {} 4", "{}\t4", "{} | 4", "{} page 4"):
        lines = [piece(line.format(name)) for name in HEADINGS]
        assert said(title, *lines) == WHOLE, line
        assert said(*lines) == WHOLE, line
        assert said(*(piece(line.format(name), heading=True) for name in HEADINGS)) == WHOLE, line
    assert said(title, piece(" ".join(f"{n}. {name}" for n, name in enumerate(HEADINGS, 1)))) == WHOLE
    assert said(title, piece("1. Aims and the scope"), piece("Appendix A: Request form")) == WHOLE


def test_a_rule_that_stands_before_its_heading_or_below_contents_is_kept():
    rule = "Staff must not use personal social media."
    assert ("Beginning", rule) in said(piece(rule))
    kept = [text for _section, text in said(piece("Contents", heading=True), piece(rule))]
    assert rule in kept
    again = [text for _section, text in said(piece("Staff use", heading=True), piece("Staff must ask."))]
    assert again[0] == "Staff must ask."


def test_front_matter_is_a_label_however_many_things_it_names():
    for text in (
        "Approved by: Governing Committee | Approved: 16 September 2026 | Policy owner: Deputy Headteacher",
        "Version 3.1 | Date: May 2026 | Author: The Communications Lead",
        "Policy owner: Deputy Headteacher, who is responsible for the website and for all of our accounts",
    ):
        assert reading_of(text).why_not == "a label", text
    assert reading_of("The policy owner must approve each post before it is published.").why_not == ""


def test_an_item_of_a_list_keeps_the_number_of_its_clause():
    lines = [
        piece("Posting", heading=True),
        piece("5.2 Staff must not:"),
        Piece("post late", False, "•", "line 2"),
        Piece("post names", False, "•", "line 3"),
        piece("Staff must ask."),
    ]
    found = document_of(lines, "text").sentences
    assert [(one.number, one.text) for one in found] == [
        ("5.2", "Staff must not post late"), ("5.2", "Staff must not post names"), ("", "Staff must ask."),
    ]  # fmt: skip
