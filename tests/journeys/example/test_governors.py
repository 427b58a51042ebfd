"""A governor opens the report and follows a number to its rows."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_governor_follows_a_number_to_its_rows(house, somebody, language):
    grace = somebody(house, "grace", language=language)
    grace.sign_in()
    grace.open("/evidence")
    grace.press("Governors’ report")
    grace.headed("Governors’ report")
    grace.sees("Questions to ask")
    grace.look("governors")

    for part in grace.page.locator("details.sg-card > summary").all():
        part.click()
    grace.look("governors-figures")
    report = grace.page.url
    grace.page.get_by_role("link", name=grace.say("Posts published"), exact=False).first.click()
    grace.headed(grace.say("Posts published"))
    grace.look("governors-posts")

    grace.page.goto(report)
    grace.page.locator("#promises > summary").click()
    link = grace.page.get_by_role("link", name=grace.say("Comments and messages received"))
    number = int(link.inner_text())
    assert number
    link.click()
    grace.page.wait_for_url("**/inbox?*since=*")
    assert grace.page.locator("main tbody tr").count() == number
    grace.look("governors-rows")
