"""The duty sheet for when the program is down: who is on it, who prints it, whose numbers, until when."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.models import LedgerRow, Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.people.leaving import act_on_leavings, record_departure
from schoolgate.people.models import Absence, PersonTelephone
from schoolgate.policy.adopting import adopt
from tests.accounts.watched import open_account_of
from tests.cast import someone
from tests.days import today
from tests.pdf_ua import check_pdf
from tests.web.plain import check_page, shown_by
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
NUMBER = "01632 960001"


@world()
def two_schools(at):
    """A federation with two schools, an account of the first, and who prints its sheet."""
    federation = enter_federation()
    with scope(federation.pk):
        north = School.objects.create(name="North", slug="north")
        south = School.objects.create(name="South", slug="south")
        olwen, amina = someone("Olwen Price", "slt"), someone("Amina Khan", "staff")
        adopt(by=olwen, at=at - 90 * DAY)
        open_account_of(north, amina, opened_at=at - 60 * DAY)
    return SimpleNamespace(federation=federation, north=north, south=south, olwen=olwen, amina=amina)


@pytest.fixture
def house(in_world):
    return in_world(two_schools, NOW)


def sheet(browser, language="en") -> str:
    response = browser.get(reverse("duty-sheet"), {"language": language})
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html, language)
    return html


def in_a_line(html: str) -> str:
    return " ".join(shown_by(html).split())


def gives(browser, person, number=NUMBER):
    return browser.post(
        reverse("person-contact", args=[person.pk]), {"number": number, "address": person.email}
    )


def test_it_names_accounts_leads_numbers_until_when_and_the_rules_of_the_policy(house, sign_in):
    assert gives(sign_in(house.amina), house.amina).status_code == 302
    with scope(house.federation.pk):
        Safeguarder.objects.create(place="lead", person_id=house.olwen.pk, since=NOW)
        Absence.objects.create(
            person=house.amina, said_by=house.amina, at=NOW, from_day=today(), to_day=today()
        )
    html = sheet(sign_in(house.olwen))
    assert "must reply within 24 hours to" in html
    assert "senior member of staff" in html
    words = in_a_line(html)
    assert f"Amina Khan , account lead: {NUMBER} ; away: " in words
    assert "https://www.facebook.com/year4" in words
    assert "999" in words
    assert f"{today() + 6 * DAY:%-d %B %Y}" in words.partition("Valid until")[2][:60]
    assert "Safeguarding Olwen Price" in words


def test_the_pdf_is_for_those_who_decide_alone_and_what_people_wrote_stays_text(house, sign_in):
    with scope(house.federation.pk):
        open_account_of(house.north, house.amina, opened_at=NOW, name='#read("/etc/passwd") *bold $ x')
    for name in ("duty-sheet", "duty-sheet-pdf"):
        assert sign_in(house.amina).get(reverse(name)).status_code == 403
    prints = sign_in(house.olwen)
    for language in ("en", "cy"):
        answer = prints.get(reverse("duty-sheet-pdf"), {"language": language})
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
        check_pdf(answer.content, language=language)
        assert "no-store" in answer["Cache-Control"]


def test_who_decides_for_one_school_reads_no_numbers_of_the_other(house, sign_in):
    with scope(house.federation.pk):
        here, there = (
            someone("Nia North", "slt", school=house.north),
            someone("Sam South", "slt", school=house.south),
        )
        open_account_of(house.south, there, opened_at=NOW, name="Southern news")
    words = in_a_line(sheet(sign_in(here)))
    assert "Year 4" in words
    assert "Nia North" in words
    assert "Southern news" not in words
    assert "Sam South" not in words


def test_a_number_is_given_by_oneself_or_by_who_looks_after_people(house, sign_in):
    with scope(house.federation.pk):
        bryn = someone("Bryn Ellis", "staff")
    assert gives(sign_in(bryn), house.amina).status_code == 403
    assert gives(sign_in(house.olwen), house.amina).status_code == 302
    assert gives(sign_in(bryn), house.amina, "").status_code == 403
    assert gives(sign_in(house.amina), house.amina, "").status_code == 302
    with scope(house.federation.pk):
        assert PersonTelephone.objects.count() == 0
    with scope(house.federation.pk):
        rows = LedgerRow.objects.filter(event__startswith="people.telephone").order_by("pk")
        assert [row.event for row in rows] == ["people.telephone_given", "people.telephone_forgotten"]
        assert NUMBER not in str([row.details for row in rows])


NUMBERS = {
    NUMBER: 302, "+44 (0)1632 960001": 302, "12345": 302, "1234": 422, "": 302, "ring the office": 422,
    "0" * 16: 422, "01632 960001<b>": 422,
}  # fmt: skip


def test_a_number_is_a_number(house, sign_in):
    hers = sign_in(house.amina)
    for number, status in NUMBERS.items():
        assert gives(hers, house.amina, number).status_code == status, number


def test_a_number_goes_when_the_person_has_gone(house, sign_in):
    gives(sign_in(house.amina), house.amina)
    with scope(house.federation.pk):
        record_departure(by=house.olwen, at=NOW, person=house.amina, left_on=local_day(NOW) + DAY)
        assert PersonTelephone.objects.count() == 1
        act_on_leavings(at=NOW + DAY)
        assert PersonTelephone.objects.count() == 0


def test_it_asks_as_often_for_many_accounts_and_people(house, sign_in, same_queries):
    def grow():
        with scope(house.federation.pk):
            for number in range(3):
                person = someone(f"Person {number}", "slt")
                open_account_of(house.north, person, opened_at=NOW, name=f"Class {number}")
                PersonTelephone.objects.create(person=person, number=NUMBER, given_by=person, at=NOW)
                Safeguarder.objects.create(place="deputy", person_id=person.pk, since=NOW)

    browser = sign_in(house.olwen)
    with scope(house.federation.pk):
        Safeguarder.objects.create(place="deputy", person_id=house.amina.pk, since=NOW)
    browser.get(reverse("duty-sheet"))
    same_queries(lambda: browser.get(reverse("duty-sheet")), grow)


def test_a_lead_reads_the_numbers_of_their_own_schools(house, sign_in):
    with scope(house.federation.pk):
        nerys, carys = someone("Nerys Lead"), someone("Carys Lead")
        Safeguarder.objects.create(place="lead", person_id=nerys.pk, school=house.north, since=NOW)
        Safeguarder.objects.create(place="lead", person_id=carys.pk, school=house.south, since=NOW)
        PersonTelephone.objects.create(person=carys, number=NUMBER, given_by=carys, at=NOW)
        open_account_of(house.south, someone("Sam South", "staff"), opened_at=NOW, name="Southern news")
    words = in_a_line(sheet(sign_in(nerys)))
    assert "Year 4" in words
    assert "Southern news" not in words, "another school's"
    assert NUMBER not in words, "another school's lead"
    assert NUMBER in in_a_line(sheet(sign_in(carys)))
