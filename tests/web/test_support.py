"""Support for staff who are targeted: numbers, the networks' forms, and a question after a week."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.conduct.models import SupportNumber
from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents.models import Report
from schoolgate.policy.adopting import adopt
from tests.web.plain import check_page
from tests.web.test_own_accounts import NOW
from tests.web.test_wrong import SENT

PESTERED = {**SENT, "kinds": ["pestered"], "mark": "pestered"}
SUPPORT = "Support for you"


@pytest.fixture
def sam(cast, federation):
    """A member of the SLT, with the policy in force."""
    person = cast("Sam Slater", "slt")
    with scope(federation.pk):
        adopt(by=person, at=NOW)
    return person


def shown(browser, address: str) -> str:
    html = browser.get(address).content.decode()
    check_page(html)
    return html


def test_who_reports_being_targeted_sees_support_and_no_one_else_does(sam, browser):
    thanks = browser.post("/wrong", PESTERED).content.decode()
    check_page(thanks)
    for said in (SUPPORT, "Education Support 08000 562 561", "help.instagram.com", "after a week"):
        assert said in thanks
    assert SUPPORT in shown(browser, f"{reverse('wrong-reports')}?show=reported")
    assert SUPPORT not in browser.post("/wrong", SENT).content.decode()


def test_without_a_name_the_code_leads_to_the_same_support(sam, browser, client, federation):
    browser.post("/wrong", {**PESTERED, "named": "no"})
    with scope(federation.pk):
        assert Report.objects.get().by is None
    visitor = client.post("/wildground/something-is-wrong", PESTERED).content.decode()
    assert SUPPORT not in visitor  # visitors can't tick it


def test_the_person_who_takes_it_asks_after_a_week(sam, browser, sign_in, federation):
    browser.post("/wrong", PESTERED)
    with scope(federation.pk):
        report = Report.objects.get()
    sams = sign_in(sam)
    sams.post(reverse("wrong-take", args=[report.pk]))
    with scope(federation.pk):
        duty = Duty.objects.get(kind="incidents.check_back")
        assert (duty.person, duty.due_day) == (sam, local_day(duty.opened_at) + timedelta(days=7))
    address = reverse("wrong-report", args=[report.pk])
    assert "Ask your colleague how they are" in shown(sams, address)
    assert browser.post(reverse("wrong-check-back", args=[report.pk])).status_code == 404

    assert sams.post(reverse("wrong-check-back", args=[report.pk])).status_code == 302
    assert "Ask your colleague how they are" not in shown(sams, address)
    with scope(federation.pk):
        assert not Duty.objects.filter(kind="incidents.check_back", state="open").exists()


def test_a_report_of_another_kind_opens_no_such_task(sam, browser, sign_in, federation):
    browser.post("/wrong", SENT)
    with scope(federation.pk):
        report = Report.objects.get()
    sign_in(sam).post(reverse("wrong-take", args=[report.pk]))
    with scope(federation.pk):
        assert not Duty.objects.filter(kind="incidents.check_back").exists()


def test_the_office_enters_a_unions_number_and_removes_it(sam, browser, sign_in, federation):
    sams, address = sign_in(sam), reverse("own-accounts")
    assert "Support numbers for staff" not in shown(browser, address)
    assert browser.post(address, {"name": "A union", "telephone": "020 7000 0000"}).status_code == 200
    with scope(federation.pk):
        assert not SupportNumber.objects.exists()
    assert sams.post(address, {"name": "A union", "telephone": "ring us"}).status_code == 422
    assert sams.post(address, {"name": "A union", "telephone": "020 7000 0000"}).status_code == 302
    assert "A union 020 7000 0000" in browser.post("/wrong", PESTERED).content.decode()
    assert sams.post(address, {"name": "A union", "telephone": ""}).status_code == 302
    with scope(federation.pk):
        assert not SupportNumber.objects.exists()
