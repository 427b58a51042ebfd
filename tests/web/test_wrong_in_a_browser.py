"""The public page about a concern in a real browser: who must hide that they wrote leaves nothing behind."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import PHONE, open_context

pytestmark = pytest.mark.browser

WORDS = "He waits for me after training."
CONCERN = "/wildground/something-is-wrong"


@pytest.fixture
def page(own_database, make_federation, served, chromium):
    make_federation()
    page = open_context(chromium, PHONE).new_page()
    sunny = {"body": "Sunny", "content_type": "text/html"}
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(**sunny))
    page.goto(f"{served}/healthz")
    page.goto(f"{served}{CONCERN}")
    return page


def leave(page):
    page.get_by_role("link", name="Leave this page quickly").first.click()
    expect(page).to_have_url(re.compile("bbc"))


def test_back_from_the_weather_leads_past_the_page_and_shows_nothing_that_was_typed(page):
    page.get_by_label(re.compile("What")).first.fill(WORDS)
    leave(page)
    page.go_back()
    assert page.url.endswith("/healthz")
    page.go_forward()
    assert WORDS not in page.content()


def test_after_sending_neither_the_code_nor_the_words_are_there_again(page):
    page.get_by_label(re.compile("What")).first.fill(WORDS)
    page.get_by_role("button", name="Send").click()
    code = page.get_by_text(re.compile("[A-Z]-[A-Z0-9]{6}")).first.inner_text()
    leave(page)
    page.go_back()
    assert code not in page.content()
    typed = page.evaluate("[...document.querySelectorAll('textarea')].map((one) => one.value).join()")
    assert WORDS not in typed


def test_on_a_slow_line_back_leads_past_the_page_too(page):
    """A child in a hurry presses it before the other scripts have come."""
    page.route("**/*.mjs", lambda route: route.abort())
    page.reload()
    page.get_by_label(re.compile("What")).first.fill(WORDS)
    leave(page)
    page.go_back()
    assert page.url.endswith("/healthz")
