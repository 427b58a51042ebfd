"""A policy that says nothing of candidates opens no search; the page says what the federation can do."""

import pytest
from playwright.sync_api import expect

from tests.browsing import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_there_is_no_search_and_a_way_to_a_clause(house, somebody, language):
    rhian = somebody(house, "rhian", size=PHONE, language=language)
    rhian.sign_in()
    rhian.open("/searches?show=vacancies")
    rhian.sees("Not covered by this policy")
    rhian.look("candidates-not-covered")
    expect(rhian.page.locator('[name="do"][value="new"]')).to_have_count(0)
    rhian.press("Suggest a change to the policy")
    rhian.headed("Suggestions for the policy")
