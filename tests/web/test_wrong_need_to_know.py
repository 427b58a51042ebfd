"""A concern that is kept to the leads: nobody else can tell that it exists, and two people open it."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from allauth.usersessions.models import UserSession

from schoolgate.core.clock import now
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.incidents import handling
from schoolgate.incidents.models import Danger, Opening, Report
from schoolgate.policy.adopting import adopt
from schoolgate.reports.evidence import evidence_for
from tests.cast import someone
from tests.incidents.conftest import wrong
from tests.stories import rolled_back
from tests.web.plain import check_page
from tests.web.sheet import read
from tests.web.walking import Walk
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
LIST = "/wrong/reports"
WHY = "A child is in danger tonight and no lead answers."


@world()
def kept_to_dee(at):
    """A concern kept to Dee from the beginning; Adam administers, Tess is of the SLT as well."""
    federation = enter_federation()
    with scope(federation.pk):
        people = {
            "adam": someone("Adam Admin", "slt"),
            "tess": someone("Tess Second", "slt"),
            "dee": someone("Dee Lead", "staff"),
        }
        adopt(by=people["adam"], at=at - timedelta(days=2))
        Safeguarder.objects.create(place="lead", person_id=people["dee"].pk, since=at)
        report = wrong(at - timedelta(hours=2), what="Tomos is afraid to go home.", for_leads=True)
    with scope(federation.pk, people["dee"].pk):
        handling.take(report=report, by=people["dee"], at=at - timedelta(hours=1))
    return SimpleNamespace(federation=federation, people=people, report=report)


@pytest.fixture
def begun(in_world, home):
    return in_world(kept_to_dee, NOW)


@pytest.fixture
def federation(begun):
    return begun.federation


@pytest.fixture
def kept(begun, sign_in):
    """The concern, the browsers of Adam, Tess and Dee, and who they are."""
    return begun.report, *(sign_in(person) for person in begun.people.values()), begun.people


def seen_by(browser) -> dict[str, str]:
    """Every page that can be come to, by its address."""
    return {kept.sheet.path: kept.sheet.html for kept in Walk(browser).go().pages}


def test_an_administrator_comes_to_no_page_list_count_or_notice_that_tells_of_it(kept, federation):
    report, adams, _tess, dees, _people = kept
    before = seen_by(adams)
    assert len(before) > 40
    assert [path for path, page in before.items() if report.reference in page] == []
    assert [path for path, page in before.items() if f"Concern {report.pk}" in page] == []
    for show in ("waiting", "mine", "all", "reported"):
        assert report.reference not in adams.get(f"{LIST}?show={show}").content.decode()
    assert report.reference in dees.get(f"{LIST}?show=mine").content.decode()


def test_no_number_on_the_pages_of_an_administrator_changes_with_it(kept, federation):
    _report, adams, _tess, _dees, people = kept
    counted = ["/today", "/evidence", "/menu", LIST, f"{LIST}?show=all", "/duty"]

    def numbers():
        return [
            re.findall(r">[^<>]*\d+[^<>]*<", re.sub(r"(?s)<script.*?</script>|nonce=\S+|\d+ ms", "", page))
            for page in (adams.get(path, follow=True).content.decode() for path in counted)
        ]

    def another():
        with scope(federation.pk):
            made = wrong(NOW - timedelta(minutes=30), what="Another.", for_leads=True, danger=Danger.YES)
            assert made.restricted_at is not None
        with scope(federation.pk, people["dee"].pk):
            handling.take(report=made, by=people["dee"], at=NOW - timedelta(minutes=20))

    clauses = set(re.findall(r"/evidence/clauses/([\w-]+)", adams.get("/evidence").content.decode()))
    with rolled_back():
        another()
        with scope(federation.pk):
            rest_on = [each for each in clauses if evidence_for(each)[0]]
    assert len(rest_on) >= 3, "rows of a concern are evidence for clauses"

    def of_clauses():
        return {
            each: adams.get(f"/evidence/clauses/{each}").content.decode().count("<li") for each in rest_on
        }

    first, evidence = numbers(), of_clauses()
    another()
    assert numbers() == first
    assert of_clauses() == evidence


def test_search_finds_nothing_of_it(kept):
    report, adams, *_others = kept
    for words in (report.reference, "Tomos", "afraid"):
        html = adams.post("/search", {"words": words}).content.decode()
        assert "/wrong/" not in re.sub(r"(?s)<nav.*?</nav>", "", html.split("<main")[1])


def test_every_address_of_it_answers_like_one_of_a_concern_that_does_not_exist(kept, queries):
    report, adams, *_others = kept
    nowhere = report.pk + 4711
    for path in ("", "/stages/assess", "/chronology.pdf", "/handover.txt", "/pictures/1"):
        adams.get(f"{LIST}/{nowhere}{path}")
        with queries() as hidden:
            there = adams.get(f"{LIST}/{report.pk}{path}")
        with queries() as missing:
            gone = adams.get(f"{LIST}/{nowhere}{path}")
        assert there.status_code == gone.status_code == 404
        assert len(hidden) == len(missing), path
        assert _same(there, report.pk) == _same(gone, nowhere)
    for path in ("take", "note", "hand-on", "told", "close", "passed", "contain", "openings/1/end"):
        sent = {"words": "x", "how": "stop"}
        with queries() as hidden:
            there = adams.post(f"{LIST}/{report.pk}/{path}", sent)
        with queries() as missing:
            gone = adams.post(f"{LIST}/{nowhere}/{path}", sent)
        assert there.status_code == gone.status_code == 404, path
        assert len(hidden) == len(missing), path


def _same(answer, pk: int) -> str:
    html = answer.content.decode()
    return html.split("<main")[1].split("</main>")[0].replace(f"/{pk}", "")


def test_two_people_open_it_by_page_and_a_lead_ends_it(kept, sign_in, cast):
    report, adams, tesss, dees, people = kept
    stranger = sign_in(cast("Cara Teacher", "staff"))
    assert "If no safeguarding lead can be reached" not in stranger.get(LIST).content.decode()
    sent = {"reference": report.reference.lower(), "words": WHY, "second": str(people["tess"].pk)}
    assert stranger.post("/wrong/openings", sent).status_code == 403
    html = adams.get(LIST).content.decode()
    check_page(html)
    assert "If no safeguarding lead can be reached" in html
    assert adams.post("/wrong/openings", {**sent, "words": ""}).status_code == 422
    assert adams.post("/wrong/openings", sent).status_code == 302
    nothing = adams.post("/wrong/openings", {**sent, "reference": "W-222222"})
    assert nothing.status_code == 302

    there = tesss.get(LIST)
    asked = there.content.decode()
    check_page(asked)
    assert WHY in asked
    assert "Tomos" not in asked
    answers = [form.action for form in read(there, LIST).forms if "/openings/" in form.action]
    assert len(answers) == 2
    assert stranger.post(answers[0], {"act": "agree"}).status_code == 404
    assert adams.post(answers[0], {"act": "agree"}).status_code == 404
    assert tesss.post(answers[0], {"act": "?"}).status_code == 422
    assert tesss.post(answers[0], {"act": "agree"}).status_code == 409, "the leads have only just been told"
    with scope(report.federation_id):
        Opening.objects.update(asked_at=now() - timedelta(minutes=16))
    UserSession.objects.filter(user=people["dee"].user_id).delete()
    assert tesss.post(answers[0], {"act": "agree"}).status_code == 302
    assert tesss.post(answers[1], {"act": "agree"}).status_code == 302
    page = adams.get(f"{LIST}/{report.pk}")
    check_page(page.content.decode())
    assert "Tomos is afraid to go home." in page.content.decode()
    assert tesss.get(f"{LIST}/{report.pk}").status_code == 404
    mine = adams.get(LIST).content.decode()
    assert "Not opened" in mine
    assert f"{LIST}/{report.pk}" in mine

    opened = dees.get(f"{LIST}/{report.pk}")
    hers = opened.content.decode()
    check_page(hers)
    assert WHY in hers
    assert "Viewed by" in hers
    assert "Adam Admin" in hers
    (ends,) = {form.action for form in read(opened, LIST).forms if "/end" in form.action}
    assert adams.post(ends).status_code == 403
    assert dees.post(ends).status_code == 302
    assert adams.get(f"{LIST}/{report.pk}").status_code == 404


def test_a_lead_copies_it_into_their_own_system_and_marks_it_as_passed(kept, federation):
    report, adams, _tess, dees, _people = kept
    here = f"{LIST}/{report.pk}"
    text = dees.get(f"{here}/handover.txt")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert "Tomos is afraid to go home." in text.content.decode()
    assert "SHA-256" in text.content.decode()
    assert adams.get(f"{here}/handover.txt").status_code == 404
    assert dees.post(f"{here}/passed", {"system": "CPOMS", "reference": ""}).status_code == 422
    assert dees.post(f"{here}/passed", {"system": "CPOMS", "reference": "118-22"}).status_code == 302
    html = dees.get(here).content.decode()
    check_page(html)
    assert "What was written is in CPOMS, under 118-22." in html
    assert "Tomos" not in html
    assert "Tomos" not in dees.get(f"{here}/handover.txt").content.decode()
    assert dees.get(f"{here}/stages/assess").status_code == 409
    assert dees.post(f"{here}/note", {"words": "More."}).status_code == 409
    assert dees.post(f"{here}/passed", {"system": "CPOMS", "reference": "2"}).status_code == 409


def test_posting_is_stopped_with_one_touch_from_the_assessment(kept, federation, cast):
    _report, adams, _tess, _dees, people = kept
    with scope(federation.pk):
        report = wrong(NOW)
    with scope(federation.pk, people["adam"].pk):
        handling.take(report=report, by=people["adam"], at=NOW)
    here = f"{LIST}/{report.pk}"
    html = adams.get(f"{here}/stages/assess").content.decode()
    check_page(html)
    assert "Stop all posting" in html
    assert adams.post(f"{here}/contain", {"how": "?"}).status_code == 422
    assert adams.post(f"{here}/contain", {"how": "take_down"}).status_code == 409
    assert adams.post(f"{here}/contain", {"how": "stop"}).status_code == 302
    shown = adams.get(here).content.decode()
    check_page(shown)
    assert "Done: Stop all posting" in shown
    assert "Started, not finished" not in shown


def test_a_list_of_a_hundred_concerns_asks_as_much_as_one_of_ten(kept, federation, same_queries):
    _report, adams, _tess, _dees, people = kept

    def grow(number):
        with scope(federation.pk):
            first = wrong(NOW)
            Report.objects.bulk_create(
                Report(
                    reference=f"W-{number}{each}", once=f"{number}-{each}", code=f"{number}-{each}",
                    reported_at=NOW, state_at=NOW, state="taken", taken_by=people["adam"], taken_at=NOW,
                    school=first.school, danger="yes" if each < 5 else "no",
                )
                for each in range(number)
            )  # fmt: skip

    grow(10)
    for show in ("waiting", "mine", "all"):
        adams.get(f"{LIST}?show={show}")
    same_queries(
        lambda: [adams.get(f"{LIST}?show={show}") for show in ("waiting", "mine", "all")], lambda: grow(100)
    )
