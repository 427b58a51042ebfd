"""The pages on which the office enters requests about data, and people who decide work on them."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.clock import local_day, now
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import RoleAssignment
from schoolgate.policy.adopting import adopt
from schoolgate.pupils.models import Pupil
from schoolgate.rights.models import Request
from tests.cast import someone
from tests.rights.asking import SECRET
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

REQUESTS = "/evidence?as=requests"
LONG_AGO = datetime(2021, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = now()


@world()
def wildground_asked(at):
    """Wildground with a school, and the people whom a request concerns."""
    federation = enter_federation()
    with scope(federation.pk):
        north = School.objects.create(name="North", slug="north")
        people = SimpleNamespace(
            sam=someone("Sam Slater", "slt"),
            gwen=someone("Gwen Governor", "federation-leadership-team", school=north),
            cara=someone("Cara", "staff"),
        )
        adopt(by=people.sam, at=LONG_AGO)
    return SimpleNamespace(federation=federation, north=north, people=people)


def with_browsers(found, sign_in):
    """That world, with a browser for each person."""
    for name, person in vars(found.people).items():
        setattr(found, name, sign_in(person))
    return found


@pytest.fixture
def wild(in_world, sign_in):
    """Wildground with a school, and a browser for each person."""
    return with_browsers(in_world(wildground_asked, NOW), sign_in)


def read(browser, address=REQUESTS, status=200):
    response = browser.get(address)
    assert response.status_code == status
    html = response.content.decode()
    check_page(html)
    return html


def today():
    return local_day(now())


def typed(wild, **given):
    return {
        "kind": "access", "received_on": today().isoformat(), "name": SECRET, "contact": "m@example.org",
        "about": SECRET, "wants": "All comments about my child", "identity": "known",
        "school": str(wild.north.pk), "lead": str(wild.people.sam.pk),
    } | given  # fmt: skip


def enter(wild, browser=None, **given):
    answer = (browser or wild.sam).post(REQUESTS, typed(wild, **given))
    assert answer.status_code == 302
    return answer["Location"]


def send(browser, address, do, status=302, **values):
    answer = browser.post(address, {"do": do, **values})
    assert answer.status_code == status
    return answer.content.decode()


def stored(wild):
    with scope(wild.federation.pk):
        return Request.objects.get()


def test_a_request_is_entered_listed_without_names_and_read(wild):
    assert "No open requests" in read(wild.sam)
    here = enter(wild)
    listed = read(wild.sam)
    assert "Subject access: a copy of their data" in listed
    assert SECRET not in listed
    html = read(wild.sam, here)
    assert SECRET in html
    assert "Assigned to" in html
    assert wild.sam.get(here)["Cache-Control"] == "no-store"
    assert "Answer a data request" in wild.sam.get("/today").content.decode()
    assert "Data requests" in read(wild.sam, "/evidence")


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(wild):
    answer = wild.sam.post(REQUESTS, typed(wild, identity="", lead=""))
    assert answer.status_code == 422
    html = answer.content.decode()
    check_page(html)
    assert "Choose how you checked who is asking" in html
    assert "Choose who deals with it" in html
    assert SECRET in html
    assert wild.sam.post(REQUESTS, typed(wild, received_on="")).status_code == 422
    assert wild.sam.post(REQUESTS, typed(wild, kind="all")).status_code == 422


def test_the_clock_is_stopped_restarted_and_extended(wild):
    here = enter(wild, received_on=(today() - 3 * DAY).isoformat())
    on = today().isoformat()
    assert "Choose what you asked for" in send(wild.sam, here, "stop", 422, waits="", on=on)
    send(wild.sam, here, "stop", waits="identity", on=on)
    html = read(wild.sam, here)
    assert "Time limit paused" in html
    assert "Take two more months" not in html
    assert "Time limit paused" in read(wild.sam)
    send(wild.sam, here, "extend", 409, because="complex", on=on)
    assert "Choose how you checked who is asking" in send(wild.sam, here, "restart", 422, on=on)
    send(wild.sam, here, "restart", on=on, identity="document")
    assert "We saw a document" in read(wild.sam, here)
    assert "Choose a reason" in send(wild.sam, here, "extend", 422, because="", on=on)
    send(wild.sam, here, "extend", because="complex", on=on)
    html = read(wild.sam, here)
    assert "Extended by two months" in html
    assert "Take two more months" not in html


def test_a_note_and_the_end(wild):
    here = enter(wild)
    assert "Fill in this field" in send(wild.sam, here, "note", 422, words="")
    send(wild.sam, here, "note", words="Looked in the inbox")
    assert "Looked in the inbox" in read(wild.sam, here)
    on = today().isoformat()
    refused = send(wild.sam, here, "close", 422, outcome="part", on=on, words="")
    assert "Write the exemption or reason you gave" in refused
    send(wild.sam, here, "close", outcome="part", on=on, words="Other people’s data")
    html = read(wild.sam, here)
    assert "Part was provided, the rest withheld" in html
    assert "Close request" not in html
    listed = read(wild.sam)
    assert "No open requests" in listed
    assert "Part was provided, the rest withheld" in listed
    send(wild.sam, here, "note", 409, words="More")


def test_a_correction_links_to_what_it_mends_and_ends_as_recorded(wild):
    with scope(wild.federation.pk):
        pupil = Pupil.objects.create(
            school=wild.north, key="P1", first_name="Priya", last_name="Nair", form="4B"
        )
    here = enter(wild, kind="correction", about=f"Cara\nPriya Nair\n{SECRET}")
    html = read(wild.sam, here)
    card = html.split("Where to correct it")[1].split("Record what you did")[0]
    assert f'href="/people/{wild.people.cara.pk}"' in card
    assert f'href="/pupils/{pupil.pk}"' in card
    assert 'href="/posts"' in card
    assert SECRET not in card
    assert 'value="changed"' not in html
    refused = send(wild.sam, here, "mend", 422, thing="person", did="mended", words="")
    assert "Fill in this field" in refused
    send(wild.sam, here, "mend", thing="person", did="mended", words="The name was misspelt")
    html = read(wild.sam, here)
    assert "The name was misspelt" in html
    assert 'value="changed"' in html
    assert 'value="refused"' not in html.split('id="close"')[1]
    send(wild.sam, here, "close", outcome="changed", on=today().isoformat())
    html = read(wild.sam, here)
    assert "The data was corrected" in html
    assert "Where to correct it" not in html


def test_what_was_done_links_to_the_thing_itself_where_the_person_may_open_it(wild, monkeypatch):
    cara = wild.people.cara
    here = enter(wild, kind="correction", about="Cara")
    said = {"thing": "person", "did": "mended", "words": "The name was misspelt"}
    refused = send(wild.sam, here, "mend", 422, number=cara.pk + 90_000, **said)
    assert "Check the number: nothing of this type has it" in refused
    send(wild.sam, here, "mend", number=cara.pk, **said)
    history = read(wild.sam, here).split(">History<")[1]
    assert f'<a href="/people/{cara.pk}">' in history
    monkeypatch.setattr("schoolgate.web.reports.requests_found.opens", lambda *_args: False)
    history = read(wild.sam, here).split(">History<")[1]
    assert f"/people/{cara.pk}" not in history
    assert f"Person {cara.pk}" in history


def test_links_are_those_that_the_person_may_open_and_of_this_federation(wild, make_federation, monkeypatch):
    with scope(make_federation("other").pk):
        south = School.objects.create(name="South", slug="south")
        theirs = Pupil.objects.create(school=south, key="P1", first_name="Priya", last_name="Nair")
    here = enter(wild, kind="objection", about="Cara\nPriya Nair")
    html = read(wild.sam, here)
    assert "Where to stop using it" in html
    assert f"/pupils/{theirs.pk}" not in html
    monkeypatch.setattr(
        "schoolgate.web.reports.requests_found.opens", lambda _visit, to, *_args: to == "inbox"
    )
    card = read(wild.sam, here).split("Where to stop using it")[1].split("Record what you did")[0]
    assert [one.split('"')[0] for one in card.split('href="')[1:]] == ["/inbox"]


def test_other_requests_have_nothing_to_correct(wild):
    here = enter(wild)
    assert "Where to correct it" not in read(wild.sam, here)
    send(wild.sam, here, "mend", 404, thing="person", did="mended", words="x")


def test_an_answer_after_the_deadline_says_so(wild):
    here = enter(wild, received_on=(today() - 90 * DAY).isoformat())
    html = read(wild.sam, here)
    assert "Pause the time limit" not in html
    send(wild.sam, here, "close", outcome="given", on=today().isoformat())
    assert "After the deadline" in read(wild.sam, here)


def test_freedom_of_information_names_the_day_from_which_terms_are_missing(wild):
    here = enter(wild, kind="information", identity="", about="")
    html = read(wild.sam, here)
    assert "Enter the next term dates" in html
    assert "Take two more months" not in html
    assert "Ban deleting" not in html


def test_who_may_not(wild):
    here = enter(wild)
    assert wild.cara.get(REQUESTS).status_code == 403
    assert wild.cara.post(REQUESTS, typed(wild)).status_code == 403
    assert wild.gwen.get(here).status_code == 403
    assert SECRET not in wild.gwen.get(here).content.decode()
    own = enter(wild, wild.gwen)
    html = read(wild.gwen, own)
    assert SECRET in html
    assert "Close request" not in html
    send(wild.gwen, own, "close", 403, outcome="withdrawn", on=today().isoformat())


def test_addresses_that_name_nothing(wild):
    here = enter(wild)
    pk = stored(wild).pk
    for address in ("", "x", str(pk + 1), "9" * 30):
        assert wild.sam.get(f"{REQUESTS}&request={address}").status_code == 404
    send(wild.sam, here, "nothing", 404)
    assert wild.sam.get(f"{REQUESTS}&older=x").status_code == 404


def test_without_anyone_who_decides_the_page_says_what_to_do(wild):
    with scope(wild.federation.pk):
        RoleAssignment.objects.filter(person=wild.people.sam).delete()
    html = read(wild.gwen)
    assert "No one can decide on requests yet" in html
    assert "Enter request" not in html
