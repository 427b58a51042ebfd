"""The privacy notice in a real browser: phone and desk, both languages, from the pages beside it."""

import pytest
from playwright.sync_api import expect

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from tests.browsing import DESK, PHONE, open_context, wrong_with

pytestmark = pytest.mark.browser


@pytest.fixture
def pages(served, make_federation, home):
    """A federation with one school that has a noticeboard."""
    federation = make_federation("wildground", languages=["en", "cy"])
    with scope(federation.pk):
        School.objects.create(name="Wildground Juniors", slug="juniors")
    return f"{served}/wildground"


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_everybody_can_read_it(pages, chromium, language, size):
    page = open_context(chromium, size, locale=f"{language}-GB").new_page()
    page.goto(f"{pages}/privacy")
    assert wrong_with(page, language) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_whoever_tells_that_something_is_wrong_finds_what_becomes_of_it(pages, chromium, scripts):
    page = open_context(chromium, PHONE, java_script_enabled=scripts).new_page()
    page.goto(f"{pages}/something-is-wrong")
    page.get_by_label("Where did it happen").fill("On the bus")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="How we use what you send (opens in a new tab)").click()
    notice = opened.value
    notice.wait_for_load_state()
    assert notice.url == f"{pages}/privacy#wrong"
    expect(notice.get_by_role("heading", name="If you report a concern")).to_be_visible()
    expect(page.get_by_label("Where did it happen")).to_have_value("On the bus")


@pytest.mark.parametrize("beside", ["register", "noticeboard/juniors/"])
def test_the_foot_of_the_public_pages_leads_there(pages, chromium, beside):
    page = open_context(chromium, PHONE).new_page()
    page.goto(f"{pages}/{beside}")
    page.get_by_role("contentinfo").get_by_role("link", name="Privacy: how we use your data").click()
    assert page.url == f"{pages}/privacy"
    assert "Privacy: how we use your data" in page.get_by_role("heading", level=1).inner_text()
