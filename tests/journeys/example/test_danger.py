"""Somebody is in danger: said from a phone by a visitor, seen by those who act on every page, taken up."""

import pytest

from tests.eyes import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
BANNER = "Someone may be in danger, and no one is dealing with it yet."
SAID = "Tomos says that he will hurt himself tonight."


def report(visitor) -> None:
    visitor.open("/wildground/something-is-wrong")
    visitor.fill("What happened?", SAID)
    visitor.group("Are you safe now?").locator('[value="yes"]').check()
    visitor.press("Send")


def test_danger_comes_first_on_every_page_until_somebody_takes_it_up(house, somebody):
    helen, priya = somebody(house, "helen", both=True), somebody(house, "priya", both=True)
    helen.sign_in()
    priya.sign_in()
    expect(helen.page.get_by_text(helen.say(BANNER))).to_have_count(0)

    report(somebody(house, "", both=True))

    for path in ("/today", "/posts", "/inbox", "/menu"):
        helen.page.goto(path)
        helen.look(f"danger{path.replace('/', '-')}")
        helen.sees(BANNER)
        bar = helen.page.get_by_role("navigation", name=helen.say("Main navigation"))
        first = bar.get_by_role("link").first
        assert helen.say("Danger") in first.inner_text()
        expect(first).to_be_visible()
        priya.page.goto(path)
        expect(priya.page.get_by_text(BANNER)).to_have_count(0)
    helen.page.goto("/today")
    headings = helen.page.locator("main h2").all_inner_texts()
    assert headings[0].startswith(helen.say("Danger"))

    helen.press("Read and respond", within=helen.page.locator(".sg-strip"))
    helen.look("danger-report")
    helen.reads(SAID)
    helen.press("I’ll deal with this")
    for path in ("/today", "/posts"):
        helen.page.goto(path)
        expect(helen.page.get_by_text(helen.say(BANNER))).to_have_count(0)
