"""A breach on a phone: recorded, its risk judged, on a page that is no longer than it may be."""

import pytest

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.policy.actions import adopt
from tests.browsing import PHONE, bring_session, open_context, wrong_with
from tests.cast import someone

pytestmark = pytest.mark.browser
MOST_HIGH = 3000


@pytest.fixture
def rhian(served, home, make_federation) -> Person:
    """The headteacher of Llanidloes."""
    with scope(make_federation("llanidloes", "llanidloes", languages=["en", "cy"]).pk):
        head = someone("Rhian Evans", "headteacher")
        adopt(by=head, at=now())
        return head


def test_a_breach_is_recorded_and_judged_on_a_phone(served, rhian, sign_in, chromium):
    context = open_context(chromium, PHONE)
    bring_session(context, sign_in(rhian), served)
    page = context.new_page()
    page.goto(f"{served}/breaches")
    page.get_by_text("Record a data breach").click()
    assert wrong_with(page) == []
    page.get_by_label("What happened?").fill("A list of addresses went to the wrong parents.")
    page.get_by_role("button", name="Record data breach").click()
    page.get_by_text("hours left").or_(page.get_by_text("minutes left")).first.wait_for()
    assert wrong_with(page) == []
    assert page.evaluate("document.documentElement.scrollHeight") <= MOST_HIGH
    page.get_by_text("Assess the risk", exact=True).click()
    page.get_by_label("A risk is unlikely").check()
    page.locator("#risk").get_by_label("Why?").fill("It was encrypted.")
    page.get_by_role("button", name="Save risk").click()
    page.get_by_text("so the ICO need not be told").first.wait_for()
    page.get_by_text("Describe the breach", exact=True).click()
    assert wrong_with(page) == []
