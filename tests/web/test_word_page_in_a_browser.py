"""The page "Words" on a phone and on a desk: the other order, and a search by keyboard."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt
from tests.browsing import DESK, PHONE, bring_session, open_context, wrong_with
from tests.cast import someone

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_teacher_looks_up_a_word_and_changes_the_order(chromium, served, make_federation, sign_in, size):
    with scope(make_federation("wildground", "wildground").pk):
        adopt(by=someone("Olwen Price", "slt"), at=datetime.now(UTC))
        amina = someone("Amina Khan", "staff")
    context = open_context(chromium, size)
    bring_session(context, sign_in(amina), served)
    page = context.new_page()

    page.goto(f"{served}/menu")
    page.get_by_role("link", name="Glossary", exact=True).click()
    assert not wrong_with(page, picture="words")
    page.get_by_role("link", name="Sort by Welsh words").click()
    expect(page.locator("main")).to_contain_text("Sorted by the Welsh words.")
    assert not wrong_with(page)

    page.get_by_label("Search for a word").fill("mewnflwch")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Show all words").wait_for()
    expect(page.locator("main")).to_contain_text("Where comments and messages")
    assert "governing body" not in page.inner_text("main")
    assert not wrong_with(page)
    context.close()
