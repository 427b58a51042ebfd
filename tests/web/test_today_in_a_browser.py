"""Today on a phone: what is most urgent is in sight at once."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browsing import PHONE, bring_session, open_context
from tests.web.test_today_pressed import house

__all__ = ["house"]
pytestmark = pytest.mark.browser


def test_what_comes_first_is_in_sight_on_a_phone(served, house, chromium):
    context = open_context(chromium, PHONE)
    bring_session(context, house.ben, served)
    page = context.new_page()
    page.goto(served + reverse("today"))
    page.get_by_role("button", name="Hide").click()
    expect(page.get_by_role("heading", name="Overdue").first).to_be_visible()
    first = page.locator(".sg-task .govuk-button").first.bounding_box()
    assert (
        first["y"] + first["height"] <= PHONE["height"] - 68
    )  # above the bar at the foot, without scrolling
