"""A breach on a phone: recorded, its risk judged, on a page that is no longer than it may be."""

import pytest

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.web.scriptless import bring_session, open_context, wrong_with


@pytest.fixture
def rhian(home, make_federation) -> Person:
    """The headteacher of Llanidloes."""
    with scope(make_federation("llanidloes", "llanidloes", languages=["en", "cy"]).pk):
        head = someone("Rhian Evans", "headteacher")
        adopt(by=head, at=now())
        return head


def test_a_breach_is_recorded_and_judged_on_a_phone(rhian, sign_in):
    context = open_context()
    bring_session(context, sign_in(rhian))
    page = context.new_page()
    page.goto("/breaches")
    page.get_by_text("Record a data breach").click()
    assert wrong_with(page) == []
    page.get_by_label("What happened?").fill("A list of addresses went to the wrong parents.")
    page.get_by_role("button", name="Record data breach").click()
    page.get_by_text("hours left").or_(page.get_by_text("minutes left")).first.wait_for()
    assert wrong_with(page) == []
    page.get_by_text("Assess the risk", exact=True).click()
    page.get_by_label("A risk is unlikely").check()
    page.locator("#risk").get_by_label("Why?").fill("It was encrypted.")
    page.get_by_role("button", name="Save risk").click()
    page.get_by_text("so the ICO need not be told").first.wait_for()
    page.get_by_text("Describe the breach", exact=True).click()
    assert wrong_with(page) == []
