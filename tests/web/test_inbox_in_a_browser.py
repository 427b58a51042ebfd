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
