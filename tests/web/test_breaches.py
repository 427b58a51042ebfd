"""Data breaches on pages: recorded, described, told, closed; the log, also as CSV; the sheet for the ICO."""

import io
import re
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader

from schoolgate.breaches.models import Breach
from schoolgate.core.clock import LONDON
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.incidents.models import Report
from tests.breaches.conftest import WHOLE, opened, whole
from tests.incidents.conftest import wrong
from tests.pdf_ua import check_pdf
from tests.web.in_force import NOW, sam, wildground_in_force
from tests.web.plain import check_page
from tests.worlds import world

__all__ = ["sam"]
BEFORE = NOW - timedelta(hours=3)


@world(wildground_in_force)
def breach_recorded(there, at):
    """Sam recorded a breach at one of two schools, three hours ago."""
    with scope(there.federation.pk):
        north = School.objects.create(name="North School", slug="north")
        School.objects.create(name="South School", slug="south")
        there.breach = opened(there.sam, BEFORE, school=north)
    return there


@pytest.fixture
def in_force(in_world, home):
    return in_world(breach_recorded, NOW)


@pytest.fixture
def breach(in_force):
    return in_force.breach


def typed(name: str, at: datetime) -> dict[str, str]:
    local = at.astimezone(LONDON)
    return {f"{name}_day": f"{local:%Y-%m-%d}", f"{name}_time": f"{local:%H:%M}"}


def newest(federation) -> Breach:
    with scope(federation.pk):
        return Breach.objects.latest("pk")


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_breach_is_recorded_with_a_whole_time_and_its_clock_is_shown(sam, federation, sign_in):
    browser = sign_in(sam)
    sent = {"what": "A list of addresses went to the wrong parents."} | typed("aware", BEFORE)
    answer = browser.post("/breaches", sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"/breaches/{newest(federation).pk}"
    html = answer.content.decode()
    assert "A list of addresses went to the wrong parents." in html
    assert re.search(r"6[89] hours( \d+ minutes?)? left", html)
    assert "The law: UK GDPR Article 33(1)" in html
    assert "Wildground" not in html[html.index("Still required by law") : html.index("The breach</h")]
    check_page(html, "en")
    assert newest(federation).reference in browser.get("/breaches").content.decode()

    for time, said in (
        ({"aware_day": "2026-03-29", "aware_time": "01:30"}, "clocks go forward"),
        ({"aware_day": "2026-03-29", "aware_time": ""}, "There is a problem"),
        (typed("aware", NOW + timedelta(days=1)), "in the future"),
    ):
        answer = browser.post("/breaches", {"what": "Sent out."} | time)
        assert answer.status_code == 422
        assert said in answer.content.decode(), time
    not_there = ("report=999999", "report=x", "post=999999", "post=" + "9" * 40, "show=secret")
    for asked in not_there:
        assert browser.get(f"/breaches?{asked}").status_code == 404, asked


def test_those_who_do_not_deal_with_breaches_see_no_way_to_them(breach, browser):
    assert browser.get("/breaches").status_code == 403
    for address in (f"/breaches/{breach.pk}", f"/breaches/{breach.pk}/ico.pdf"):
        assert browser.get(address).status_code in (403, 404)
    assert "/breaches" not in browser.get("/menu").content.decode()


def test_a_concern_offers_itself_as_a_breach_once(sam, federation, sign_in):
    browser = sign_in(sam)
    with scope(federation.pk):
        report = wrong(NOW, kinds=["private"])
    page = browser.get(f"/wrong/reports/{report.pk}").content.decode()
    assert f"/breaches?report={report.pk}#record" in page
    browser.post(f"/breaches?report={report.pk}", {"what": "An address."} | typed("aware", BEFORE))
    assert newest(federation).report_id == report.pk
    again = browser.get(f"/breaches?report={report.pk}")
    assert again.headers["Location"] == f"/breaches/{newest(federation).pk}"
    shown = browser.get(f"/breaches/{newest(federation).pk}").content.decode()
    assert f"/wrong/reports/{report.pk}" in shown
    with scope(federation.pk):
        assert Report.objects.get(pk=report.pk).state == "reported"


def test_each_form_does_its_one_thing_and_shows_its_own_error(breach, sam, federation, sign_in):
    browser, here = sign_in(sam), f"/breaches/{breach.pk}"

    def send(do: str, **given):
        return browser.post(here, {"do": do} | given)

    assert send("risk", risk="high", why="").status_code == 422
    assert send("close").status_code == 409
    assert send("dance").status_code == 404
    assert send("describe", **WHOLE).status_code == 302
    assert send("risk", risk="high", why="One address is protected.").status_code == 302
    assert send("authority", reference="IC-123", **typed("told", NOW)).status_code == 302
    assert send("people", how="By telephone.", **typed("told", NOW)).status_code == 302
    assert send("note", words="The mother rang back.").status_code == 302
    assert (
        send("aware", why="The call was earlier.", **typed("aware", BEFORE - timedelta(hours=1))).status_code
        == 302
    )
    html = browser.get(here).content.decode()
    for words in ("IC-123", "By telephone.", "The mother rang back.", "High risk", "Still required by law"):
        assert (words in html) is (words != "Still required by law")
    assert send("close").status_code == 302
    assert newest(federation).state == "closed"
    assert send("close").status_code == 409
    assert send("note", words="More.").status_code == 409
    assert send("reopen", words="A parent rang.").status_code == 302
    assert newest(federation).state == "open"


def test_a_late_report_to_the_ico_asks_for_the_reasons_on_its_page(sam, federation, sign_in):
    with scope(federation.pk):
        breach = opened(sam, NOW - timedelta(days=4), school=School.objects.get(slug="north"))
    browser, here = sign_in(sam), f"/breaches/{breach.pk}"
    assert "24 hours" in browser.get(here).content.decode()
    late = {"do": "authority"} | typed("told", NOW - timedelta(minutes=2))
    answer = browser.post(here, late)
    assert answer.status_code == 422
    assert "Give the reasons for the delay" in answer.content.decode()
    assert browser.post(here, late | {"delay": "The office was shut."}).status_code == 302
    assert newest(federation).delay_explained


def test_the_sheet_is_filled_in_in_both_languages_and_tagged(breach, sam, federation, sign_in):
    with scope(federation.pk):
        whole(breach, sam, BEFORE)
    browser = sign_in(sam)
    english = browser.get(f"/breaches/{breach.pk}/ico.pdf?language=en").content
    welsh = browser.get(f"/breaches/{breach.pk}/ico.pdf?language=cy").content
    check_pdf(english, language="en")
    check_pdf(welsh, language="cy")
    text = words_of(english)
    for words in (
        "Report a personal data breach to the ICO", "When did you discover the breach?", WHOLE["what"],
        WHOLE["measures"], "11", breach.reference, "Initial report", "Sam Slater",
    ):  # fmt: skip
        assert words in text
    assert "Report a personal data breach" not in words_of(welsh)
    assert WHOLE["what"] in words_of(welsh)


def test_the_log_comes_as_csv_without_what_was_written_and_no_formula(breach, sam, federation, sign_in):
    browser = sign_in(sam)
    browser.post(f"/breaches/{breach.pk}", {"do": "authority", "reference": "=1+1"} | typed("told", NOW))
    answer = browser.get("/breaches?show=told&as=csv")
    text = answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert (breach.reference in text, "'=1+1" in text, "addresses" in text) == (True, True, False)
    assert breach.reference not in browser.get("/breaches?show=untold&as=csv").content.decode()


def test_script_in_every_field_stays_text(breach, sam, sign_in):
    browser, evil = sign_in(sam), "<script>alert(1)</script>"
    for sent in (
        {"do": "describe", **WHOLE, "what": evil, "measures": evil}, {"do": "note", "words": evil},
        {"do": "risk", "risk": "risk", "why": evil},
        {"do": "authority", "reference": evil} | typed("told", NOW),
    ):  # fmt: skip
        assert browser.post(f"/breaches/{breach.pk}", sent).status_code == 302
    assert evil not in browser.get(f"/breaches/{breach.pk}").content.decode()
    assert browser.get(f"/breaches/{breach.pk}/ico.pdf").content[:5] == b"%PDF-"


def test_the_log_takes_as_many_queries_for_many_as_for_few(breach, sam, federation, sign_in, queries):
    browser = sign_in(sam)
    browser.get("/breaches")
    with queries() as few:
        browser.get("/breaches")
    with scope(federation.pk):
        school = School.objects.get(slug="north")
        for _number in range(4):
            opened(sam, BEFORE, school=school)
    with queries() as many:
        browser.get("/breaches")
    assert len(many) <= len(few)
