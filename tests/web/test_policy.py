"""The pages of the policy, of rulings and of decisions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import reverse

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.asking import record_decision
from schoolgate.policy.models import Attestation, DecisionFacts, Ruling
from schoolgate.policy.queries import in_force
from tests.cast import someone
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)


@world()
def adopted_by_sian(at: datetime) -> SimpleNamespace:
    """Wildground's policy in force; Sian looks after it. A decision that she asked for misses something."""
    federation = enter_federation()
    facts = {"case": {"promotion": "In the newsletter."}, "addressed_to": ["SLT"]}
    with scope(federation.pk):
        sian = someone("Sian Parry", "slt")
        version = adopt(by=sian, at=at)
        decided = record_decision("account.propose", facts, at=at, by=sian, subject="accounts.account:1")
    return SimpleNamespace(federation=federation, sian=sian, version=version.pk, decided=decided.pk)


@pytest.fixture
def begun(in_world) -> SimpleNamespace:
    return in_world(adopted_by_sian, NOW)


@pytest.fixture
def federation(request):
    if "begun" in request.fixturenames:
        return request.getfixturevalue("begun").federation
    return request.getfixturevalue("make_federation")()


@pytest.fixture
def version(begun) -> int:
    return begun.version


def shown(browser, name: str, *args, query: str = "") -> str:
    response = browser.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return html


def test_the_policy_is_shown_by_section_with_what_it_is_in_force_as(begun, browser):
    html = shown(browser, "policy", query="?section=7")

    assert "Applicants must state in the business case what the account is for." in html
    assert "No deadline in this policy." in html
    assert ", not yet signed by the policy’s owner" in html


def test_past_its_review_the_page_says_so(make_federation, sign_in):
    federation = make_federation("boroughbridge", "boroughbridge")
    with scope(federation.pk):
        owner = someone("Dilys Moss", "staff-lead-director-of-business-services")
        adopt(by=owner, at=NOW)

    assert "Review overdue" in shown(sign_in(owner), "policy")


def test_the_owner_puts_it_in_force_and_signs_the_reading(cast, sign_in):
    """Not for a day to come."""
    browser = sign_in(cast("Sian Parry", "slt"))
    day = {"adopted_on": str(local_day(now()) + timedelta(days=40))}
    response = browser.post(reverse("set-up-policy"), day)
    assert response.status_code == 422
    assert "The adoption date can’t be in the future." in response.content.decode()

    day = {"adopted_on": "2026-09-01"}
    assert browser.post(reverse("set-up-policy"), day).status_code == 302
    assert "Sign this interpretation" in shown(browser, "reading")
    assert browser.post(reverse("reading"), {"act": "sign"}).status_code == 302
    assert "signed by Sian Parry" in shown(browser, "policy")


def test_staff_do_not_adopt_or_sign_and_see_the_question_but_cannot_rule(begun, browser):
    assert browser.post(reverse("set-up-policy"), {"adopted_on": "2026-09-01"}).status_code == 403
    assert browser.post(reverse("reading"), {"act": "sign"}).status_code == 403
    assert "It’s for SLT to decide." in shown(browser, "rulings")
    assert browser.get(reverse("rule", args=["wildground-tension-2"])).status_code == 403
    assert browser.get(reverse("rule", args=["wootton-tension-2"])).status_code == 404


def test_i_say_by_my_own_sign_in_that_i_have_read_it(begun, browser, version, federation):
    """Declining is kept; a word on another version or of another kind is refused."""
    vouch = reverse("policy-vouch")
    assert browser.post(vouch, {"kind": "policy_read", "version": version + 1}).status_code == 409
    assert browser.post(vouch, {"kind": "trained", "version": version}).status_code == 404
    browser.post(vouch, {"kind": "policy_understood", "version": version, "answer": "no"})
    with scope(federation.pk):
        assert list(Attestation.objects.values_list("kind", "answer")) == [("policy_understood", False)]
    assert "You’ve confirmed that you have read it." not in shown(browser, "policy")
    browser.post(vouch, {"kind": "policy_read", "version": version})
    assert "You’ve confirmed that you have read it." in shown(browser, "policy")


def test_a_question_that_the_program_itself_asks_is_in_the_language_of_the_reader(
    begun, sign_in, monkeypatch
):
    """A policy's own questions are in its own words."""
    says = "No one has written a rule for this yet. Until then, a person reads the clause and decides."
    with scope(begun.federation.pk):
        tensions, key = in_force(local_day(NOW)).book.tensions, "wildground-tension-2"
    monkeypatch.setitem(tensions, key, replace(tensions[key], what=says))
    browser = sign_in(begun.sian)
    assert says in shown(browser, "rulings")
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    html = browser.get(reverse("rulings")).content.decode()
    assert (says in html, "Nid oes neb wedi ysgrifennu rheol ar gyfer hyn eto." in html) == (False, True)


def test_the_role_that_rules_gives_a_ruling(begun, sign_in, federation, queries):
    """A refused one asks who may rule once, and not for each question."""
    browser = sign_in(begun.sian)
    address = reverse("rule", args=["wildground-tension-2"])
    allows, words = "wildground-tension-2-allows", "wildground-tension-2-words"
    with queries() as seen:
        answer = browser.post(address, {})
    assert answer.status_code == 422
    assert answer.content.decode().count("<form") > 10
    assert len([one for one in seen if "people_roleassignment" in one["sql"]]) < 10
    assert browser.post(address, {allows: "yes"}).status_code == 422
    assert browser.post(address, {allows: "yes", words: "One name will do."}).status_code == 302

    assert "One name will do." in shown(browser, "rulings")
    with scope(federation.pk):
        assert Ruling.objects.get().answer == "permitted"


def test_a_decision_shows_answer_wording_version_reading_and_facts(
    begun, sign_in, cast, browser, federation, make_federation
):
    """The facts to who asked alone, until they are erased; nothing to staff and other federations."""
    sian = sign_in(begun.sian)
    html = shown(sian, "decision", begun.decided)
    for words in (
        "Not stated yet: What the account should achieve.",
        "Applicants must state in the business case what the account is for.",
        "Policy version",
        "In the newsletter.",
        "Sian Parry",
    ):
        assert words in html

    html = shown(sign_in(cast("Bryn Ellis", "lead-staff-member")), "decision", begun.decided)
    assert (
        "The information used is shown to the person who asked and to those who oversee the policy." in html
    )
    assert "In the newsletter." not in html
    assert browser.get(reverse("decision", args=[begun.decided])).status_code == 404
    with scope(make_federation("llanidloes", "llanidloes").pk):
        head = someone("Olwen Price", "headteacher")
    assert sign_in(head).get(reverse("decision", args=[begun.decided])).status_code == 404

    with scope(federation.pk):
        DecisionFacts.objects.all().delete()
    html = shown(sian, "decision", begun.decided)
    assert "The information used has been erased." in html
    assert "In the newsletter." not in html


def test_training_is_recorded_on_its_own_page(begun, sign_in, cast):
    amina = cast("Amina Khan", "staff")
    browser = sign_in(begun.sian)

    assert "Has Amina Khan had suitable training" in shown(browser, "record-training", amina.pk)
    assert browser.post(reverse("record-training", args=[amina.pk])).status_code == 302
    assert sign_in(amina).post(reverse("record-training", args=[amina.pk])).status_code == 403
