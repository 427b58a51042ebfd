"""A thread in a real browser on a phone: offered while a long text is typed, previewed once it is chosen."""

import os

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import PHONE, bring_session, open_context
from tests.web.posts_cast import Stage

pytestmark = pytest.mark.browser
LONG = "Camp begins on Friday. " * 20


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


def shot(tab: Page, name: str) -> None:
    if folder := os.environ.get("SCHOOLGATE_TEST_SHOTS"):
        tab.screenshot(path=f"{folder}/thread-{name}.png", full_page=True)


def test_a_thread_is_offered_chosen_and_previewed(world, served, chromium):
    context = open_context(chromium, PHONE)
    bring_session(context, world.browser("amina"), served)
    tab = context.new_page()
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    tab.get_by_role("checkbox", name="Juniors on Bluesky").check()
    tab.get_by_label("Text", exact=True).fill(LONG)

    offer = tab.get_by_role("checkbox", name="Send as a thread of 2 posts")
    expect(offer).to_have_count(1)
    offer.check()
    tab.get_by_text("Preview", exact=True).click()

    preview = tab.get_by_role("article")
    expect(preview).to_contain_text("2/2")
    expect(preview).to_contain_text("Thread of 2 posts")
    expect(offer).to_be_checked()
    shot(tab, "write")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.evaluate("document.documentElement.scrollHeight") <= 3000
