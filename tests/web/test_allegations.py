"""The page of a concern about a person who works here, whom to ring, and what a child reads."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.incidents import handling, queries
from schoolgate.incidents.models import KindWord
from schoolgate.policy.adopting import adopt
from schoolgate.web.frame.ring_first import officer
from tests.cast import someone
from tests.incidents.conftest import OWNERS, wrong
from tests.web.plain import check_page, shown_by
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@world()
def named_by_a_child(at, key):
    """A child's concern names Tim, who works here; Dee leads on safeguarding and deals with it."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        country = "wales" if key == "llanidloes" else "england"
        school = School.objects.create(name="North School", slug="north", country=country)
        adopt(by=someone("Olive Owner", OWNERS[key]), at=at - DAY)
        dee, tim = someone("Dee Lead", "staff"), someone("Tim Tester", "staff")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at - DAY)
        mark = queries.new_mark()
        report = wrong(at, what="Tim Tester is unfair to us in maths.", mark=mark, school=school)
        handling.take(report=report, by=dee, at=at)
    return SimpleNamespace(
        federation=federation, dee=dee, tim=tim, report=report, code=queries.code_of(mark), key=key
    )


@pytest.fixture
def begins(begin_in, home, sign_in):
    def begin(key="wildground"):
        there = begin_in(named_by_a_child, NOW, key)
        there.lead, there.named = sign_in(there.dee), sign_in(there.tim)
        return there

    return begin


def words(response, language="en") -> str:
    assert response.status_code == 200, response.status_code
    html = response.content.decode()
    check_page(html, language)
    return " ".join(shown_by(html).split())


@pytest.mark.parametrize("key", ["wildground", "wootton", "llanidloes"])
def test_the_page_names_the_officer_of_the_country_the_case_manager_and_what_must_wait(begins, key):
    there = begins(key)
    here = reverse("wrong-report", args=[there.report.pk])
    said = words(there.lead.get(here))
    if key == "llanidloes":
        assert "Designated Officer for Safeguarding (DOS)" in said
        assert "within 24 hours" in said
        assert "Wales Safeguarding Procedures" in said
        assert "LADO" not in said.partition("Ring first:")[2].partition("What was reported")[0]
    else:
        assert "designated officer (LADO)" in said
        assert "within one working day" in said
    assert "Case manager: Olive Owner" in said
    assert "Don’t tell the person." in said
    assert "Schoolgate doesn’t know their number." in said
    at_night = "the council’s emergency duty team for "
    assert at_night + ("social services" if key == "llanidloes" else "children") in said
    assert "101 , 999 if a child is in danger now." in said.replace("101,", "101 ,")
    missing = "A number for the night is missing"
    assert missing in words(there.lead.get(reverse("today")))
    assert "Report this as a fake account" not in said

    entered = {"school": "", "name": "Council office", "telephone": "01632 960001", "out_of_hours": ""}
    assert there.lead.post(reverse("wrong-authority"), entered).status_code == 302
    html = there.lead.get(here).content.decode()
    assert 'href="tel:01632960001"' in html
    assert "Council office" in words(there.lead.get(reverse("wrong-authority")))
    assert there.lead.post(reverse("wrong-authority"), {**entered, "telephone": "?"}).status_code == 422
    assert there.named.get(reverse("wrong-authority")).status_code == 403
    assert there.named.get(here).status_code == 404


@pytest.mark.parametrize(("country", "called"), [("wales", "(DOS)"), ("england", "(LADO)")])
def test_the_officer_is_the_one_of_the_country_for_a_comment_too(country, called):
    said = str(officer(School(country=country)))
    assert called in said
    assert ("LADO" in said) == (country == "england")


def test_what_the_authority_said_is_saved_shown_and_lets_it_be_closed_by_two(begins):
    there = begins()
    here = reverse("wrong-report", args=[there.report.pk])
    said = {"word": "strategy", "words": "They meet on Monday.", "reference": "LA-7"}
    save = reverse("wrong-word", args=[there.report.pk])
    assert there.lead.post(save, {**said, "word": ""}).status_code == 422
    assert there.named.post(save, said).status_code == 404
    assert there.lead.post(save, said).status_code == 302
    shown = words(there.lead.get(here))
    assert "Strategy meeting or discussion: wait for its outcome" in shown
    assert "LA-7" in shown
    closing = {"to": "not_for_us", "words": "It belongs to another school.", "second": ""}
    close = reverse("wrong-close", args=[there.report.pk])
    assert there.lead.post(close, closing).status_code == 409
    assert there.lead.post(save, {**said, "word": "no_further"}).status_code == 302
    assert there.lead.post(close, closing).status_code == 422, "the second person is missing"


def test_a_child_reads_our_kind_words_behind_the_code_and_no_others(begins):
    there, browser = begins(), Client()
    answer = reverse("wrong-kind-word", args=[there.report.pk])
    asked = reverse("wrong-answer", args=[there.federation.slug])
    assert there.lead.post(answer, {"word": "Meet me by the gate."}).status_code == 422
    assert there.named.post(answer, {"word": KindWord.READ}).status_code == 404
    assert there.lead.post(answer, {"word": KindWord.READ}).status_code == 302
    read = words(browser.post(asked, {"code": there.code}))
    assert "It’s not your fault." in read
    assert "Dee Lead" not in read
    assert "Childline 0800 1111" in read
    assert "It’s not your fault." not in words(browser.get(asked))


def test_the_list_leads_to_locked_comments_and_numbers_for_leads_alone(begins):
    there = begins()
    listed = words(there.lead.get(reverse("wrong-reports")))
    assert "Locked comments" in listed
    assert "If no safeguarding lead can be reached" in listed
    other = there.named.get(reverse("wrong-reports")).content.decode()
    assert reverse("wrong-authority") not in other
