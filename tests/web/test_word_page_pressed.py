"""The page "Words" in the other order, and searched."""

from datetime import UTC, datetime

from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with


def test_a_teacher_looks_up_a_word_and_changes_the_order(make_federation, sign_in):
    with scope(make_federation("wildground", "wildground").pk):
        adopt(by=someone("Olwen Price", "slt"), at=datetime.now(UTC))
        amina = someone("Amina Khan", "staff")
    context = open_context()
    bring_session(context, sign_in(amina))
    page = context.new_page()

    page.goto("/menu")
    page.get_by_role("link", name="Glossary", exact=True).click()
    assert not wrong_with(page)
    page.get_by_role("link", name="Sort by Welsh words").click()
    expect(page.locator("main")).to_contain_text("Sorted by the Welsh words.")
    assert not wrong_with(page)

    page.get_by_label("Search for a word").fill("mewnflwch")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Show all words").wait_for()
    expect(page.locator("main")).to_contain_text("Where comments and messages")
    assert "governing body" not in page.text()
    assert not wrong_with(page)
    context.close()
