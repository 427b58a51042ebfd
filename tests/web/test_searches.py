"""The pages of checks and candidate searches, each step clicked as its person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.acknowledging import acknowledge
from schoolgate.policy.adopting import adopt
from schoolgate.policy.checks import questions_for, take_check
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.searches.models import CheckCopy, SystemCheck, Vacancy
from schoolgate.web.searches import searches
from tests.cast import someone
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
TODAY = NOW.date()


class People:
    """Hannah heads Wootton, Nora agrees, Dev looks, Cara teaches."""

    def __init__(self, federation, head: str, second: str) -> None:
        self.federation = federation
        with scope(federation.pk):
            School.objects.create(name="North School", slug="north")
            self.hannah, self.nora = someone("Hannah Head", head), someone("Nora Second", second)
            self.dev, self.cara = someone("Dev Network", "staff"), someone("Cara Teacher", "staff")
            version = adopt(by=self.hannah, at=NOW)
            book = in_force(TODAY).book
            for person in (self.dev, self.cara):
                asked = questions_for(book, person=person.pk, version=version.pk, number=1)
                if asked:
                    take_check(by=person, at=NOW, number=1, given=[str(one.answer) for one in asked])
                acknowledge(by=person, at=NOW, version=version, answer=True, to_end=True)

    def check(self, **changed: object) -> dict[str, object]:
        """Return what the form of a check sends."""
        week = TODAY - timedelta(days=7)
        sent = {
            "do": "new", "about": self.cara.pk, "target": "postings", "act": "review",
            "what": "Staff room PC", "on_systems": "yes", "own_account": "no",
            "done": "off duty at work", "range_from": week, "range_to": TODAY,
            "purpose": "legitimate business purpose", "why": "Cover a parents’ evening",
            "policy_named": "IT policy", "policy_of": "Federation policies", "doer": self.dev.pk,
            "make_by": TODAY, "second": self.nora.pk,
        }  # fmt: skip
        return {name: str(value) for name, value in (sent | changed).items()}

    def vacancy(self) -> dict[str, object]:
        """Return what the form of a vacancy sends."""
        return {
            "do": "new", "title": "Teacher of maths", "shortlisted_on": str(TODAY), "on_shortlist": "2",
            "names": "Ida Example\nMax Muster", "terms": "Name and town", "searcher": str(self.dev.pk),
            "panel": [str(self.hannah.pk), str(self.nora.pk)],
        }  # fmt: skip


@world()
def checks_possible(at: datetime) -> SimpleNamespace:
    """Wootton, whose policy allows them."""
    return SimpleNamespace(
        people=People(enter_federation("wootton", "wootton"), "principal", "nominated-senior-manager")
    )


@pytest.fixture
def wootton(in_world, home) -> People:
    return in_world(checks_possible, NOW).people


def html_of(response, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[-3000:]
    html = response.content.decode()
    check_page(html)
    return html


def test_a_check_is_asked_for_agreed_made_copied_opened_and_destroyed(wootton, sign_in):
    hannah, nora, dev = (sign_in(one) for one in (wootton.hannah, wootton.nora, wootton.dev))
    assert "Ask for a check" in html_of(hannah.get("/searches"))
    html_of(hannah.post("/searches", {"do": "days", "days-days": "0"}), 422)
    assert hannah.post("/searches", {"do": "days", "days-days": "30"}).status_code == 302
    sent = hannah.post("/searches", wootton.check())
    assert sent.status_code == 302, html_of(sent, 422)
    at = sent.headers["Location"]

    assert "Waiting for a second person" in html_of(hannah.get(at))
    assert "Agree to check" not in html_of(hannah.get(at))
    assert "Agree to or decline a check" in nora.get("/today").content.decode()
    assert "Cover a parents’ evening" in html_of(nora.get(at))
    assert nora.post(at, {"do": "agree"}).status_code == 302
    html_of(dev.get(at))
    html_of(dev.post(at, {"do": "result", "result": ""}), 422)
    assert dev.post(at, {"do": "result", "result": "Nothing private"}).status_code == 302
    assert dev.post(at, {"do": "store", "content": "The timetable"}).status_code == 302
    with scope(wootton.federation.pk):
        copy = CheckCopy.objects.get()
    opened = hannah.post(at, {"do": "open", "copy": copy.pk})
    assert "The timetable" in html_of(opened)
    assert opened.headers["Cache-Control"] == "no-store"
    assert "The timetable" not in html_of(hannah.get(at))
    refused = hannah.post(at, {"do": "use", "copy": copy.pk, "how": "disclose", "recipient": "Police"})
    assert "legal basis" in html_of(refused, 409)
    assert hannah.post(at, {"do": "use", "copy": copy.pk, "how": "print"}).status_code == 302
    assert dev.post(at, {"do": "destroy", "copy": copy.pk}).status_code == 302
    assert "Destroyed:" in html_of(hannah.get(at))
    assert hannah.post(at, {"do": "open", "copy": copy.pk}).status_code == 409


def test_the_person_it_is_about_and_people_without_a_part_find_no_check(wootton, sign_in, make_federation):
    """Nor does another federation, nor of a vacancy. The pages speak Welsh."""
    hannah = sign_in(wootton.hannah)
    at = hannah.post("/searches", wootton.check()).headers["Location"]
    vacancy = hannah.post("/searches?show=vacancies", wootton.vacancy()).headers["Location"]
    cara = sign_in(wootton.cara)
    assert cara.get("/searches").status_code == 403
    assert cara.get(at).status_code in (403, 404)
    assert "Checks and candidate searches" not in cara.get("/menu").content.decode()
    assert "Checks and candidate searches" in sign_in(wootton.dev).get("/menu").content.decode()
    assert hannah.post(at, {"do": "nonsense"}).status_code == 404
    assert hannah.post(at, {"do": "open", "copy": "x"}).status_code == 404
    other = sign_in(
        People(make_federation("other", "wootton"), "principal", "nominated-senior-manager").hannah
    )
    assert [other.get(page).status_code for page in (at, vacancy)] == [404, 404]
    with scope(wootton.federation.pk):
        assert (SystemCheck.objects.count(), Vacancy.objects.count()) == (1, 1)

    hannah.cookies["django_language"] = "cy"
    for page in ("/searches", "/searches?show=vacancies", at, vacancy):
        html = hannah.get(page).content.decode()
        check_page(html, "cy")
        assert 'lang="cy"' in html


def test_a_vacancy_is_entered_told_searched_read_answered_decided_and_destroyed(wootton, sign_in):
    hannah, nora, dev = (sign_in(one) for one in (wootton.hannah, wootton.nora, wootton.dev))
    page = html_of(hannah.get("/searches?show=vacancies"))
    assert "Keeping children safe in education" in page
    assert "not a clause of your policy" in page
    hannah.post("/searches?show=vacancies", {"do": "days", "days-days": "180"})
    at = hannah.post("/searches?show=vacancies", wootton.vacancy()).headers["Location"]
    assert "Ida Example" in html_of(hannah.get(at))
    assert "Start search for all" not in html_of(hannah.get(at))
    assert hannah.post(at, {"do": "start"}).status_code == 409
    told = {"do": "told", "told_on": str(TODAY), "told_how": "email"}
    assert hannah.post(at, told).status_code == 302
    assert hannah.post(at, {"do": "start"}).status_code == 302
    for number, found in ((1, "Insults pupils"), (2, "")):
        html_of(dev.get(at))
        sent = {"do": "found", "candidate": number, "same_terms": "yes", "found": found, "relevant": found}
        assert dev.post(at, sent).status_code == 302
    assert "Insults pupils" not in html_of(nora.get(at))
    assert "Insults pupils" in html_of(nora.post(at, {"do": "read"}))
    assert dev.post(at, {"do": "read"}).status_code == 403
    assert hannah.post(at, {"do": "answer", "candidate": 1, "answer": "Not me"}).status_code == 302
    decided = {"do": "decided", "decided_on": str(TODAY), "appointed": ["2"]}
    assert hannah.post(at, decided).status_code == 302
    shown = html_of(hannah.get(at))
    assert "your federation’s own choice" in shown
    assert hannah.post(at, {"do": "destroy"}).status_code == 302
    gone = html_of(hannah.get(at))
    assert "Ida Example" not in gone
    assert "Names, results and answers destroyed" in gone


def test_a_policy_that_says_nothing_is_told_plainly_and_opens_no_door(db, home, make_federation, sign_in):
    people = People(make_federation("learn-to-live", "learn-to-live"), "headteacher", "slt")
    hannah = sign_in(people.hannah)
    for show in ("checks", "vacancies"):
        page = html_of(hannah.get(f"/searches?show={show}"))
        assert "so Schoolgate doesn’t allow" in page
        assert 'value="new"' not in page
    assert "Nothing in your policy allows this" in html_of(hannah.post("/searches", people.check()), 409)
    with scope(people.federation.pk):
        assert not SystemCheck.objects.exists()
        assert DecisionRecord.objects.filter(situation="systems.monitor", outcome="silent").exists()


def test_wales_is_told_nothing_of_englands_guidance(wootton, sign_in):
    with scope(wootton.federation.pk):
        School.objects.update(country="wales")
    page = html_of(sign_in(wootton.hannah).get("/searches?show=vacancies"))
    assert "Keeping children safe" not in page


def test_there_is_no_door_to_search_a_named_persons_own_account(db, home, make_federation, sign_in):
    """No field takes an account's address, nothing here reaches a network, and an own account is looked at
    only where the policy says where private life begins and that it isn't touched."""
    names = {
        field.name for model in apps.get_app_config("searches").get_models() for field in model._meta.fields
    }
    fields = {name for form in vars(searches).values() for name in getattr(form, "base_fields", {})}
    for word in ("account", "handle", "profile", "address", "url", "network", "username"):
        assert {one for one in names | fields if word in one} <= {"own_account"}

    people = People(make_federation("wildground", "wildground"), "slt", "slt")
    hannah = sign_in(people.hannah)
    own = {"own_account": "yes", "names_school": "no", "affects_school": "no"}
    page = html_of(hannah.post("/searches", people.check(**own)), 409)
    assert "private" in page
    html_of(hannah.post("/searches", people.check(own_account="yes")), 422)
    with scope(people.federation.pk):
        assert not SystemCheck.objects.exists()
        asked = DecisionRecord.objects.filter(situation="personal.watch")
        assert [one.outcome for one in asked] == ["not_permitted"]
