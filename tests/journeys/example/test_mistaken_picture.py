"""A picture taken by mistake under Wildground's policy: deleted at once, and the SLT told."""

import pytest
from playwright.sync_api import expect

from tests.browsing import PHONE
from tests.journeys import mistaken_picture as step

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_it_is_deleted_from_today_and_the_slt_told(house, somebody, language):
    priya = somebody(house, "priya", size=PHONE, language=language)
    priya.sign_in()
    step.reports(priya)
    step.answers(priya, compromising=True)
    step.deletes_and_tells(priya, "SLT")


def test_the_concern_stays_open_while_a_copy_is_left(house, somebody):
    priya, helen = somebody(house, "priya", size=PHONE), somebody(house, "helen", size=PHONE)
    priya.sign_in()
    step.reports(priya)
    step.answers(priya, compromising=True)

    helen.sign_in()
    helen.open("/wrong/reports")
    helen.page.locator("main table a").first.click()
    helen.reads(step.SAID)
    helen.sees("Copies of the picture are still there, according to the person who took it.")
    helen.press("I’ll deal with this")
    helen.page.locator("summary").filter(has_text=helen.say("Close concern")).click()
    helen.page.locator('[name="to"][value="closed"]').check()
    helen.fill("Outcome in a few sentences, or why it’s not ours", "Talked to the team about cameras.")
    helen.press("Save outcome")
    helen.look("not-closed-while-a-copy-is-left")
    helen.reads("Use of images")
    helen.page.go_back()
    helen.press("Every copy is deleted")
    helen.sees("Saved: every copy is deleted.")

    priya.place("Today")
    expect(priya.page.get_by_text(step.DELETE)).to_have_count(0)
    expect(priya.page.get_by_text(step.TELL)).to_have_count(0)
