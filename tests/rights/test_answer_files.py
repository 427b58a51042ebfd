"""The files of an answer: what was covered is in none of their bytes, and they say the same."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from pypdf import PdfReader

from schoolgate.rights import answer_files
from schoolgate.rights.answer_files import (
    PASSES,
    Contents,
    GivenFile,
    GivenPiece,
    GivenText,
    Gone,
    Sink,
    write,
)
from schoolgate.rights.letter import Facts, draft
from schoolgate.rights.models import Kind, exemptions_for
from tests.pdf_ua import check_pdf

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)


def lost():
    raise Gone
    yield b""


def piece(number, words="Thank you, █████!", files=()):
    texts = (GivenText("Text", words), GivenText("Name", "Megan Parry"))
    return GivenPiece(
        number, "Comments and messages", f"Comment {number}", AT, texts, tuple(files), covered=True
    )


def contents(*pieces, language="en"):
    return Contents(
        number=7, language=language, federation="Wildground", title="Copy of your data",
        about=(("Request", "7"),), received_on=date(2027, 1, 4), made_at=AT,
        letter="Dear Megan,\n\nhere it is.", pieces=lambda: iter(pieces),
    )  # fmt: skip


def made(answer):
    parts = []
    written = write(answer, Sink(parts.append))
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(parts)))
    assert bundle.testzip() is None
    return written.pieces, bundle


def pdf_text(bundle, name="answer.pdf"):
    reader = PdfReader(io.BytesIO(bundle.read(name)))
    return "\n".join(page.extract_text() for page in reader.pages)


def test_pdf_json_and_table_say_the_same_and_files_are_beside_them():
    picture = GivenFile("0001-1.png", "Picture", lambda: iter([b"\x89PNG", b"rest"]))
    total, bundle = made(contents(piece(1, files=[picture]), piece(2, "=1+1")))
    assert total == 2
    names = ["letter.pdf", "answer.pdf", "files/0001-1.png", "data.json", "data.csv", "README.txt"]
    assert bundle.namelist() == names
    assert bundle.read("files/0001-1.png") == b"\x89PNGrest"
    text = pdf_text(bundle)
    for name in ("letter.pdf", "answer.pdf"):
        check_pdf(bundle.read(name), language="en")
    assert "1. Comment 1" in text
    assert "here it is." in pdf_text(bundle, "letter.pdf")
    data = json.loads(bundle.read("data.json"))
    assert [one["number"] for one in data["pieces"]] == [1, 2]
    assert data["pieces"][0]["files"] == ["files/0001-1.png"]
    assert data["letter"].startswith("Dear Megan")
    rows = list(csv.reader(io.StringIO(bundle.read("data.csv").decode("utf-8-sig"))))
    assert rows[1][-1] == "Thank you, █████!"
    assert "'=1+1" in [row[-1] for row in rows]
    assert "data.csv: The same as a table" in bundle.read("README.txt").decode()


def test_letter_and_pieces_meet_the_standard_in_welsh_too():
    _total, bundle = made(contents(piece(1), piece(2), language="cy"))
    for name in ("letter.pdf", "answer.pdf"):
        check_pdf(bundle.read(name), language="cy")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "19 July 2027, 11:30"), ("cy", "19 Gorffennaf 2027, 11:30")]
)
def test_a_piece_says_in_words_when_it_was_by_the_clock_of_its_school(language, said):
    at = datetime(2027, 7, 19, 10, 30, tzinfo=UTC)
    _total, bundle = made(contents(replace(piece(1), at=at), language=language))
    assert said in pdf_text(bundle)
    assert json.loads(bundle.read("data.json"))["pieces"][0]["at"] == "2027-07-19T11:30:00+01:00"


def test_a_file_that_is_lost_is_named_and_nothing_else_fails():
    _total, bundle = made(contents(piece(1, files=[GivenFile("0001-1.jpg", "Picture", lost)])))
    assert "0001-1.jpg" in bundle.read("README.txt").decode()
    assert "files/0001-1.jpg" not in bundle.namelist()
    assert json.loads(bundle.read("data.json"))["pieces"][0]["files"] == []


def test_nothing_that_is_given_makes_an_answer_of_a_letter():
    total, bundle = made(contents())
    assert total == 0
    assert "answer.pdf" not in bundle.namelist()
    assert json.loads(bundle.read("data.json"))["pieces"] == []


@pytest.mark.parametrize(("limit", "most"), [("IN_ONE_PDF", 2), ("LONGEST_PDF", 80)])
def test_many_pieces_go_into_several_pdfs(monkeypatch, limit, most):
    monkeypatch.setattr(answer_files, limit, most)
    _total, bundle = made(contents(*(piece(number, "x" * 28) for number in range(1, 4))))
    assert "3. Comment 3" in pdf_text(bundle, "answer-2.pdf")
    assert "3. Comment 3" not in pdf_text(bundle)
    assert "answer-3.pdf" not in bundle.namelist()


def test_it_tells_how_far_it_is_through_all_of_the_work():
    told = []
    written = write(contents(*map(piece, range(1, 6))), Sink(len), went=told.append)
    assert (written.pieces, written.volumes) == (5, 1)
    assert told == sorted(told)
    assert (len(told), told[0], told[-1]) == (5 * PASSES, 0, 5)


def test_memory_stays_flat_however_much_is_given():
    """In a process of its own, because the typesetter's threads don't survive a fork."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.rights.large", "300", "15"],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert int(done.stdout) < 20


def test_it_can_be_stopped_at_each_step():
    class Stop(Exception):
        pass

    def after(number):
        left = iter(range(number))

        def went(_done):
            if next(left, None) is None:
                raise Stop

        return went

    for number in range(2 * PASSES):
        with pytest.raises(Stop):
            write(contents(piece(1), piece(2)), Sink(len), went=after(number))


def test_the_same_answer_is_the_same_bytes():
    first, second = [], []
    write(contents(piece(1)), Sink(first.append))
    write(contents(piece(1)), Sink(second.append))
    assert b"".join(first) == b"".join(second)


def facts(kind=Kind.ACCESS, **given):
    return Facts(**{
        "kind": kind, "number": 7, "federation": "Wildground", "name": "Megan Parry",
        "contact": "1 High Street", "received_on": date(2027, 1, 4), "on": date(2027, 1, 19),
        "searched_on": date(2027, 1, 10),
        "places": ["Posts", "Inbox"], "given": 3, "covered": 1, "left_out": (),
    } | given)  # fmt: skip


def test_the_letter_says_what_was_searched_what_is_missing_why_and_where_to_complain():
    said = draft(facts(left_out={"others", "privilege"}))
    for words in (
        "10 January 2027", "Posts, Inbox", "3 pieces", "Sch. 2 para. 16", "Sch. 2 para. 19",
        "0303 123 1113", "complain to us first", "correct or erase", "How long we keep it",
        "by a computer alone",
    ):  # fmt: skip
        assert words in said


def test_the_letter_is_silent_about_an_exemption_whose_mention_may_harm():
    said = draft(facts(left_out={"child_abuse", "serious_harm"}))
    assert "left something out" not in said
    assert "Sch. 3" not in said
    assert "child" not in said


def test_a_refusal_of_information_names_section_the_public_interest_and_the_review():
    said = draft(facts(Kind.INFORMATION, given=0, covered=0, left_out={"affairs"}))
    for words in (
        "FOIA 2000 s.36",
        "public interest",
        "internal review within 40 working days",
        "ico.org.uk",
    ):
        assert words in said
    assert "your data" not in said.lower()
    assert "We don’t have this information" in draft(facts(Kind.INFORMATION, given=0, covered=0))


def test_the_letter_is_in_welsh_too():
    with translation.override("cy"):
        said = draft(facts(left_out={"others"}))
        refused = draft(facts(Kind.INFORMATION, given=0, covered=0, left_out={"affairs"}))
    assert "cwynwch i ni yn gyntaf" in said
    assert "Deddf Diogelu Data 2018, Atodlen 2, paragraff 16" in said
    assert "Deddf Rhyddid Gwybodaeth 2000, adran 36" in refused
    assert "DPA" not in said + refused
    assert "FOIA" not in said + refused


@pytest.mark.parametrize("kind", [Kind.ACCESS, Kind.INFORMATION])
def test_every_exemption_has_its_plain_words_or_is_left_unspoken(kind):
    for one in exemptions_for(kind):
        said = draft(facts(kind, left_out={one.key}))
        assert ("left something out" in said) is (one.source != "" and str(one.source) in said)
