"""A network refuses a post: its author finds it under Needs action, reads why, and decides."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from schoolgate.networks.fake import Fault
from tests.browsing import DESK, PHONE, bring_session, open_context, wrong_with
from tests.web.posts_cast import TEXT, Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


def look(tab: Page, name: str) -> None:
    assert wrong_with(tab, "en") == []
    if folder := os.environ.get("SCHOOLGATE_TEST_SHOTS"):
        width = tab.viewport_size["width"]
        tab.screenshot(path=Path(folder) / f"refused-{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_was_refused_is_found_read_and_decided(world, served, chromium, size):
    first, _second = sorted(world.started(TEXT, "bluesky", "facebook"), key=lambda each: each.by_hand)
    world.server.faults = [Fault.REFUSED]
    world.advance(first)
    context = open_context(chromium, size)
    bring_session(context, world.browser("amina"), served)
    tab = context.new_page()

    tab.goto(f"{served}/posts")
    tab.get_by_role("link", name="Needs action").click()
    expect(tab.get_by_text("Not sent everywhere")).to_be_visible()
    look(tab, "list")
    tab.locator("main table a").first.click()
    expect(tab.get_by_text("Bluesky said:")).to_be_visible()
    look(tab, "post")
    tab.get_by_role("link", name="See what to do").first.click()
    expect(tab.get_by_role("button", name="Send again")).to_be_visible()
    look(tab, "card")
    tab.get_by_role("button", name="Leave this account out").click()
    expect(tab.get_by_text("Left out. It won’t be posted there.")).to_be_visible()
    look(tab, "left")
    tab.goto(f"{served}/posts?show=stuck")
    expect(tab.get_by_text("No posts", exact=True)).to_be_visible()
