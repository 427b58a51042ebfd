"""The pages on which what was found for a request is reviewed, covered and given."""

import io
import json
import re
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation
from playwright.sync_api import expect
from pypdf import PdfReader

from schoolgate.core.clock import now
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.locking import lock_item
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.inbox.pasting import paste_in
from schoolgate.pupils.models import Pupil
from schoolgate.rights import answering
from schoolgate.rights.answering import KEPT, make
from schoolgate.rights.finding import sought_of
from schoolgate.rights.models import Answer, Found, Gathering, Request
from tests.browsing import PHONE, bring_session, open_context, wrong_with
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.rights.conftest import gather_all
from tests.web.conftest import browser_of
from tests.web.plain import check_page
from tests.web.test_requests import (
    LONG_AGO,
    NOW,
    enter,
    read,
    send,
    wild,
    wildground_asked,
    with_browsers,
)
from tests.worlds import world

__all__ = ["wild"]
NAME, OTHER = "Olwen Zebedee", "Tudur Quillfeather"
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
TEXT = f"{NAME} and {OTHER} were both late, said {OTHER.upper()}."


@world(wildground_asked)
def asked_about_olwen(wild, at):
    """A request for the data of a person who is named in two comments; `.here`, the address of its page."""
    with scope(wild.federation.pk):
        page, ben = account_on("facebook", wild.north, LONG_AGO), someone("Ben Carter", "lead-staff-member")
        for hours, text in enumerate([f"{NAME} plays the harp.", TEXT]):
            appeared = at - (3 - hours) * HOUR
            paste_in(
                by=ben, at=at, account=page, text=text, author="A Parent", appeared_at=appeared, private=False
            )
    wild.here = enter(wild, browser_of(wild.people.sam), about=NAME)
    return wild


@world(asked_about_olwen)
def found_about_olwen(wild, at):
    """And what was found about her."""
    sam = browser_of(wild.people.sam)
    assert sam.post(f"{wild.here}&part=search", {"lines": NAME, "who": "none"}).status_code == 302
    gather(wild)
    return wild


@pytest.fixture
def asked(in_world, home, request, sign_in):
    """The request, `.here`, in Wildground, `.wild`; Sam's browser."""
    of = found_about_olwen if "rows" in request.fixturenames else asked_about_olwen
    wild = with_browsers(in_world(of, NOW), sign_in)
    return SimpleNamespace(here=wild.here, wild=wild, sam=wild.sam)


@pytest.fixture
def rows(asked):
    """What was found."""
    return found(asked.wild)


def gather(wild):
    with scope(wild.federation.pk):
        gather_all(Gathering.objects.get(), now())


def found(wild):
    with scope(wild.federation.pk):
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
    make(asked.wild.federation.pk, row.pk, clock=now)


def test_a_request_is_searched_reviewed_covered_and_given(asked):
    assert "Nothing has been searched for yet" in read(asked.sam, asked.here)
    assert NAME in read(asked.sam, f"{asked.here}&part=search")
    answer = asked.sam.post(f"{asked.here}&part=search", {"lines": NAME, "who": "none"})
    assert answer.status_code == 302
    gather(asked.wild)
    rows = found(asked.wild)
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
    assert "Part was provided" in html
    send(asked.sam, asked.here, "close", outcome="part", on=on, words="Other people’s data")
    assert "Download all (ZIP)" in read(asked.sam, f"{asked.here}&part=answer")


@pytest.mark.browser
def test_words_that_are_selected_are_those_to_cover(own_database, asked, rows, served, chromium):
    context = open_context(chromium, PHONE)
    bring_session(context, asked.sam, served)
    page = context.new_page()
    page.goto(f"{served}{piece(asked, naming(asked, rows))}")
    button = page.get_by_role("button", name="Redact these words")
    expect(button).to_have_count(0)
    page.evaluate(SELECT, OTHER)
    button.click()
    expect(page.locator("#id_more")).to_have_value(OTHER)
    expect(page.get_by_label("Provide with words redacted", exact=True)).to_be_checked()
    expect(button).to_have_count(0)
    assert wrong_with(page) == []
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("Decision saved.")).to_be_visible()
    assert sorted(one.decision for one in found(asked.wild)) == ["covered", "undecided"]


SELECT = """words => {
  for (const each of document.querySelectorAll('[data-cover]')) {
    const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(words)
      if (at < 0) continue
      document.getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length)
      return
    }
  }
}"""
"""Selects these words in what was found, as with a mouse or a finger."""


def test_words_that_are_not_there_and_choices_that_miss_are_told(asked, rows):
    row = naming(asked, rows)
    here = piece(asked, row)
    sent = {"decision": "covered", "more": "Nobody Here", "digest": digest(asked, row)}
    answer = asked.sam.post(here, sent)
    assert answer.status_code == 422
    assert "Type words as they are in the text: Nobody Here" in answer.content.decode()
    answer = asked.sam.post(here, sent | {"more": ""})
    assert "Tick or type at least one word to redact" in answer.content.decode()
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
    assert "See search progress" in read(asked.sam, asked.here)
    assert asked.sam.post(f"{asked.here}&part=search", {"do": "stop"}).status_code == 302
    assert "The search isn’t complete" in read(asked.sam, f"{asked.here}&part=search")
    assert asked.sam.post(f"{asked.here}&part=search", {"do": "stop"}).status_code == 409
    answer = asked.sam.post(f"{asked.here}&part=search", {"lines": "", "who": "none"})
    assert answer.status_code == 422


def picks(wild, about):
    """The page of a search for these names, and what it offers to choose from."""
    here = enter(wild, about=about)
    html = read(wild.sam, f"{here}&part=search")
    choices = re.findall(r'<input[^>]*name="who"[^>]*>', html)
    return here, [one.split('value="')[1].split('"')[0] for one in choices]


def start(wild, here, who, lines=NAME):
    """Start a search with this choice; return whose data is sought, or None where it was refused."""
    answer = wild.sam.post(f"{here}&part=search", {"lines": lines, "who": who})
    if answer.status_code == 422:
        return None
    assert answer.status_code == 302
    with scope(wild.federation.pk):
        sought = sought_of(Gathering.objects.latest("pk"))
    return sought.person, sought.pupil


def test_a_person_a_pupil_or_no_one_is_picked(wild, make_federation):
    with scope(wild.federation.pk):
        pupil = Pupil.objects.create(school=wild.north, key="P1", first_name="Cara", last_name="Nair")
    with scope(make_federation("other").pk):
        south = School.objects.create(name="South", slug="south")
        theirs = Pupil.objects.create(school=south, key="P2", first_name="Priya", last_name="Nair")
        stranger = someone("Elin Elsewhere", "staff")
    names = "Cara\nCara Nair\nPriya Nair\nElin Elsewhere"
    here, offered = picks(wild, names)
    cara, nair = f"person-{wild.people.cara.pk}", f"pupil-{pupil.pk}"
    assert offered == [cara, nair, "none"]
    for other in (f"pupil-{theirs.pk + 1000}", f"person-{stranger.pk + 1000}", "person-x"):
        assert start(wild, here, other) is None
    assert start(wild, here, cara) == (wild.people.cara.pk, None)
    assert start(wild, picks(wild, names)[0], nair) == (None, pupil.pk)
    assert start(wild, picks(wild, names)[0], "none") == (None, None)
    assert picks(wild, NAME)[1] == []


def test_only_people_who_decide_open_these_pages(asked):
    """An answer that was not made is not there, and nothing of another request opens."""
    for part in ("search", "found", "answer", "file"):
        assert asked.wild.cara.get(f"{asked.here}&part={part}").status_code == 403, part
        assert asked.wild.gwen.get(f"{asked.here}&part={part}").status_code == 403, part
    for part in ("nothing", "file", "found&found=999999", "found&show=what"):
        assert asked.sam.get(f"{asked.here}&part={part}").status_code == 404, part
    assert (
        asked.sam.post(f"{asked.here}&part=answer", {"letter": "Dear", "language": "en"}).status_code == 409
    )


def test_what_changes_while_the_answer_is_made_fails_it_and_is_decided_again(asked, rows):
    sent = {"rows": [str(one.pk) for one in rows], "decision": "given", "exemption": ""}
    assert asked.sam.post(f"{asked.here}&part=found", sent).status_code == 302
    sent = {"letter": "Dear Olwen", "language": "en"}
    assert asked.sam.post(f"{asked.here}&part=answer", sent).status_code == 302
    assert "0 of 2 written" in read(asked.sam, f"{asked.here}&part=answer")
    with scope(asked.wild.federation.pk):
        ItemVersion.objects.create(
            item_id=rows[0].number, number=2, version="2", text=f"{NAME}, again", seen_at=now()
        )
        pk = Answer.objects.get().pk
    make(asked.wild.federation.pk, pk, clock=now)
    assert "The answer could not be prepared" in read(asked.sam, f"{asked.here}&part=answer")
    answer = asked.sam.post(f"{asked.here}&part=answer", sent)
    assert answer.status_code == 409
    assert "Something has changed or been deleted" in answer.content.decode()


def test_what_changed_since_the_page_was_opened_is_not_given(asked, rows):
    """Neither from the list nor from the page of the thing itself."""
    (first, *_rest), list_ = rows, f"{asked.here}&part=found"
    seen = re.search(rf'name="seen-{first.pk}" value="([0-9a-f]+)"', asked.sam.get(list_).content.decode())
    alone = digest(asked, first)
    with scope(asked.wild.federation.pk):
        ItemVersion.objects.create(
            item_id=first.number, number=2, version="2", text=f"{NAME}, again", seen_at=now()
        )
    sent = {"rows": str(first.pk), f"seen-{first.pk}": seen[1], "decision": "given", "exemption": ""}
    for there, given in ((list_, sent), (piece(asked, first), {"decision": "given", "digest": alone})):
        answer = asked.sam.post(there, given)
        assert answer.status_code == 409, there
        assert "This has changed since you opened it." in answer.content.decode()
    again = {"decision": "given", "digest": digest(asked, first)}
    assert asked.sam.post(piece(asked, first), again).status_code == 302


def test_a_decision_that_changes_deletes_the_answer_and_the_page_says_so(asked, rows):
    decide_all(asked, rows)
    made(asked)
    sent = {"rows": [str(rows[0].pk)], "decision": "left_out", "exemption": "others"}
    assert asked.sam.post(f"{asked.here}&part=found", sent).status_code == 302
    assert "A decision has changed" in read(asked.sam, f"{asked.here}&part=answer")
    assert asked.sam.get(f"{asked.here}&part=file").status_code == 409


def test_a_long_answer_says_that_its_pdfs_are_in_the_zip(asked, rows, monkeypatch):
    monkeypatch.setattr("schoolgate.rights.answer_files.IN_ONE_PDF", 1)
    sent = {"rows": [str(one.pk) for one in rows], "decision": "given", "exemption": ""}
    assert asked.sam.post(f"{asked.here}&part=found", sent).status_code == 302
    made(asked)
    html = read(asked.sam, f"{asked.here}&part=answer")
    assert "it has 2 PDFs" in html
    assert "Download PDF" not in html
    assert "Download letter" in html


def test_the_answer_of_a_request_goes_90_days_after_its_end(asked, rows):
    decide_all(asked, rows)
    made(asked)
    on = now().date().isoformat()
    send(asked.sam, asked.here, "close", outcome="part", on=on, words="Other people’s data")
    with scope(asked.wild.federation.pk):
        closed = Request.objects.get().state_at
        assert answering.end_answers(at=closed + KEPT - TICK) == 0
        assert answering.end_answers(at=closed + KEPT) == 1
        assert answering.end_answers(at=closed + KEPT) == 0
    assert "The file has been deleted" in read(asked.sam, f"{asked.here}&part=answer")
    assert asked.sam.get(f"{asked.here}&part=file").status_code == 409


def test_the_pages_are_in_welsh_too(asked, rows):
    asked.wild.people.sam.language = "cy"
    with scope(asked.wild.federation.pk):
        asked.wild.people.sam.save(update_fields=["language"])
    for part in ("search", "found", f"found&found={rows[0].pk}", "answer"):
        html = asked.sam.get(f"{asked.here}&part={part}").content.decode()
        check_page(html, "cy")


def test_a_welsh_reviewer_reads_choices_in_welsh_and_so_does_the_answer(asked, home):
    cara = asked.wild.people.cara
    with scope(asked.wild.federation.pk):
        asked.wild.people.sam.language = "cy"
        asked.wild.people.sam.save(update_fields=["language"])
    here = enter(asked.wild, about="Cara")
    assert asked.sam.post(f"{here}&part=search", {"lines": "", "who": f"person-{cara.pk}"}).status_code == 302
    with scope(asked.wild.federation.pk):
        row = Gathering.objects.latest("pk")
        gather_all(row, now(), ["people.person"])
        own = row.request.found.get(place="people.person")
        rows = list(row.request.found.values_list("pk", flat=True))
    with translation.override("en"):
        english = str(cara.get_relation_display())
    with translation.override("cy"):
        welsh = str(cara.get_relation_display())
    html = asked.sam.get(f"{here}&part=found&found={own.pk}").content.decode()
    assert welsh in html
    assert english not in html
    sent = {"rows": [str(pk) for pk in rows], "decision": "given", "exemption": ""}
    assert asked.sam.post(f"{here}&part=found", sent).status_code == 302
    sent = {"letter": "Annwyl Cara", "language": "cy"}
    assert asked.sam.post(f"{here}&part=answer", sent).status_code == 302
    with scope(asked.wild.federation.pk):
        pk = Answer.objects.latest("pk").pk
    make(asked.wild.federation.pk, pk, clock=now)
    taken = asked.sam.get(f"{here}&part=file")
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content)))
    [piece] = [one for one in json.loads(bundle.read("data.json"))["pieces"] if "Cara" in str(one["texts"])][
        :1
    ]
    assert welsh in [text["text"] for text in piece["texts"]]
    assert english not in [text["text"] for text in piece["texts"]]


def test_the_safeguarding_lead_alone_decides_on_what_is_theirs(asked, rows, sign_in):
    with scope(asked.wild.federation.pk):
        request = Request.objects.get()
        dee = someone("Dee Lead", "staff")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=LONG_AGO)
        lock_item(by=asked.wild.people.sam, at=now(), item=Item.objects.get(pk=rows[0].number))
    browser, here = sign_in(dee), f"/evidence/requests/{request.pk}/safeguarding"
    page = read(asked.sam, f"{asked.here}&part=found")
    assert "waits for the safeguarding lead" not in page, "how many would say that there is something"
    assert f"found={rows[0].pk}" not in page
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
