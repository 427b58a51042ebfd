"""The pages on which what was found for a request is reviewed, covered and given."""

import io
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from schoolgate.core.clock import now
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox.actions import lock_item, paste_in
from schoolgate.inbox.models import Item
from schoolgate.rights import actions
from schoolgate.rights.actions.answering import KEPT
from schoolgate.rights.answer import making
from schoolgate.rights.models import Answer, Found, Gathering, Request
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.plain import check_page
from tests.web.test_requests import LONG_AGO, enter, read, send, wild

__all__ = ["wild"]
NAME, OTHER = "Olwen Zebedee", "Tudur Quillfeather"
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
TEXT = f"{NAME} and {OTHER} were both late, said {OTHER.upper()}."


@pytest.fixture
def asked(wild):
    """A request for the data of a person who is named in a comment; the address of its page."""
    at = now()
    with scope(wild.federation.pk):
        page, ben = account_on("facebook", wild.north, LONG_AGO), someone("Ben Carter", "lead-staff-member")
        for hours, text in enumerate([f"{NAME} plays the harp.", TEXT]):
            appeared = at - (3 - hours) * HOUR
            paste_in(by=ben, at=at, account=page, text=text, author="A Parent", appeared_at=appeared)
    here = enter(wild, about=NAME)
    return SimpleNamespace(here=here, wild=wild, sam=wild.sam)


def gathered(asked):
    answer = asked.sam.post(f"{asked.here}&part=search", {"lines": NAME, "who": "none"})
    assert answer.status_code == 302
    with scope(asked.wild.federation.pk):
        row = Gathering.objects.get()
        while actions.gather_some(at=now(), gathering=row.pk):
            pass
        return list(Found.objects.order_by("pk"))


def piece(asked, row):
    return f"{asked.here}&part=found&found={row.pk}"


def naming(asked, rows):
    """Return what was found that names the other person too."""
    return next(one for one in rows if OTHER in asked.sam.get(piece(asked, one)).content.decode())


def decide_all(asked, rows):
    """Cover the other name in the comment that has it; leave out the rest."""
    named = naming(asked, rows)
    sent = {"decision": "covered", "more": OTHER, "digest": digest(asked, named)}
    assert asked.sam.post(piece(asked, named), sent).status_code == 302
    left = [str(one.pk) for one in rows if one != named]
    answer = asked.sam.post(
        f"{asked.here}&part=found", {"rows": left, "decision": "left_out", "exemption": "others"}
    )
    assert answer.status_code == 302


def digest(asked, row):
    html = asked.sam.get(piece(asked, row)).content.decode()
    return html.split('name="digest" value="')[1].split('"')[0]


def made(asked):
    sent = {"letter": "Dear Olwen,\n\nhere it is.", "language": "en"}
    assert asked.sam.post(f"{asked.here}&part=answer", sent).status_code == 302
    with scope(asked.wild.federation.pk):
        row = Answer.objects.order_by("-pk").first()
    making.make(asked.wild.federation.pk, row.pk, clock=now)


def test_a_request_is_searched_reviewed_covered_and_given(asked):
    assert "Nothing has been searched for yet" in read(asked.sam, asked.here)
    assert NAME in read(asked.sam, f"{asked.here}&part=search")
    rows = gathered(asked)
    assert len(rows) == 2
    assert "2 things found" in read(asked.sam, f"{asked.here}&part=search")
    listed = read(asked.sam, f"{asked.here}&part=found")
    assert "plays the harp" in listed
    assert "Not everything is decided" in read(asked.sam, f"{asked.here}&part=answer")
    assert NAME in read(asked.sam, piece(asked, rows[0]))
    decide_all(asked, rows)
    assert "Nothing left to decide" in read(asked.sam, f"{asked.here}&part=found")
    assert "Data of other people" in read(asked.sam, f"{asked.here}&part=found&show=left_out")
    html = read(asked.sam, f"{asked.here}&part=answer")
    assert "We left something out" in html
    refused = asked.sam.post(f"{asked.here}&part=answer", {"letter": "Write to [address]", "language": "en"})
    assert refused.status_code == 422
    assert "Replace what is in square brackets" in refused.content.decode()
    made(asked)
    assert "Download all (ZIP)" in read(asked.sam, f"{asked.here}&part=answer")
    taken = asked.sam.get(f"{asked.here}&part=file")
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content)))
    parts = [bundle.read(name) for name in bundle.namelist()]
    pdf = asked.sam.get(f"{asked.here}&part=file&file=answer.pdf")
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(b"".join(pdf.streaming_content))).pages
    )
    for said in (*parts, text.encode()):
        for word in OTHER.lower().split():
            assert word.encode() not in said.lower()
    assert NAME in text
    assert "harp" not in text
    on = now().date().isoformat()
    html = read(asked.sam, asked.here)
    assert "Part was given" in html
    send(asked.sam, asked.here, "close", outcome="part", on=on, words="Other people’s data")
    assert "Download all (ZIP)" in read(asked.sam, f"{asked.here}&part=answer")


def test_words_that_are_not_there_and_choices_that_miss_are_told(asked):
    row = naming(asked, gathered(asked))
    here = piece(asked, row)
    sent = {"decision": "covered", "more": "Nobody Here", "digest": digest(asked, row)}
    answer = asked.sam.post(here, sent)
    assert answer.status_code == 422
    assert "Type words as they are in the text: Nobody Here" in answer.content.decode()
    answer = asked.sam.post(here, sent | {"more": ""})
    assert "Tick or type at least one word to cover" in answer.content.decode()
    answer = asked.sam.post(here, {"decision": "left_out", "exemption": ""})
    assert "Choose why it is left out" in answer.content.decode()
    answer = asked.sam.post(f"{asked.here}&part=found", {"decision": "given"})
    assert answer.status_code == 422
    assert "Choose at least one" in answer.content.decode()
    answer = asked.sam.post(here, {"decision": "covered", "more": OTHER, "digest": "0" * 64})
    assert answer.status_code == 409


def test_a_search_is_stopped_and_started_again(asked):
    asked.sam.post(f"{asked.here}&part=search", {"lines": NAME, "who": "none"})
    assert "Stop search" in read(asked.sam, f"{asked.here}&part=search")
    assert "Watch search" in read(asked.sam, asked.here)
    assert asked.sam.post(f"{asked.here}&part=search", {"do": "stop"}).status_code == 302
    assert "It is not complete" in read(asked.sam, f"{asked.here}&part=search")
    assert asked.sam.post(f"{asked.here}&part=search", {"do": "stop"}).status_code == 409
    answer = asked.sam.post(f"{asked.here}&part=search", {"lines": "", "who": "none"})
    assert answer.status_code == 422


@pytest.mark.parametrize("part", ["search", "found", "answer", "file"])
def test_only_people_who_decide_open_these_pages(asked, part):
    assert asked.wild.cara.get(f"{asked.here}&part={part}").status_code == 403
    assert asked.wild.gwen.get(f"{asked.here}&part={part}").status_code == 403
    assert asked.sam.get(f"{asked.here}&part=nothing").status_code == 404


def test_an_answer_that_was_not_made_is_not_there_and_nothing_of_another_request_opens(asked):
    assert asked.sam.get(f"{asked.here}&part=file").status_code == 404
    assert asked.sam.get(f"{asked.here}&part=found&found=999999").status_code == 404
    assert asked.sam.get(f"{asked.here}&part=found&show=what").status_code == 404
    assert (
        asked.sam.post(f"{asked.here}&part=answer", {"letter": "Dear", "language": "en"}).status_code == 409
    )


def test_the_answer_of_a_request_goes_90_days_after_its_end(asked):
    rows = gathered(asked)
    decide_all(asked, rows)
    made(asked)
    on = now().date().isoformat()
    send(asked.sam, asked.here, "close", outcome="part", on=on, words="Other people’s data")
    with scope(asked.wild.federation.pk):
        closed = Request.objects.get().state_at
        assert actions.end_answers(at=closed + KEPT - TICK) == 0
        assert actions.end_answers(at=closed + KEPT) == 1
        assert actions.end_answers(at=closed + KEPT) == 0
    assert "The file has been deleted" in read(asked.sam, f"{asked.here}&part=answer")
    assert asked.sam.get(f"{asked.here}&part=file").status_code == 409


def test_the_pages_are_in_welsh_too(asked):
    asked.wild.people.sam.language = "cy"
    with scope(asked.wild.federation.pk):
        asked.wild.people.sam.save(update_fields=["language"])
    rows = gathered(asked)
    for part in ("search", "found", f"found&found={rows[0].pk}", "answer"):
        html = asked.sam.get(f"{asked.here}&part={part}").content.decode()
        check_page(html, "cy")


def test_the_safeguarding_lead_alone_decides_on_what_is_theirs(asked, sign_in):
    rows = gathered(asked)
    with scope(asked.wild.federation.pk):
        request = Request.objects.get()
        dee = someone("Dee Lead", "staff")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=LONG_AGO)
        lock_item(by=asked.wild.people.sam, at=now(), item=Item.objects.get(pk=rows[0].number))
    browser, here = sign_in(dee), f"/evidence/requests/{request.pk}/safeguarding"
    assert "1 waits for the safeguarding lead" in read(asked.sam, f"{asked.here}&part=found")
    assert asked.sam.get(here).status_code == 404
    assert asked.sam.get(piece(asked, rows[0])).status_code == 404
    assert "Safeguarding review" in read(browser, here)
    assert browser.get("/evidence/requests/999999/safeguarding").status_code == 404
    assert browser.post(here, {"do": "search"}).status_code == 302
    one = f"{here}?&found={rows[0].pk}"
    assert NAME in read(browser, one)
    assert browser.get(f"{here}?&found={rows[1].pk}").status_code == 404
    assert browser.post(one, {"decision": "left_out", "exemption": "child_abuse"}).status_code == 302
    assert "Nothing left to decide" in read(browser, here)
