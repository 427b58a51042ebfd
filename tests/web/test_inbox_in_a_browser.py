"""The inbox in a real browser: readable by everybody, on a phone and on a desk, in both languages."""

import pytest
from playwright.sync_api import expect

from tests.browsing import DESK, bring_session, open_context, words_of_console
from tests.web import scriptless
from tests.web.test_inbox_pressed import wild

__all__ = ["wild"]
pytestmark = pytest.mark.browser


def test_what_strangers_write_fits_on_a_phone(wild, eyes):
    context = scriptless.open_context()
    scriptless.bring_session(context, wild.browser)
    page = context.new_page()
    for path in ("/inbox?show=all", *(f"/inbox/{wild.ids[key]}" for key in ("nasty", "long", "removed"))):
        page.goto(path)
        assert eyes.wrong(page.content(), folds=True) == [], path


def test_on_a_desk_the_list_stands_beside_an_open_comment_and_a_key_opens_the_next(served, wild, chromium):
    context = open_context(chromium, DESK, bypass_csp=False)
    bring_session(context, wild.browser, served)
    page = context.new_page()
    trouble = words_of_console(page)
    page.goto(f"{served}/inbox/{wild.ids['open']}")
    lines = page.get_by_role("navigation", name="Inbox", exact=True).get_by_role("link")
    expect(lines.last).to_have_text("All comments")
    hrefs = [line.get_attribute("href") for line in lines.all()[:-1]]
    at = hrefs.index(f"/inbox/{wild.ids['open']}")
    page.keyboard.press("k" if at else "j")
    page.wait_for_url(f"{served}{hrefs[at - 1 if at else 1]}")

    fetched, phone = [], context.new_page()
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.on("request", lambda request: fetched.append(request.url))
    phone.goto(f"{served}/inbox/{wild.ids['open']}")
    phone.wait_for_load_state("networkidle")
    assert [url for url in fetched if "as=beside" in url] == []
    assert trouble == []


def test_the_questions_follow_what_is_said_without_losing_what_is_typed(served, wild, chromium):
    browser, ids = wild.browser, wild.ids
    context = open_context(chromium, DESK, bypass_csp=False)
    bring_session(context, browser, served)
    page = context.new_page()
    trouble = words_of_console(page)
    page.goto(f"{served}/inbox/{ids['open']}")
    page.fill("#id_text", "Their PE kit.")
    page.get_by_role("group", name="Is it from the press?").get_by_label("Yes").check()
    page.get_by_role("group", name="Is a journalist asking about posts?").wait_for()

    assert page.input_value("#id_text") == "Their PE kit."
    expect(page.get_by_text("You have 287 characters left")).to_be_visible()
    assert trouble == []
