"""A network refuses a post: its author finds it under Needs action, reads why, and decides."""

from schoolgate.networks.fake import Fault
from tests.web.posts_cast import TEXT
from tests.web.scriptless import Page, bring_session, expect, open_context, wrong_with


def look(tab: Page, name: str) -> None:
    assert wrong_with(tab, "en") == []


def test_what_was_refused_is_found_read_and_decided(stage):
    first, _second = sorted(stage.started(TEXT, "bluesky", "facebook"), key=lambda each: each.by_hand)
    stage.server.faults = [Fault.REFUSED]
    stage.advance(first)
    context = open_context()
    bring_session(context, stage.browser("amina"))
    tab = context.new_page()

    tab.goto("/posts")
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
    tab.goto("/posts?show=stuck")
    expect(tab.get_by_text("No posts", exact=True)).to_be_visible()
