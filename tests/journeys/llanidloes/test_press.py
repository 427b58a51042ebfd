"""A journalist under Llanidloes's policy, which says nothing about the press: nothing is invented."""

import pytest
from playwright.sync_api import expect

from tests.browsing import PHONE
from tests.journeys.press import marks, rings, writes

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_journalist_rings_and_comments_where_the_policy_is_silent(house, somebody, language):
    mair = somebody(house, "mair", size=PHONE, language=language)
    mair.sign_in()
    rings(mair)
    mair.sees("Your policy doesn’t cover the press")
    mair.look("policy-is-silent")
    writes(mair)
    mair.answer("How was it given?", "Read out by telephone")
    mair.press("Save that it was given")
    mair.sees("Recorded that the statement was given.")

    comment = marks(mair)
    mair.sees("Your policy doesn’t cover the press")
    mair.open(comment)
    expect(mair.page.get_by_text(mair.say("From the press: don’t answer yet"))).to_have_count(0)
    mair.sees("From the press")
