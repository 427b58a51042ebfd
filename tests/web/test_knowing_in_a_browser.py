"""Who knows the policy, in a real browser: readable by everybody, on a phone and on a desk."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browsing import PHONE, bring_session, open_context
from tests.web.test_knowing_pressed import wild

__all__ = ["wild"]
pytestmark = pytest.mark.browser


def test_the_clauses_of_a_section_come_when_its_fold_is_opened(served, wild, chromium):
    clause = "Applicants must state in the business case what the account is for."
    context = open_context(chromium, PHONE)
    bring_session(context, wild.amina, served)
    page = context.new_page()
    page.goto(served + reverse("policy"))
    expect(page.get_by_text(clause)).to_have_count(0)
    page.locator("#section-7 > summary").click()
    expect(page.get_by_text(clause)).to_be_visible()
    expect(page.locator("#section-7").get_by_role("link", name="Show clauses")).to_have_count(0)
