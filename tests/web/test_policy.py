"""The pages of the policy, of rulings and of decisions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt
from schoolgate.policy.asking import record_decision
from schoolgate.policy.models import Attestation, DecisionFacts, PolicyVersion, Ruling
from tests.cast import someone
from tests.web.plain import check_page

NOW = datetime.now(UTC)


@pytest.fixture
def sian(cast):
    return cast("Sian Parry", "slt")


@pytest.fixture
def version(federation, sian) -> PolicyVersion:
    with scope(federation.pk):
        return adopt(by=sian, at=NOW)


def shown(browser, name: str, *args, query: str = "") -> str:
    response = browser.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return html


def test_the_policy_is_shown_by_section_with_what_it_is_in_force_as(browser, version):
    html = shown(browser, "policy", query="?section=7")

    assert "Applicants must state in the business case what the account is for." in html
    assert "No deadline in this policy." in html
    assert ", not yet signed by the policy’s owner" in html


def test_before_it_is_adopted_the_page_says_so(browser):
    assert "This policy hasn’t been adopted here yet." in shown(browser, "policy")


def test_past_its_review_the_page_says_so(make_federation, sign_in):
    federation = make_federation("boroughbridge", "boroughbridge")
    with scope(federation.pk):
        owner = someone("Dilys Moss", "staff-lead-director-of-business-services")
        adopt(by=owner, at=NOW)

    assert "Review overdue" in shown(sign_in(owner), "policy")


@pytest.mark.parametrize("section", ["0", "99", "x", "-1", ""])
def test_a_section_that_does_not_exist_is_not_there(browser, version, section):
    assert browser.get(f"{reverse('policy')}?section={section}").status_code == 404


def test_the_owner_puts_it_in_force_and_signs_the_reading(sign_in, sian, federation):
    browser = sign_in(sian)
    day = {"adopted_on": "2026-09-01"}
    assert browser.post(reverse("set-up-policy"), day).status_code == 302
    assert "Sign this interpretation" in shown(browser, "reading")
    assert browser.post(reverse("reading"), {"act": "sign"}).status_code == 302

    assert "signed by Sian Parry" in shown(browser, "policy")


def test_a_day_to_come_is_refused_beside_its_field(sign_in, sian):
    day = {"adopted_on": str(local_day(now()) + timedelta(days=40))}
    response = sign_in(sian).post(reverse("set-up-policy"), day)

    assert response.status_code == 422
    assert "The adoption date can’t be in the future." in response.content.decode()


def test_staff_do_not_adopt_or_sign(browser, version):
    assert browser.post(reverse("set-up-policy"), {"adopted_on": "2026-09-01"}).status_code == 403
    assert browser.post(reverse("reading"), {"act": "sign"}).status_code == 403


def test_i_say_by_my_own_sign_in_that_i_have_read_it(browser, version, federation):
    browser.post(reverse("policy-vouch"), {"kind": "policy_read", "version": version.pk})

    assert "You’ve confirmed that you have read it." in shown(browser, "policy")


def test_declining_is_kept(browser, version, federation):
    browser.post(
        reverse("policy-vouch"), {"kind": "policy_understood", "version": version.pk, "answer": "no"}
    )

    with scope(federation.pk):
        assert list(Attestation.objects.values_list("kind", "answer")) == [("policy_understood", False)]


def test_a_word_on_another_version_or_of_another_kind_is_refused(browser, version):
    wrong_version = browser.post(reverse("policy-vouch"), {"kind": "policy_read", "version": version.pk + 1})
    wrong_kind = browser.post(reverse("policy-vouch"), {"kind": "trained", "version": version.pk})

    assert (wrong_version.status_code, wrong_kind.status_code) == (409, 404)


def test_the_role_that_rules_gives_a_ruling(sign_in, sian, version, federation):
    browser = sign_in(sian)
    address = reverse("rule", args=["wildground-tension-2"])
    allows, words = "wildground-tension-2-allows", "wildground-tension-2-words"
    assert browser.post(address, {allows: "yes"}).status_code == 422
    assert browser.post(address, {allows: "yes", words: "One name will do."}).status_code == 302

    assert "One name will do." in shown(browser, "rulings")
    with scope(federation.pk):
        assert Ruling.objects.get().answer == "permitted"


def test_a_ruling_that_is_refused_asks_who_may_rule_once_and_not_for_each_question(
    sign_in, sian, version, queries
):
    browser = sign_in(sian)
    with queries() as seen:
        answer = browser.post(reverse("rule", args=["wildground-tension-2"]), {})
    assert answer.status_code == 422
    assert answer.content.decode().count("<form") > 10
    assert len([one for one in seen if "people_roleassignment" in one["sql"]]) < 10


def test_others_see_the_question_and_cannot_rule(browser, version):
    assert "It’s for SLT to decide." in shown(browser, "rulings")
    assert browser.get(reverse("rule", args=["wildground-tension-2"])).status_code == 403
    assert browser.get(reverse("rule", args=["wootton-tension-2"])).status_code == 404


@pytest.fixture
def decided(federation, sian, version):
    """A decision that Sian asked for, with something missing."""
    facts = {"case": {"promotion": "In the newsletter."}, "addressed_to": ["SLT"]}
    with scope(federation.pk):
        return record_decision("account.propose", facts, at=NOW, by=sian, subject="accounts.account:1")


def test_a_decision_shows_answer_wording_version_reading_and_facts(sign_in, sian, decided):
    html = shown(sign_in(sian), "decision", decided.pk)

    for words in (
        "Not stated yet: What the account should achieve.",
        "Applicants must state in the business case what the account is for.",
        "Policy version",
        "In the newsletter.",
        "Sian Parry",
    ):
        assert words in html


def test_once_erased_the_facts_are_gone_and_the_decision_stays(sign_in, sian, decided, federation):
    with scope(federation.pk):
        DecisionFacts.objects.all().delete()
    html = shown(sign_in(sian), "decision", decided.pk)

    assert "The information used has been erased." in html
    assert "In the newsletter." not in html


def test_those_who_decide_see_a_decision_without_its_facts(sign_in, cast, decided):
    html = shown(sign_in(cast("Bryn Ellis", "lead-staff-member")), "decision", decided.pk)

    assert (
        "The information used is shown to the person who asked and to those who oversee the policy." in html
    )
    assert "In the newsletter." not in html


def test_staff_do_not_see_others_decisions(browser, decided):
    assert browser.get(reverse("decision", args=[decided.pk])).status_code == 404


def test_another_federations_decision_is_not_there(decided, make_federation, sign_in):
    with scope(make_federation("llanidloes", "llanidloes").pk):
        head = someone("Olwen Price", "headteacher")

    assert sign_in(head).get(reverse("decision", args=[decided.pk])).status_code == 404


def test_training_is_recorded_on_its_own_page(sign_in, sian, cast, version, federation):
    amina = cast("Amina Khan", "staff")
    browser = sign_in(sian)

    assert "Has Amina Khan had suitable training" in shown(browser, "record-training", amina.pk)
    assert browser.post(reverse("record-training", args=[amina.pk])).status_code == 302
    assert sign_in(amina).post(reverse("record-training", args=[amina.pk])).status_code == 403
