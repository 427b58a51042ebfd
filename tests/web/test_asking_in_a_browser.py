"""May I ...? in a real browser: asked and answered with the keyboard alone."""

from datetime import UTC, datetime

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.browsing import bring_session, open_context
from tests.cast import someone

pytestmark = pytest.mark.browser
NOW = datetime.now(UTC)


def test_a_question_is_asked_and_answered_with_the_keyboard_alone(served, chromium, make_federation, sign_in):
    with scope(make_federation().pk):
        adopt(by=someone("Olwen Owner", "slt"), at=NOW)
        amina = someone("Amina Khan")
    context = open_context(chromium)
    bring_session(context, sign_in(amina), served)
    page = context.new_page()
    page.goto(f"{served}/may-i")
    press = page.keyboard.press
    page.get_by_label("Your question").focus()
    page.keyboard.type("an ex-pupil wants to add me")
    press("Tab")  # a story may have lines
    press("Enter")
    page.get_by_role("region", name="Matching questions").get_by_role("link").first.focus()
    press("Enter")
    page.get_by_label("Member of staff").focus()
    press("ArrowDown")  # as a parent
    press("Enter")
    page.wait_for_url("**me=parent**")

    assert "The policy’s rules on this are for other people" in page.locator("main").inner_text()
